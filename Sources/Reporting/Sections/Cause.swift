import Measurement

/// What the results tell of why a rung is as fast as it is: what a step of it moves, how many threads
/// worked, how near it comes to what the machine can do, and where it is slower than the rung that it
/// builds on, what speaks for that.
struct Cause {
    private let rung: RungResult
    private let previous: RungResult?
    private let result: CellResult
    private let results: Results

    init(_ rung: RungResult, in result: CellResult, of results: Results) {
        (self.rung, self.result, self.results) = (rung, result, results)
        previous = rung.after.flatMap(result.rung)
    }

    /// The sentences; none where it has no time.
    var sentences: [Phrase] {
        guard rung.stepTime != nil else { return [] }
        let reason = slowdown.map { "It is slower here: \($0)." } ?? movedDifference
        return [reason, workers, ceiling].compactMap { $0.map { Phrase($0) } }
    }

    /// Where a step moves much more or less than one of the rung before: by a tenth or more.
    private var movedDifference: String? {
        guard let previous, (rung.work.bytes - previous.work.bytes).magnitude * 10 >= previous.work.bytes
        else { return nil }
        return "A step moves \(ByteCount(rung.work.bytes)) where \(previous.rung) moves "
            + "\(ByteCount(previous.work.bytes))\(exceedsCaches ? "" : ", from cache, since X fits into one")."
    }

    private var workers: String? {
        guard rung.isThreaded, let workers = rung.workers else { return nil }
        return workers == 1 ? "One thread worked on it." : "\(workers) threads worked on it."
    }

    private var ceiling: String? {
        results.roofline(rung, in: result).map {
            "It runs at \(Figures.percent($0.fraction)) of what \($0.bound.limit) allows."
        }
    }

    /// Why it is slower than the rung that it builds on; nil unless that is by more than 5 %.
    private var slowdown: String? {
        guard let previous, let factor = result.factorOverPrevious(rung), factor.median < 1 / 1.05 else {
            return nil
        }
        if result.isIndistinguishable(factor) { return "perhaps by chance, as the interval tells" }
        if rung.isThreaded, !previous.isThreaded { return threading(previous) }
        let bytes = ByteCount(rung.work.bytes)
        if rung.work.bytes > previous.work.bytes {
            let ratio = Figures.three(Double(rung.work.bytes) / Double(previous.work.bytes))
            return "a step of it moves \(bytes) where \(previous.rung) moves "
                + "\(ByteCount(previous.work.bytes)) (\(ratio) times as much)"
                + (exceedsCaches
                    ? ", and X (\(ByteCount(result.cell.xBytes))) is larger than the caches"
                    : ", though from cache to cache, since X fits into one")
        }
        if rung.preparedBytes - previous.preparedBytes > 1 << 20 {
            let more = ByteCount(rung.preparedBytes - previous.preparedBytes)
            return "it holds \(more) more of its own, which takes room in the caches"
        }
        return
            "the counted work does not tell why, as it is no more (\(bytes) a step); what it changes costs "
            + "more here than it saves"
    }

    private func threading(_ previous: RungResult) -> String {
        if let workers = rung.workers, workers <= 1 {
            return "there are too few samples to share, or one thread took all of them before another woke"
        }
        if let time = previous.stepTime, time.medianNanoseconds < 200_000 {
            return "there is too little work for threads: alone, \(previous.rung) takes "
                + "\(TimeSpan(time.medianNanoseconds)), and waking workers and waiting for the last costs more"
        }
        let machine = results.machine
        if let load = machine.loadAverage, load > 0.5 {
            return "other programs wanted processors too (load \(Figures.three(load)) of "
                + "\(machine.processors)), and a step waits for its slowest thread"
        }
        return "a step waits for its slowest thread, and what limits it, such as memory, is shared by all"
    }

    private var exceedsCaches: Bool {
        result.cell.xBytes > (results.machine.caches.map { $0.bytes }.max() ?? 0)
    }
}
