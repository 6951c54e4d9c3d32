import Problems
import Measurement
import Synchronization

/// A step that does nothing but count, and sees where each one starts.
struct FakeImplementation: Implementation {
    typealias Scalar = Double

    /// What happened, shared by all copies.
    final class Log: Sendable {
        private let state = Mutex<(calls: Int, starts: Int)>((0, 0))
        var calls: Int { state.withLock { $0.calls } }
        /// Steps that started at w = 0, b = 0.
        var starts: Int { state.withLock { $0.starts } }
        func note(isStart: Bool) { state.withLock { $0 = ($0.calls + 1, $0.starts + (isStart ? 1 : 0)) } }
    }

    let log = Log()

    static var rung: Rung { Rung("fake.one", after: nil, idea: "nothing", sums: .running) }
    static func work(m: Int, nx: Int) -> Work { .step(Double.self, m: m, nx: nx, passes: 1) }

    init(_ data: Dataset<Double>, threads: Int) {}
    init() {}

    static func preparedBytes(m: Int, nx: Int, threads: Int) -> Int { 64 }

    func gradient(at model: Model<Double>, into gradient: inout Gradient<Double>) {
        log.note(isStart: model.b == 0 && model.w.allSatisfy { $0 == 0 })
        gradient.J = 1
        for j in gradient.dw.indices { gradient.dw[j] = 1 }
        gradient.db = 1
    }
}

/// Another one, which builds on the first.
struct SecondFake: Implementation {
    typealias Scalar = Double
    static var rung: Rung { Rung("fake.two", after: "fake.one", idea: "less", sums: .running) }
    static func work(m: Int, nx: Int) -> Work { .step(Double.self, m: m, nx: nx, passes: 1) }
    init(_ data: Dataset<Double>, threads: Int) {}
    init() {}
    static func preparedBytes(m: Int, nx: Int, threads: Int) -> Int { 0 }
    func gradient(at model: Model<Double>, into gradient: inout Gradient<Double>) { gradient.reset() }
}

extension Sample {
    /// A sample of the first block, on one processor all the time.
    init(nanoseconds: Int, steps: Int, round: Int, position: Int) {
        self.init(
            block: 0, round: round, position: position, steps: steps, nanoseconds: nanoseconds,
            cpuNanoseconds: nanoseconds)
    }
}
