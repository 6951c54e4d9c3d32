import Foundation
import Testing

@Suite("train runs gradient descent on a file")
struct TrainTests {
    struct Result: Decodable {
        struct Point: Decodable {
            let updates: Int
            let cost: Double?
        }
        let implementation: String
        let scalar: String
        let m: Int
        let nx: Int
        let alpha: Double
        let iterations: Int
        let end: String
        let cost: Double?
        let accuracy: Double
        let b: Double?
        let w: [Double?]
        let features: [String]
        let costs: [Point]
    }

    func decode(_ run: Program.Run) throws -> Result {
        #expect(run.output.split(separator: "\n").count == 1)
        return try JSONDecoder().decode(Result.self, from: Data(run.output.utf8))
    }

    /// y = 1 for a > 2: two iterations of it are easily followed by hand.
    static let csv = "a,y\n1,0\n2,0\n3,1\n4,1\n"

    @Test("The cost of the built-in data falls", arguments: ["float", "double"])
    func wdbc(scalar: String) async throws {
        let run = try await Program.run(
            "train", "wdbc", "--standardize", "--iterations", "20", "--json", "--scalar", scalar)
        #expect(run.code == 0)
        #expect(run.error.isEmpty)
        let result = try decode(run)
        #expect((result.m, result.nx, result.w.count) == (569, 30, 30))
        #expect(result.features.first == "mean_radius")
        #expect(result.scalar == scalar)
        #expect((result.iterations, result.end) == (20, "iterations"))
        #expect(result.costs.map(\.updates) == [0, 1, 2, 5, 10, 20])
        let costs = try result.costs.map { try #require($0.cost) }
        #expect(zip(costs, costs.dropFirst()).allSatisfy { $0 > $1 })
        #expect(costs.last == result.cost)
        #expect(result.accuracy > 0.95)
    }

    @Test("Labels that are all the same are told of", arguments: [0, 1])
    func oneLabel(label: Int) async throws {
        let folder = try TemporaryFolder()
        let path = try folder.file("t.csv", "a,y\n1,\(label)\n2,\(label)\n")
        let run = try await Program.run("train", path, "--label", "y", "--iterations", "1", "--json")
        #expect(run.code == 0)
        #expect(run.error.contains("have the label \(label),"), "\(run.error)")
        #expect(try decode(run).m == 2)
    }

    @Test("One update from 0 is what the formulas give")
    func oneUpdate() async throws {
        let folder = try TemporaryFolder()
        let path = try folder.file("t.csv", Self.csv)
        let run = try await Program.run(
            "train", path, "--label", "y", "--alpha", "0.5", "--iterations", "1", "--json")
        let result = try decode(run)
        // dw = ((1 + 2) − (3 + 4))·½ / 4 = −½, db = 0.
        #expect(result.w == [0.25])
        #expect(result.b == 0)
        #expect(result.alpha == 0.5)
        #expect(result.features == ["a"])
    }

    @Test("Without --json it prints a table, J and the accuracy")
    func table() async throws {
        let run = try await Program.run("train", "wdbc", "--standardize", "--iterations", "30")
        #expect(run.code == 0)
        #expect(run.error.isEmpty)
        #expect(run.output.contains("m = 569, n_x = 30"))
        let rows = run.output.matches(of: /\n +(\d+)  0\.\d+/).map { $0.1 }
        #expect(rows == ["0", "1", "2", "5", "10", "20", "30"])
        #expect(run.output.contains("after 30 updates; ended after all iterations"))
    }

    @Test("It ends once J changes by no more than the tolerance")
    func tolerance() async throws {
        let folder = try TemporaryFolder()
        let path = try folder.file("t.csv", Self.csv)
        let run = try await Program.run("train", path, "--label=y", "--tolerance=0.01", "--json")
        let result = try decode(run)
        #expect(result.end == "tolerance")
        #expect(result.iterations < 1000)
    }

    @Test("A cost that is no number ends the run, is null in JSON, and a warning says what to do")
    func divergence() async throws {
        let folder = try TemporaryFolder()
        let path = try folder.file("t.csv", "a,y\n1e300,0\n2e300,0\n3e300,1\n")
        let run = try await Program.run(
            "train", path, "--label", "y", "--alpha", "1e10", "--iterations", "3", "--json")
        #expect(run.code == 1)
        let result = try decode(run)
        #expect(result.cost == nil)
        #expect(result.iterations < 3)
        #expect(run.error.contains("warning"))
        #expect(run.error.contains("--alpha"))
    }

    @Test("A wrong file is told on standard error, with line and column")
    func wrongFile() async throws {
        let folder = try TemporaryFolder()
        for (name, text, code, message) in [
            ("empty.csv", "", 65, "is empty"),
            ("header.csv", "a,y\n", 65, "no rows"),
            ("ragged.csv", "a,y\n1,0\n2\n", 65, "line 3: found 1 field; expected 2"),
            ("number.csv", "a,y\nx,0\n", 65, "line 2, column 1 ('a'): found 'x'; expected a decimal number"),
            ("label.csv", "a,y\n1,2\n", 65, "found the label '2'; expected 0 or 1"),
            ("column.csv", "a,b\n1,0\n", 65, "the columns are 'a', 'b'"),
            ("beyond.csv", "a,y\n1e300,0\n", 65, "float"),
        ] as [(String, String, Int32, String)] {
            let path = try folder.file(name, text)
            let run = try await Program.run("train", path, "--label", "y", "--scalar", "float")
            #expect(run.code == code, "\(name)")
            #expect(run.output.isEmpty, "\(name)")
            #expect(run.error.hasPrefix("unlooped: "), "\(name)")
            #expect(run.error.contains(path), "\(name)")
            #expect(run.error.contains(message), "\(run.error)")
        }
        for path in [folder.path("none.csv"), "/dev/zero"] {
            let run = try await Program.run("train", path, "--label", "y")
            #expect(run.code == 66)
            #expect(run.output.isEmpty)
            #expect(run.error.contains(path))
        }
    }

    @Test("A folder in place of a file is taken for one of images, and told so")
    func folderInPlace() async throws {
        let folder = try TemporaryFolder()
        let run = try await Program.run("train", folder.url.path, "--label", "y")
        #expect(run.code == 64)
        #expect(run.error.contains("--label is for CSV files; '\(folder.url.path)' is a folder of images"))
    }

    @Test("read tells the shape, the labels and the rate, and is as picky as train")
    func read() async throws {
        let folder = try TemporaryFolder()
        let path = try folder.file("t.csv", "a,kind\n1,no\n2,yes\n3,yes\n")
        let run = try await Program.run("read", path, "--label", "kind", "--positive", "yes")
        #expect(run.code == 0, "\(run.error)")
        #expect(run.output.hasPrefix("m = 3, n_x = 1, double\nkind: 1 × no, 2 × yes\nread in "))
        #expect(run.output.contains(", 24 B, "))
        let json = try await Program.run("read", "wdbc", "--scalar", "float", "--json").output
        let answer = try #require(
            try JSONSerialization.jsonObject(with: Data(json.utf8)) as? [String: Any])
        #expect(answer["m"] as? Int == 569 && answer["positives"] as? Int == 212)
        #expect(answer["isMapped"] as? Bool == false && answer["scalar"] as? String == "float")
        let wrong = try await Program.run("read", path, "--label", "kind")
        #expect(wrong.code == 65 && wrong.output.isEmpty)
        #expect(wrong.error.contains("found the label 'no'; expected 0 or 1"))
    }

    @Test("Data may come through a pipe")
    func pipe() async throws {
        let run = try await Program.shell(
            "printf 'a,y\\n1,0\\n2,1\\n' | \"$unlooped\" train /dev/stdin --label y --iterations 1")
        #expect(run.code == 0, "\(run.error)")
    }

    @Test("Ctrl-C ends it after the step, with the result so far")
    func interrupt() async throws {
        let run = try await Program.run(
            "train", "wdbc", "--standardize", "--iterations", "1e8", interruptOnOutput: " 2  ")
        #expect(run.code == 130)
        let updates = try #require(run.output.firstMatch(of: /after (\d+) updates; interrupted/))
        #expect(try #require(Int(updates.1)) >= 2)
        #expect(
            run.output.contains("\n" + String(repeating: " ", count: 11 - updates.1.count) + updates.1 + "  ")
        )
    }
}
