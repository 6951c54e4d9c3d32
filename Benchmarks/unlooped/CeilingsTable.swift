import Problems
import Measurement
import Reporting

/// What `unlooped machine` prints.
struct CeilingsTable {
    let machine: Machine
    let build: Build
    let ceilings: Ceilings

    /// The facts and the tables.
    var text: String {
        let facts = MachineFacts(machine, build).rows
        let width = facts.map(\.name.count).max() ?? 0
        let clock = ceilings.clock
        return [
            facts.map { $0.name.padded(to: width) + "  " + $0.value }.joined(separator: "\n"),
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
            return (Figures.binary(size), values, remarks[size] ?? "")
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

    private func gigas(_ perSecond: Double?) -> String { perSecond.map { Figures.three($0 / 1e9) } ?? "–" }

    /// Rows under a head, which names the numbers of threads.
    private func table(_ title: String, _ rows: [Row]) -> String {
        let head = threads.map { $0 == 1 ? "1 thread" : "\($0) threads" }
        let all = [(name: title, values: head, remark: "")] + rows
        let width = all.map(\.name.count).max() ?? 0
        let widths = head.indices.map { column in all.map { $0.values[column].count }.max() ?? 0 }
        return all.map { row in
            let values = zip(row.values, widths).map { "  " + $0.leftPadded(to: $1) }.joined()
            return row.name.padded(to: width) + values + row.remark
        }.joined(separator: "\n")
    }
}
