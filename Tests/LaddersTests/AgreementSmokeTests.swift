import Ladders
import Problems
import Testing

/// Enough to see a broken rung at once; how exact each must be is the judge's matter.
@Suite("Every rung computes the gradient")
struct AgreementSmokeTests {
    #if DEBUG
    static let lengths = [1, 2, 7, 8, 9, 15, 16, 17, 31, 33]
    #else
    static let lengths = Array(1...33) + [47, 48, 49, 63, 64, 65, 130]
    #endif

    /// Values are at most 1, so J, dw and db are of the order of 1 and no error is above some m·n_x·u.
    func check<Scalar: LaneScalar>(_ kinds: [Rung<Scalar>], tolerance: Double) throws {
        for m in Self.lengths {
            for nx in Self.lengths {
                var problem = try SampleProblem<Scalar>(m: m, nx: nx)
                let model = problem.model()
                for kind in kinds.dropFirst() {
                    let data = problem.data.stored(as: kind.info.storage)
                    let expected = kinds[0].prepare(data, threads: 1).gradient(at: model)
                    #expect(expected.J > 0 && expected.J.isFinite)
                    let distance = kind.prepare(problem.data, threads: 2).gradient(at: model).distance(
                        to: expected)
                    #expect(distance <= tolerance, "\(kind.name) on \(m) × \(nx)")
                }
            }
        }
    }

    @Test("All agree with the nested loops on tails of every length, in Float")
    func float() throws { try check(LogisticLadder.rungs(Float.self), tolerance: 2e-5) }

    @Test("All agree with the nested loops on tails of every length, in Double")
    func double() throws { try check(LogisticLadder.rungs(Double.self), tolerance: 4e-14) }

    @Test("The nested loops give the gradient of one sample of one feature as computed by hand")
    func byHand() throws {
        // w = 0, b = 0: z = 0, a = ½, dz = ½ − 1, J = log 2, dw = 4·(−½), db = −½; all exact but J.
        let data = try Dataset<Double>(samples: [[4]], labels: [1])
        for kind in LogisticLadder.rungs(Double.self) {
            let gradient = kind.prepare(data, threads: 1).gradient(at: Model(zeros: 1))
            #expect(abs(gradient.J - 0.6931471805599453) <= 2e-16, "\(kind.name)")
            #expect(gradient.dw == [-2] && gradient.db == -0.5, "\(kind.name)")
        }
    }

    @Test("A NaN in w or in b comes back in J, dw and db", arguments: [true, false])
    func nan(inWeights: Bool) throws {
        let problem = try SampleProblem<Float>(m: 19, nx: 3)
        let model = Model<Float>(w: [0, inWeights ? .nan : 0, 1], b: inWeights ? 0 : .nan)
        for kind in LogisticLadder.rungs(Float.self) {
            let gradient = kind.prepare(problem.data, threads: 2).gradient(at: model)
            #expect(gradient.J.isNaN && gradient.db.isNaN, "\(kind.name)")
            #expect(gradient.dw.allSatisfy { $0.isNaN }, "\(kind.name)")
        }
    }
}
