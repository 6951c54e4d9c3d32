import Foundation
import Testing

@Suite("--l2 adds a penalty on the weights to J")
struct PenaltyTests {
    func train(_ arguments: String...) async throws -> (run: Program.Run, result: TrainTests.Result) {
        let run = try await Program.run(arguments: ["train"] + arguments + ["--json"])
        #expect(run.code == 0, "\(run.error)")
        return (run, try JSONDecoder().decode(TrainTests.Result.self, from: Data(run.output.utf8)))
    }

    @Test("Converged on Wisconsin it has the coefficients of scikit-learn at C = 1/(λ·m)")
    func scikitLearn() async throws {
        // LogisticRegression(C=0.01, solver="newton-cholesky", tol=1e-14) of scikit-learn 1.9 on columns divided by
        // their population deviation; Newton's method written in NumPy has the same to 1e-14.
        let w = [
            0.227286885534, 0.192924200757, 0.224873314652, 0.21123268352, 0.0921015467393, 0.0949295832737,
            0.173844566081, 0.227778241439, 0.0663716654595, -0.0955419384892, 0.17434868076,
            -0.0115327079388,
            0.148852447798, 0.151049773024, -0.0116035645841, -0.0308317644473, -0.0208574715446,
            0.0684079507952,
            -0.0441174160025, -0.0842066715444, 0.259023416731, 0.236437835651, 0.249859329313,
            0.228356699833,
            0.180030981932, 0.140062880648, 0.186246615997, 0.257588811072, 0.174318764276, 0.0737900817583,
        ]
        let (b, J) = (-0.6238085353014758, 0.23406024961242525)
        let result = try await train(
            "wdbc", "--standardize", "--l2", "\(1 / (0.01 * 569))", "--iterations", "1000"
        ).result
        for (found, expected) in zip(result.w, w) {
            #expect((try #require(found) - expected).magnitude < 1e-8)
        }
        #expect((try #require(result.b) - b).magnitude < 1e-8)
        #expect((try #require(result.cost) - J).magnitude < 1e-12)
    }

    @Test("One update shrinks w, not b")
    func oneUpdate() async throws {
        let folder = try TemporaryFolder()
        let path = try folder.file("t.csv", TrainTests.csv)
        let result = try await train(
            path, "--label", "y", "--alpha", "0.5", "--iterations", "2", "--l2", "0.5"
        ).result
        let plain = try await train(path, "--label", "y", "--alpha", "0.5", "--iterations", "2").result
        // Both are at w = ¼ after the first update, where the penalty is ½·½/16 and its derivative ⅛.
        #expect(
            (try #require(result.costs[1].cost) - (try #require(plain.costs[1].cost)) - 0.015625).magnitude
                < 1e-15)
        #expect((try #require(result.w[0]) - (try #require(plain.w[0])) + 0.0625).magnitude < 1e-15)
        #expect(result.b == plain.b)
    }

    @Test("The gradient with a penalty agrees with differences of J", arguments: ["", "--hidden=3,2"])
    func gradientCheck(network: String) async throws {
        for scalar in ["float", "double"] {
            let arguments = [
                "gradient-check", "wdbc", "--standardize", "--samples", "20", "--l2", "0.7", "--scalar",
                scalar,
            ]
            let run = try await Program.run(arguments: arguments + (network.isEmpty ? [] : [network]))
            #expect(run.code == 0, "\(run.output)\(run.error)")
        }
    }

    @Test("The model keeps it, and a value below 0 is an error")
    func kept() async throws {
        let folder = try TemporaryFolder()
        let path = folder.path("m.json")
        _ = try await train("wdbc", "--standardize", "--iterations", "2", "--l2", "0.25", "--model", path)
        #expect(try folder.text("m.json").contains("\"l2\" : 0.25"))
        let wrong = try await Program.run("train", "wdbc", "--l2", "-1")
        #expect(wrong.code == 64 && wrong.error.contains("--l2 is '-1'"))
    }

    @Test("Where data are separable a line says so, unless w is bounded")
    func separable() async throws {
        let folder = try TemporaryFolder()
        let path = try folder.file("t.csv", "a,y\n-1,0\n-2,0\n3,1\n4,1\n")
        let run = try await train(path, "--label", "y", "--iterations", "50").run
        #expect(run.error.contains("w grows without end: --l2 bounds it, and --tolerance ends the run"))
        #expect(try await train(path, "--label", "y", "--iterations", "50", "--l2", "0.1").run.error.isEmpty)
        let mixed = try folder.file("u.csv", "a,y\n-1,0\n-2,1\n3,0\n4,1\n")
        #expect(try await train(mixed, "--label", "y", "--iterations", "50").run.error.isEmpty)
    }
}
