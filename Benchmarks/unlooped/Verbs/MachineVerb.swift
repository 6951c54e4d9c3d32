import Foundation
import Measurement
import Problems
import Reporting
import Study

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

    @Option(
        "--threads", "N", "threads besides one; all processors where not given",
        .int(in: Cell.possibleThreads))
    var threads: Int?
    @Option(
        "--seconds", "S", "about how long measuring takes", .nanoseconds(unit: 1e9), default: 2_500_000_000,
        shown: "2.5")
    var nanoseconds: Int
    @Option(.json) var json: Bool

    func run() throws -> ExitCode {
        let (machine, build) = (Machine.current, Executable.build)
        Terminal.warnOfDebugBuild()
        Interrupt.watch()
        var line = ProgressLine()
        let ceilings = Ceilings.measure(
            threads: [threads ?? ProcessInfo.processInfo.activeProcessorCount],
            seconds: Double(nanoseconds) / 1e9, isCancelled: { Interrupt.isRequested }
        ) { done, next in
            line.update("measuring the machine: \(Int(done * 100)) %, \(next)")
        }
        line.finish()
        guard let ceilings else { return .interrupted }
        let report = CeilingsReport(machine: machine, build: build, ceilings: ceilings)
        print(json ? try JSONText.line(report) : report.text)
        return .success
    }
}

/// The output of `unlooped machine`.
private struct CeilingsReport: Encodable {
    let machine: Machine
    let build: Build
    let ceilings: Ceilings

    /// The facts and the tables.
    var text: String {
        let facts = MachineFacts(machine, build).rows
        let width = facts.map(\.name.count).max() ?? 0
        let clock = ceilings.clock
        return [
            facts.map { fact in
                fact.name.padded(to: width) + "  "
                    + fact.value.wrapped(to: Terminal.width - width - 2)
                    .replacing("\n", with: "\n" + String(repeating: " ", count: width + 2))
            }.joined(separator: "\n"),
            table("working set, GB/s", bandwidths),
            table("multiply-adds, GFLOP/s", ScalarKind.allCases.map(rates)),
            table("concurrentPerform", wakeUps),
            "A reading of the clock takes \(TimeSpan(clock.readingNanoseconds)); it moves in steps of "
                + "\(TimeSpan(clock.resolutionNanoseconds)).",
        ].joined(separator: "\n\n")
    }

    /// A row: its name, a value for each number of threads, a remark.
    private typealias Row = (name: String, values: [String], remark: String)

    private var threads: [Int] { Set(ceilings.bandwidths.map(\.threads)).sorted() }

    private var bandwidths: [Row] {
        let sizes = Set(ceilings.bandwidths.map(\.workingSetBytes)).sorted()
        var remarks: [Int: String] = [:]
        for cache in machine.caches where cache.kind != "Instruction" && cache.bytes <= sizes.last ?? 0 {
            guard let last = sizes.last(where: { $0 <= cache.bytes }) else { continue }
            remarks[last, default: ""] += "  ← L\(cache.level) ends for 1 thread"
        }
        return sizes.map { size in
            let values = threads.map { threads in
                gigas(ceilings.bytesPerSecond(workingSet: size, threads: threads))
            }
            return (Numbers.binary(size), values, remarks[size] ?? "")
        }
    }

    private func rates(_ scalar: ScalarKind) -> Row {
        (scalar.rawValue, threads.map { gigas(ceilings.operationsPerSecond(scalar, threads: $0)) }, "")
    }

    private var wakeUps: [Row] {
        func row(_ name: String, _ value: (WakeUpCost) -> Double?) -> Row {
            (name, threads.map { ceilings.wakeUpCost(threads: $0).flatMap(value).map(time) ?? "–" }, "")
        }
        return [
            row("a call that does nothing", \.emptyCallNanoseconds),
            row("until all are at work", \.arrivalNanoseconds),
            row("until all are at work, after a rest", \.arrivalAfterRestNanoseconds),
        ]
    }

    private func time(_ nanoseconds: Double) -> String { "\(TimeSpan(nanoseconds))" }

    private func gigas(_ perSecond: Double?) -> String { perSecond.map { Numbers.three($0 / 1e9) } ?? "–" }

    /// Rows under a head, which names the numbers of threads.
    private func table(_ title: String, _ rows: [Row]) -> String {
        let head = [title] + threads.map { $0 == 1 ? "1 thread" : "\($0) threads" }
        return TextTable(head + [""], rows.map { [$0.name] + $0.values + [$0.remark] }, trailing: 1).lines
            .joined(separator: "\n")
    }
}
