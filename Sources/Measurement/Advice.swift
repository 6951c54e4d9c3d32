import Foundation

/// A reason to trust numbers less than they look, with what to do about it.
package struct Advice: Codable, Sendable, Equatable {
    /// The subject.
    package enum Kind: String, Codable, Sendable, CaseIterable {
        /// The program was not optimized.
        case debugBuild
        /// Other programs were running before it began.
        case load
        /// Other programs had the processor while samples were taken.
        case disturbed
        /// There are too few rounds or blocks for the intervals and comparisons that rest on them.
        case fewSamples
        /// Intervals are wide.
        case spread
        /// Times rose or fell in the course of the run.
        case drift
        /// More threads were requested than there are processors.
        case threads
        /// A large X lay on small pages.
        case smallPages
        /// The two controls of a cell differ from the rungs that they repeat.
        case controls
        /// An implementation was faster than its ceiling.
        case ceiling
        /// Reading the clock takes a part of the time that it shows.
        case clock
        /// Cells ended early, when their time was over.
        case budget
        /// Cells are not complete.
        case incomplete
        /// There are times of implementations that no judge has seen.
        case notJudged
    }

    package let kind: Kind
    /// The observation and the remedy, in a sentence or two.
    package let message: String

    package init(_ kind: Kind, _ message: String) { (self.kind, self.message) = (kind, message) }

    /// All advice on `results`, the gravest first.
    package static func all(of results: Results) -> [Advice] {
        let checks = [
            debugBuild, load, threads, smallPages, disturbed, fewRounds, fewBlocks, budget, incomplete,
            notJudged, spread, drift, controls, ceiling, clock,
        ]
        return checks.compactMap { $0(results) }
    }
}

extension Advice {
    private static func debugBuild(_ results: Results) -> Advice? {
        guard results.build.isDebug else { return nil }
        return Advice(
            .debugBuild,
            "this is a debug build, and its times say nothing: run 'swift run -c release unlooped'")
    }

    private static func load(_ results: Results) -> Advice? {
        // The program's own threads were not there yet when the load was read.
        guard let load = results.machine.loadAverage, load > 0.5 else { return nil }
        return Advice(
            .load,
            "other programs were running when it began (load \(short(load)) on \(results.machine.processors) "
                + "processors): close them and run again")
    }

    private static func threads(_ results: Results) -> Advice? {
        let (most, processors) = (
            results.cells.map { $0.cell.threads }.max() ?? 0, results.machine.processors
        )
        guard most > processors else { return nil }
        return Advice(
            .threads,
            "\(most) threads were requested on \(processors) processors, so that some waited for others: "
                + "give --threads \(processors) or fewer")
    }

    private static func smallPages(_ results: Results) -> Advice? {
        let cells = results.cells.filter { cell in
            cell.cell.xBytes >= 8 << 20
                && cell.blocks.contains { ($0.largePageBytes ?? .max) < cell.cell.xBytes / 2 }
        }
        guard let first = cells.first else { return nil }
        return Advice(
            .smallPages,
            "X lay on small pages in \(count(cells)), such as \(first.cell), which costs bandwidth: "
                + "set /sys/kernel/mm/transparent_hugepage/enabled to madvise or always")
    }

    private static func disturbed(_ results: Results) -> Advice? {
        let cells = results.cells.compactMap { cell in cell.lostFraction.map { (cell: cell, lost: $0) } }
            .filter { $0.lost > 0.05 }
        guard let worst = cells.max(by: { $0.lost < $1.lost }) else { return nil }
        return Advice(
            .disturbed,
            "other programs had the processor for \(percent(worst.lost)) of the time in the worst of "
                + "\(count(cells)), \(worst.cell.cell): close them, or run again")
    }

    private static func fewRounds(_ results: Results) -> Advice? {
        let rounds = results.cells.flatMap { $0.timed.map { $0.samples.count } }.min()
        guard let rounds, rounds < 15 else { return nil }
        return Advice(
            .fewSamples,
            "some times rest on \(rounds) \(rounds == 1 ? "sample" : "samples"), too few for a narrow "
                + "interval: give --rounds 15 or more, or more --max-cell-time")
    }

    private static func fewBlocks(_ results: Results) -> Advice? {
        guard let blocks = results.cells.map({ $0.blocks.count }).min(), blocks < 3 else { return nil }
        return Advice(
            .fewSamples,
            "some cells have \(blocks) \(blocks == 1 ? "block" : "blocks"), too few to distinguish one "
                + "allocation of the data from another: give --blocks 3 or more")
    }

    private static func budget(_ results: Results) -> Advice? {
        let early = results.cells.filter { $0.budgetEnded }
        guard !early.isEmpty else { return nil }
        return Advice(
            .budget, "\(count(early)) ended early, when the time was over: give more --max-cell-time")
    }

    private static func incomplete(_ results: Results) -> Advice? {
        let missing = results.plan.cells.filter { !results.missingBlocks(of: $0).isEmpty }
        guard !missing.isEmpty else { return nil }
        return Advice(
            .incomplete,
            "\(missing.count) of \(results.plan.cells.count) cells are not complete: continue with "
                + "'unlooped bench --resume'")
    }

    private static func notJudged(_ results: Results) -> Advice? {
        let unjudged = results.cells.filter { cell in cell.timed.contains { $0.verdict == nil } }
        guard !unjudged.isEmpty else { return nil }
        return Advice(.notJudged, "\(count(unjudged)) have times whose numbers no judge has seen")
    }

    private static func spread(_ results: Results) -> Advice? {
        let wide = results.cells.flatMap { cell in
            cell.timed.map { (cell: cell.cell, rung: $0.rung, spread: $0.stepTime?.spread ?? 0) }
        }.filter { $0.spread > 0.05 }
        guard let worst = wide.max(by: { $0.spread < $1.spread }) else { return nil }
        return Advice(
            .spread,
            "\(wide.count) times are known to no better than 5 %, the worst to \(percent(worst.spread)) "
                + "(\(worst.rung), \(worst.cell)): close other programs, or give more --rounds")
    }

    private static func drift(_ results: Results) -> Advice? {
        guard let drift = results.drift, abs(drift - 1) > 0.05 else { return nil }
        return Advice(
            .drift,
            "the last blocks took \(short(drift)) times as long as the first: the machine changed its speed "
                + "(heat, clock rate, other programs); let it come to rest and run again")
    }

    private static func controls(_ results: Results) -> Advice? {
        let unsteady = results.cells.compactMap { cell in cell.controlInterval.map { (cell.cell, $0) } }
            .filter { $0.1.low < 0.95 || $0.1.high > 1.05 }
        guard let (cell, interval) = unsteady.max(by: { $0.1.high / $0.1.low < $1.1.high / $1.1.low }) else {
            return nil
        }
        return Advice(
            .controls,
            "the same code under two names seems to differ by more than 5 % in \(count(unsteady)), most in "
                + "\(cell) (\(short(interval.low)) to \(short(interval.high))): smaller differences are marked "
                + "as indistinguishable")
    }

    private static func ceiling(_ results: Results) -> Advice? {
        let beaten = results.cells.flatMap { cell in
            cell.timed.compactMap { rung in
                results.roofline(rung, in: cell).map { (cell.cell, rung.rung, fraction: $0.fraction) }
            }
        }.filter { $0.fraction > 1.03 }
        guard let (cell, rung, fraction) = beaten.max(by: { $0.fraction < $1.fraction }) else { return nil }
        return Advice(
            .ceiling,
            "\(rung) at \(cell) is faster than its ceiling (\(percent(fraction))), so that the ceiling is wrong "
                + "there: do not believe fractions of it")
    }

    private static func clock(_ results: Results) -> Advice? {
        let shortest = results.cells.flatMap { $0.timed.flatMap { $0.samples.map { $0.nanoseconds } } }.min()
        guard let reading = results.ceilings?.clock.readingNanoseconds, let shortest,
            reading > 0.005 * Double(shortest)
        else { return nil }
        return Advice(
            .clock,
            "the shortest sample lasted \(TimeSpan(Double(shortest))), and reading the clock takes "
                + "\(TimeSpan(reading)): give more --min-sample-time")
    }

    private static func count<Cells: Collection>(_ cells: Cells) -> String {
        cells.count == 1 ? "1 cell" : "\(cells.count) cells"
    }

    private static func percent(_ fraction: Double) -> String { String(format: "%.0f %%", 100 * fraction) }

    private static func short(_ value: Double) -> String { String(format: "%.3g", value) }
}

extension CellResult {
    /// The part of the time of samples on one thread in which no processor worked for the program: the
    /// median over the rungs that use one thread; nil without such.
    fileprivate var lostFraction: Double? {
        let alone = timed.filter { !$0.isThreaded }
        return Statistics.median(
            alone.compactMap { rung in
                let wall = rung.samples.reduce(0) { $0 + Double($1.nanoseconds) }
                let cpu = rung.samples.reduce(0) { $0 + Double($1.cpuNanoseconds) }
                return cpu > 0 ? max(0, 1 - cpu / wall) : nil
            })
    }
}

extension Results {
    /// How many times longer a step took in the last block than in the first: the median over all
    /// implementations and cells with at least two blocks; nil without such.
    fileprivate var drift: Double? {
        Statistics.median(
            cells.flatMap { cell in
                cell.timed.compactMap { rung -> Double? in
                    let blocks = rung.blockMedians.sorted { $0.key < $1.key }
                    guard let first = blocks.first, let last = blocks.last, first.key < last.key else {
                        return nil
                    }
                    return last.value / first.value
                }
            })
    }
}
