import Foundation
import Ladders
import Measurement
import Problems
import Study

/// `unlooped run`: steps of one implementation, for a profiler.
struct RunVerb: Verb {
    static let name = "run"
    static let summary = "make steps of one implementation and nothing else, to be profiled"
    static let discussion = """
        Random data are drawn and the implementation is prepared; then it makes steps of gradient descent,
        of logistic regression or with --hidden of a network, and nothing else, so that a profile of the program
        is one of the steps:

          perf record unlooped run simd.fused --m 10000 --nx 128 && perf annotate
          perf record unlooped run simd.fused --m 10000 --nx 784 --hidden 128
          valgrind --tool=callgrind unlooped run simd.fused --m 100 --nx 128 --steps 1000

        Valgrind knows no AVX-512: build for it with UNLOOPED_MARCH=x86-64-v3. The time that is printed is
        not judged and is one sample only; 'bench' measures.
        """

    @Positional("RUNG", "an implementation of 'unlooped list'") var rung: String
    @Option("--m", "M", "samples", .int(), default: 1000) var m: Int
    @Option("--nx", "N", "features of a sample", .int(), default: 128) var nx: Int
    private let shape = NetworkOptions()
    @Option("--steps", "K", "how many steps to make, in place of --seconds", .int()) var steps: Int?
    @Option(
        "--seconds", "S", "for how long to make steps", .nanoseconds(unit: 1e9), default: 2_000_000_000,
        shown: "2")
    var nanoseconds: Int
    @Option(.threads) var threads: Int?
    @Option(.scalar) var scalar: ScalarKind
    @Option(.json) var json: Bool

    func run() throws -> ExitCode {
        let (names, network) = (Ladder.allCases.names, try shape.network())
        guard names.contains(rung) else { throw UsageError(unknown: "implementation", rung, among: names) }
        try check(rung, computes: network, in: scalar)
        if steps != nil, $nanoseconds.isGiven {
            throw UsageError("--steps and --seconds are both given; expected one of them")
        }
        Terminal.warnOfDebugBuild()
        Interrupt.watch()
        let cell = Cell(
            m: m, nx: nx, network: network, scalar: scalar,
            threads: threads ?? ProcessInfo.processInfo.activeProcessorCount)
        let made = try RungSteps(
            of: rung, in: cell, until: steps.map { .steps($0) } ?? .nanoseconds(nanoseconds))
        let step = Double(made.nanoseconds) / Double(max(1, made.count))
        if json {
            print(try JSONText.line(Answer(rung: rung, cell: cell, steps: made.count, stepNanoseconds: step)))
        } else {
            print(
                "\(rung), \(cell): \(made.count) steps in \(TimeSpan(Double(made.nanoseconds))), "
                    + "\(TimeSpan(step)) a step")
        }
        return Interrupt.isRequested ? .interrupted : .success
    }

    private struct Answer: Encodable {
        let rung: String
        let cell: Cell
        let steps: Int
        let stepNanoseconds: Double
    }
}
