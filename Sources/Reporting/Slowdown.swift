import Measurement

/// Why a rung is slower than the one it builds on, as far as the results tell.
struct Slowdown {
    private let rung: RungResult
    private let previous: RungResult
    private let factor: Factor
    private let result: CellResult
    private let machine: Machine

    /// Nil unless the rung is slower by more than 5 %.
    init?(_ rung: RungResult, in result: CellResult, on machine: Machine) {
        guard let previous = rung.after.flatMap(result.rung), let factor = result.factorOverPrevious(rung),
            factor.median < 1 / 1.05
        else { return nil }
        (self.rung, self.previous, self.factor) = (rung, previous, factor)
        (self.result, self.machine) = (result, machine)
    }

    /// The sentence, in Markdown.
    var sentence: String {
        let name = Markdown.escaped(rung.rung)
        let other = Markdown.escaped(previous.rung)
        let slower = Figures.three(1 / factor.median)
        return "\(name) takes \(slower) times as long as \(other), which it builds on: \(reason(other))."
    }

    private func reason(_ other: String) -> String {
        if factor.interval.high >= 1 {
            let (low, high) = (Figures.three(factor.interval.low), Figures.three(factor.interval.high))
            return "this may be chance, since the interval of the factor, \(low) to \(high), holds 1"
        }
        if rung.isThreaded, !previous.isThreaded { return threading(other) }
        let bytes = ByteCount(rung.work.bytes)
        if rung.work.bytes > previous.work.bytes {
            let ratio = Figures.three(Double(rung.work.bytes) / Double(previous.work.bytes))
            let moved =
                "a step of it moves \(bytes) where \(other) moves \(ByteCount(previous.work.bytes)) "
                + "(\(ratio) times as much)"
            return exceedsCaches
                ? moved + ", and X (\(ByteCount(result.cell.xBytes))) is larger than the caches"
                : moved + ", here from cache to cache, since X fits into the caches"
        }
        if rung.preparedBytes > previous.preparedBytes, rung.preparedBytes - previous.preparedBytes > 1 << 20
        {
            let more = ByteCount(rung.preparedBytes - previous.preparedBytes)
            return "it holds \(more) more of its own, which takes room in the caches"
        }
        return "the counted work does not tell why, as it is no more (\(bytes) a step); what it changes "
            + "(\(Markdown.escaped(rung.idea))) costs more here than it saves"
    }

    private func threading(_ other: String) -> String {
        if let workers = rung.workers, workers <= 1 {
            return "only one thread worked on it, as there are too few samples to share or one took all "
                + "of them before another woke"
        }
        if let time = previous.stepTime, time.medianNanoseconds < 200_000 {
            return "there is too little work for threads: alone, \(other) takes "
                + "\(TimeSpan(time.medianNanoseconds)), and waking workers and waiting for the last costs more"
        }
        if let load = machine.loadAverage, load > 0.5 {
            return "other programs wanted processors too (load \(Figures.three(load)) of "
                + "\(machine.processors)), and a step waits for its slowest thread"
        }
        return "a step waits for its slowest thread, and what limits it, such as memory, is shared by all"
    }

    private var exceedsCaches: Bool {
        result.cell.xBytes > (machine.caches.map { $0.bytes }.max() ?? 0)
    }
}
