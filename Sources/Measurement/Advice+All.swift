import Foundation

extension Advice {
    static func ofTheBuild(_ results: Results) -> [Advice] {
        guard results.build.isDebug else { return [] }
        return [
            Advice(
                .debugBuild,
                "this is a debug build, and its times say nothing: run 'swift run -c release unlooped'")
        ]
    }

    static func ofTheMachine(_ results: Results) -> [Advice] {
        var advice: [Advice] = []
        let machine = results.machine
        // The program's own threads were not there yet when the load was read.
        if let load = machine.loadAverage, load > 0.5 {
            advice.append(
                Advice(
                    .load,
                    "other programs were running when it began (load \(short(load)) on \(machine.processors) "
                        + "processors): close them and run again"))
        }
        let most = results.cells.map { $0.cell.threads }.max() ?? 0
        if most > machine.processors {
            advice.append(
                Advice(
                    .threads,
                    "\(most) threads were asked for on \(machine.processors) processors, so that some waited for "
                        + "others: give --threads \(machine.processors) or fewer"))
        }
        let small = results.cells.filter { cell in
            cell.cell.xBytes >= 8 << 20
                && cell.blocks.contains { ($0.largePageBytes ?? .max) < cell.cell.xBytes / 2 }
        }
        if let first = small.first {
            advice.append(
                Advice(
                    .smallPages,
                    "X lay on pages of 4 KiB in \(count(small)), such as \(first.cell), which costs bandwidth: "
                        + "set /sys/kernel/mm/transparent_hugepage/enabled to madvise or always"))
        }
        let disturbed = results.cells.filter { ($0.lostFraction ?? 0) > 0.05 }
        if let worst = disturbed.max(by: { ($0.lostFraction ?? 0) < ($1.lostFraction ?? 0) }) {
            advice.append(
                Advice(
                    .disturbed,
                    "something else had the processor for \(percent(worst.lostFraction ?? 0)) of the time in the "
                        + "worst of \(count(disturbed)), \(worst.cell): close what runs beside it, or run again"
                ))
        }
        return advice
    }

    static func ofTheSamples(_ results: Results) -> [Advice] {
        var advice: [Advice] = []
        let rounds = results.cells.flatMap { $0.timed.map { $0.samples.count } }.min()
        if let rounds, rounds < 15 {
            advice.append(
                Advice(
                    .fewSamples,
                    "some times rest on \(rounds) \(rounds == 1 ? "sample" : "samples"), too few for a narrow "
                        + "interval: give --rounds 15 or more, or more --max-cell-time"))
        }
        let blocks = results.cells.map { $0.blocks.count }.min()
        if let blocks, blocks < 3 {
            advice.append(
                Advice(
                    .fewSamples,
                    "some cells have \(blocks) \(blocks == 1 ? "block" : "blocks"), too few to tell one "
                        + "allocation of the data from another: give --blocks 3 or more"))
        }
        let early = results.cells.filter { $0.budgetEnded }
        if !early.isEmpty {
            advice.append(
                Advice(
                    .budget,
                    "\(count(early)) ended early, when the time was over: give more --max-cell-time"))
        }
        let missing = results.plan.cells.filter { !results.missingBlocks(of: $0).isEmpty }
        if !missing.isEmpty {
            advice.append(
                Advice(
                    .incomplete,
                    "\(missing.count) of \(results.plan.cells.count) cells are not complete: continue with "
                        + "'unlooped bench --resume'"))
        }
        let unjudged = results.cells.filter { cell in cell.timed.contains { $0.verdict == nil } }
        if !unjudged.isEmpty {
            advice.append(
                Advice(
                    .notJudged, "in \(count(unjudged)) there are times that no judge has seen the numbers of")
            )
        }
        return advice
    }

    static func ofTheTimes(_ results: Results) -> [Advice] {
        var advice: [Advice] = []
        let wide = results.cells.flatMap { cell in
            cell.timed.filter { ($0.stepTime?.spread ?? 0) > 0.05 }.map { (cell.cell, $0) }
        }
        if let (cell, rung) = wide.max(by: { ($0.1.stepTime?.spread ?? 0) < ($1.1.stepTime?.spread ?? 0) }) {
            advice.append(
                Advice(
                    .spread,
                    "\(wide.count) times are known to no better than 5 %, the worst to "
                        + "\(percent(rung.stepTime?.spread ?? 0)) (\(rung.rung), \(cell)): close other programs, "
                        + "or give more --rounds"))
        }
        if let drift = results.drift, abs(drift - 1) > 0.05 {
            advice.append(
                Advice(
                    .drift,
                    "the last blocks took \(short(drift)) times as long as the first: the machine changed its speed "
                        + "(heat, clock rate, other programs); let it come to rest and run again"))
        }
        let unsteady = results.cells.filter { cell in
            cell.controlInterval.map { $0.low < 0.95 || $0.high > 1.05 } ?? false
        }
        if let worst = unsteady.max(by: { $0.controlWidth < $1.controlWidth }),
            let interval = worst.controlInterval
        {
            advice.append(
                Advice(
                    .controls,
                    "the same code under two names seems to differ by more than 5 % in \(count(unsteady)), most in "
                        + "\(worst.cell) (\(short(interval.low)) to \(short(interval.high))): differences as small "
                        + "as that are marked as indistinguishable"))
        }
        return advice + ofTheCeilings(results)
    }

    private static func ofTheCeilings(_ results: Results) -> [Advice] {
        var advice: [Advice] = []
        let beaten = results.cells.flatMap { cell in
            cell.timed.compactMap { rung in
                results.roofline(rung, in: cell).map { (cell: cell.cell, rung: rung.rung, $0.fraction) }
            }
        }.filter { $0.2 > 1.03 }
        if let worst = beaten.max(by: { $0.2 < $1.2 }) {
            advice.append(
                Advice(
                    .ceiling,
                    "\(worst.rung) at \(worst.cell) is faster than its ceiling (\(percent(worst.2))), so that the "
                        + "ceiling is wrong there: do not believe fractions of it"))
        }
        let shortest = results.cells.flatMap { $0.timed.flatMap { $0.samples.map { $0.nanoseconds } } }.min()
        if let clock = results.ceilings?.clock, let shortest,
            clock.readingNanoseconds > 0.005 * Double(shortest)
        {
            advice.append(
                Advice(
                    .clock,
                    "the shortest sample lasted \(TimeSpan(Double(shortest))), and looking at the clock "
                        + "takes \(TimeSpan(clock.readingNanoseconds)): give more --min-sample-time"))
        }
        return advice
    }

    private static func count(_ cells: [CellResult]) -> String {
        cells.count == 1 ? "1 cell" : "\(cells.count) cells"
    }

    private static func percent(_ fraction: Double) -> String { String(format: "%.0f %%", 100 * fraction) }

    private static func short(_ value: Double) -> String { String(format: "%.3g", value) }
}

extension CellResult {
    fileprivate var controlWidth: Double { controlInterval.map { $0.high / $0.low } ?? 1 }

    /// The part of the time of samples on one thread in which no processor worked for the program: the
    /// median over the rungs that use one thread; nil without such.
    var lostFraction: Double? {
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
    var drift: Double? {
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

    /// How near an implementation comes to the fastest that a step could be in a cell.
    package func roofline(_ rung: RungResult, in cell: CellResult) -> Roofline? {
        let threads = rung.isThreaded ? cell.cell.threads : 1
        return cell.roofline(
            rung, operationsPerSecond: ceilings?.operationsPerSecond(cell.cell.scalar, threads: threads))
    }
}
