import Problems
import Measurement
import Synchronization

/// What happened to a rung that counts its steps.
final class StepLog: Sendable {
    private let state = Mutex<(calls: Int, starts: Int)>((0, 0))
    var calls: Int { state.withLock { $0.calls } }
    /// Steps that started at w = 0, b = 0.
    var starts: Int { state.withLock { $0.starts } }
    func note(isStart: Bool) { state.withLock { $0 = ($0.calls + 1, $0.starts + (isStart ? 1 : 0)) } }
}

extension Rung<Double> {
    /// A step that does nothing but count, and sees where each one starts.
    static func fake(_ log: StepLog = StepLog()) -> Rung {
        Rung(RungInfo("fake.one", after: nil, "nothing", sums: .running)) { _, _ in
            64
        } prepare: { _, _ in
            Prepared { model, gradient in
                log.note(isStart: model.parameters.allSatisfy { $0 == 0 })
                gradient.J = 1
                for j in gradient.derivatives.indices { gradient.derivatives[j] = 1 }
            }
        }
    }

    /// Another one, which builds on the first.
    static var secondFake: Rung {
        Rung(RungInfo("fake.two", after: "fake.one", "less", sums: .running)) { _, _ in
            0
        } prepare: { _, _ in
            Prepared { $1.reset() }
        }
    }

    /// Prepared for data that it never looks at.
    func contestant(in cell: Cell, _ verdict: CellVerdict? = nil) -> Contestant {
        guard let data = try? Dataset<Double>(samples: [[1]], labels: [1]) else { preconditionFailure() }
        return Contestant(self, prepare(data, threads: 1), in: cell, verdict: verdict)
    }
}

extension Sample {
    /// A sample of the first block, on one processor all the time.
    init(nanoseconds: Int, steps: Int, round: Int, position: Int) {
        self.init(
            block: 0, round: round, position: position, steps: steps, nanoseconds: nanoseconds,
            cpuNanoseconds: nanoseconds)
    }
}
