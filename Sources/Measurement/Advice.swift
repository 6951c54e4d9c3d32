import Foundation

/// A reason to trust numbers less than they look, with what to do about it.
package struct Advice: Codable, Sendable, Equatable {
    /// The subject.
    package enum Kind: String, Codable, Sendable, CaseIterable {
        /// The program was not optimized.
        case debugBuild
        /// Other programs worked on the processors while blocks were timed.
        case load
        /// Many samples were disturbed, and do not count.
        case disturbed
        /// There are too few blocks for intervals.
        case fewSamples
        /// Times are not known to the precision that was asked for.
        case spread
        /// Times rose or fell in the course of the run.
        case drift
        /// More threads were requested than there are processors.
        case threads
        /// A large X lay on small pages.
        case smallPages
        /// A control differs from the rung that it repeats.
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
            debugBuild, load, threads, smallPages, disturbed, fewBlocks, budget, incomplete, notJudged,
            spread,
            drift, controls, ceiling, clock,
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
        // Some part of a processor is always somebody's: the system's own work, and whoever watches.
        guard let others = results.othersProcessors, others > 0.05 else { return nil }
        return Advice(
            .load,
            "other programs took \(percent(others)) of a processor, on average, while blocks were timed: close them "
                + "and run again")
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
        let cells = results.cells.filter { $0.cell.xBytes >= 8 << 20 }
            .map { cell in (cell: cell, small: cell.blocks.count { cell.isOnSmallPages($0) }) }
            .filter { $0.small > 0 }
        guard let first = cells.first(where: { $0.small < $0.cell.blocks.count }) ?? cells.first else {
            return nil
        }
        let isMixed = first.small < first.cell.blocks.count
        return Advice(
            .smallPages,
            "X lay on small pages in \(count(cells)), such as \(first.cell.cell)"
                + (isMixed
                    ? ", in \(first.small) of \(first.cell.blocks.count) blocks, which makes their times differ: "
                        + "free memory, so that the system has large pages to give"
                    : ", which costs bandwidth: set /sys/kernel/mm/transparent_hugepage/enabled to madvise or "
                        + "always"))
    }

    private static func disturbed(_ results: Results) -> Advice? {
        let (disturbed, all) = results.disturbedSamples
        let part = Double(disturbed) / Double(max(1, all))
        guard part > 0.05 else { return nil }
        return Advice(
            .disturbed,
            "other programs had the processor during \(disturbed) of \(all) samples (\(percent(part))), which do not "
                + "count: close them, or run again")
    }

    private static func fewBlocks(_ results: Results) -> Advice? {
        let few = results.cells.filter { $0.precisions.contains { $0.precision.isInfinite } }
        guard let first = few.first else { return nil }
        return Advice(
            .fewSamples,
            "some times in \(count(few)), such as \(first.cell), rest on fewer than \(BlockEstimate.fewestBlocks) "
                + "blocks and have no interval: nothing says whether a difference there is more than chance; give "
                + "--blocks \(BlockEstimate.fewestBlocks) or more")
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
        let precision = results.settings.precision ?? 0.05
        let times = results.cells.flatMap { cell in cell.precisions.map { (cell.cell, $0.name, $0.precision) }
        }
        .filter { $0.2.isFinite }
        let wide = times.filter { $0.2 > precision }
        guard let (cell, name, worst) = wide.max(by: { $0.2 < $1.2 }) else { return nil }
        return Advice(
            .spread,
            "\(wide.count) of \(times.count) times are known to no better than \(short(100 * precision)) %, the worst "
                + "to \(percent(worst)) (\(name), \(cell)): "
                + (results.blockSpread.flatMap { spread in
                    spread > 1.05
                        ? "blocks as a whole differ by \(short(spread)) times, all implementations alike, so it is the "
                            + "machine that changes its speed (other guests of its host, heat, clock rate); "
                            + "ratios within a block are known better"
                        : nil
                } ?? "close other programs, or give more --max-time"))
    }

    private static func drift(_ results: Results) -> Advice? {
        guard let drift = results.drift, abs(drift - 1) > 0.05 else { return nil }
        return Advice(
            .drift,
            "the last blocks took \(short(drift)) times as long as the first: the machine changed its speed "
                + "(heat, clock rate, other programs); let it come to rest and run again")
    }

    private static func controls(_ results: Results) -> Advice? {
        let strays = results.cells.compactMap { cell in cell.strayControl.map { (cell: cell, stray: $0) } }
        let worst = strays.max { abs(log($0.stray.factor.median)) < abs(log($1.stray.factor.median)) }
        guard let worst else { return nil }
        return Advice(
            .controls,
            "the same code under two names differs in \(count(strays)) by more than chance and 2 %, most "
                + "\(worst.stray.control.after ?? "") in \(worst.cell.cell) (\(short(worst.stray.factor.median)) "
                + "times as fast as itself): something disturbed them, and summaries leave them out")
    }

    private static func ceiling(_ results: Results) -> Advice? {
        let beaten = results.cells.flatMap { cell in
            cell.timed.compactMap { rung in
                results.roofline(rung, in: cell).map { (cell.cell, rung.rung, roofline: $0) }
            }
        }.filter { $0.roofline.isExceeded }
        guard let (cell, rung, roofline) = beaten.max(by: { $0.roofline.fraction < $1.roofline.fraction })
        else {
            return nil
        }
        return Advice(
            .ceiling,
            "\(rung) at \(cell) is faster than its ceiling (\(percent(roofline.fraction))), so that the ceiling is "
                + "wrong there: do not believe fractions of it")
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
    /// Whether less than half of X lay on large pages.
    fileprivate func isOnSmallPages(_ block: Block) -> Bool {
        (block.largePageBytes ?? .max) < cell.xBytes / 2
    }
}

extension Results {
    /// How many times as long a step takes in the slow blocks as in the fast ones, all implementations of a block taken
    /// together: between the tenth and the ninetieth of a hundred blocks. Nil without blocks.
    fileprivate var blockSpread: Double? {
        let levels = cells.flatMap { cell -> [Double] in
            var distances: [Int: [Double]] = [:]
            for rung in cell.timed {
                guard let time = rung.stepTime else { continue }
                for (block, median) in time.blockMedians {
                    distances[block, default: []].append(log(median / time.medianNanoseconds))
                }
            }
            return distances.values.compactMap { Statistics.median($0) }
        }
        return Statistics.quantile(0.9, of: levels).flatMap { high in
            Statistics.quantile(0.1, of: levels).map { exp(high - $0) }
        }
    }

    /// How many times longer a step took in the last block than in the first: the median over all
    /// implementations and cells with at least two blocks; nil without such.
    fileprivate var drift: Double? {
        Statistics.median(
            cells.flatMap { cell in
                cell.timed.compactMap { rung -> Double? in
                    let blocks = (rung.stepTime?.blockMedians ?? [:]).sorted { $0.key < $1.key }
                    guard let first = blocks.first, let last = blocks.last, first.key < last.key else {
                        return nil
                    }
                    return last.value / first.value
                }
            })
    }
}
