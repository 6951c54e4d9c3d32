import Foundation
import Measurement

/// `unlooped machine`: what is known of this machine, and its ceilings.
struct MachineVerb: Verb {
    static let name = "machine"
    static let summary = "measure what this machine can do at best"
    static let discussion = """
        How fast it reads a working set that one thread goes through again and again, or that threads
        share; how many multiply-adds it makes in registers, each counted as two operations; what waking
        workers and looking at the clock takes. Rates are the greatest that were seen,
        costs of waking the least of a few medians.
        Ctrl-C ends it, with nothing printed (exit code 130).
        """
    static let options: [Option] = [
        .value("--threads", "N", "threads besides one; all processors where not given"),
        .value("--seconds", "S", "about how long measuring takes", default: "2.5"),
        .json,
    ]

    private let threads: Int
    private let seconds: Double
    private let json: Bool

    init(_ arguments: Arguments) throws(UsageError) {
        let processors = ProcessInfo.processInfo.activeProcessorCount
        threads = try arguments.int("--threads", in: 1...4096) ?? processors
        seconds = try arguments.nanoseconds("--seconds", unit: 1e9).map { Double($0) / 1e9 } ?? 2.5
        json = arguments.has("--json")
    }

    func run() throws -> ExitCode {
        let (machine, build) = (Machine.current, Executable.build)
        DebugWarning.give()
        Interrupt.watch()
        var line = ProgressLine()
        let ceilings = Ceilings.measure(
            threads: [threads], seconds: seconds, isCancelled: { Interrupt.isRequested }
        ) { done, next in
            line.update("measuring the machine: \(Int(done * 100)) %, \(next)")
        }
        line.finish()
        guard let ceilings else { return .interrupted }
        if json {
            print(try JSONText.line(Answer(machine: machine, build: build, ceilings: ceilings)))
        } else {
            print(CeilingsTable(machine: machine, build: build, ceilings: ceilings).text)
        }
        return .success
    }

    private struct Answer: Encodable {
        let machine: Machine
        let build: Build
        let ceilings: Ceilings
    }
}
