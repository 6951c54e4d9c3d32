public import LogisticRegression

/// Times the implementations of one cell, fairly: they take turns, in rounds, in a random order that is
/// another one in each round, so that whatever slows the machine for a while meets all of them.
///
/// Every sample starts at w = 0, b = 0 and is a whole number of steps, chosen for each implementation so
/// that all samples last about equally long. Before each sample one step is made that does not count:
/// it brings what fits into the caches there and wakes workers, whoever ran before.
public struct Sampler<Scalar: RealScalar> {
    /// How it samples.
    public let settings: SamplerSettings

    /// What the orders follow from.
    public let seed: UInt64

    /// Asked between two samples: whether to end with what there is.
    private let isCancelled: () -> Bool

    /// Told before each sample.
    private let progress: (SamplerProgress) -> Void

    /// A sampler.
    ///
    /// - Parameters:
    ///   - isCancelled: asked between two samples; sampling ends once it is true.
    ///   - progress: told before each sample. What it does is not timed.
    public init(
        _ settings: SamplerSettings, seed: UInt64, isCancelled: @escaping () -> Bool = { false },
        progress: @escaping (SamplerProgress) -> Void = { _ in }
    ) {
        (self.settings, self.seed) = (settings, seed)
        (self.isCancelled, self.progress) = (isCancelled, progress)
    }

    /// Times `contestants`, which are prepared for the data of `cell`, in the order of the ladder.
    public func run(_ cell: Cell, _ contestants: [Contestant<Scalar>]) -> CellResult {
        let start = MonotonicClock.nanoseconds
        var entries = contestants.map { Entry($0, cell) }
        var end = CellResult.End.completed
        for i in entries.indices {
            if isCancelled() { return result(cell, entries, .interrupted) }
            progress(SamplerProgress(round: nil, rounds: settings.rounds, rung: entries[i].name))
            warmUp(&entries[i])
        }
        var generator = SplitMix64(seed: seed)
        var order = entries.indices.filter { entries[$0].skipped == nil }
        rounds: for round in 0..<settings.rounds where !order.isEmpty {
            order.shuffle(using: &generator)
            for (position, i) in order.enumerated() {
                if isCancelled() { end = .interrupted } else if round > 0, isOver(start) { end = .budget }
                guard end == .completed else { break rounds }
                progress(SamplerProgress(round: round, rounds: settings.rounds, rung: entries[i].name))
                let nanoseconds = time(&entries[i], steps: entries[i].steps)
                entries[i].samples.append(
                    Sample(
                        nanoseconds: nanoseconds, steps: entries[i].steps, round: round, position: position))
            }
        }
        return result(cell, entries, end)
    }

    private func isOver(_ start: Int) -> Bool {
        MonotonicClock.nanoseconds - start >= settings.maximumCellNanoseconds
    }

    private func result(_ cell: Cell, _ entries: [Entry], _ end: CellResult.End) -> CellResult {
        CellResult(cell: cell, end: end, rungs: entries.map { $0.result(interrupted: end == .interrupted) })
    }

    /// Runs an implementation until its speed is known, and so chooses the steps of its samples.
    private func warmUp(_ entry: inout Entry) {
        guard entry.skipped == nil else { return }
        let first = time(&entry, steps: 1, leading: false)
        if first > settings.maximumStepNanoseconds {
            entry.skipped =
                "a step takes \(TimeSpan(Double(first))), more than the limit of "
                + "\(TimeSpan(Double(settings.maximumStepNanoseconds)))"
            return
        }
        let goal = max(1, settings.minimumSampleNanoseconds)
        var (steps, nanoseconds) = (1, first)
        // The first steps are slow: caches, page faults, clock rate. What counts is how long a run of
        // about the right length takes.
        while nanoseconds < goal / 2, steps < 1 << 30 {
            steps *= 2
            nanoseconds = time(&entry, steps: steps, leading: false)
        }
        let perStep = Double(max(1, nanoseconds)) / Double(steps)
        entry.steps = max(1, Int((Double(goal) / perStep).rounded(.up)))
    }

    /// How many nanoseconds `steps` steps from w = 0, b = 0 take.
    @specialized(where Scalar == Float)
    @specialized(where Scalar == Double)
    private func time(_ entry: inout Entry, steps: Int, leading: Bool = true) -> Int {
        let implementation = entry.implementation
        let learningRate = Scalar(settings.learningRate)
        entry.restart()
        if leading {
            implementation.step(&entry.model, learningRate: learningRate, scratch: &entry.gradient)
            entry.restart()
        }
        let start = MonotonicClock.nanoseconds
        for _ in 0..<steps {
            implementation.step(&entry.model, learningRate: learningRate, scratch: &entry.gradient)
        }
        return max(1, MonotonicClock.nanoseconds - start)
    }

    /// A contestant, and what is known of it so far.
    private struct Entry {
        let implementation: any Implementation<Scalar>
        let rung: Rung
        let work: Work
        let verdict: CellVerdict?
        var name: String { rung.name }
        var model: Model<Scalar>
        var gradient: Gradient<Scalar>
        var skipped: String?
        var steps = 1
        var samples: [Sample] = []

        init(_ contestant: Contestant<Scalar>, _ cell: Cell) {
            (implementation, verdict) = (contestant.implementation, contestant.verdict)
            rung = type(of: contestant.implementation).rung
            work = type(of: contestant.implementation).work(m: cell.m, nx: cell.nx)
            (model, gradient) = (Model(zeros: cell.nx), Gradient(zeros: cell.nx))
            if verdict?.passed == false {
                skipped = "it disagrees with the reference, so its time does not count"
            }
        }

        mutating func restart() {
            for j in model.w.indices { model.w[j] = 0 }
            model.b = 0
        }

        func result(interrupted: Bool) -> RungResult {
            let reason =
                samples.isEmpty && interrupted ? skipped ?? "interrupted before its first sample" : skipped
            return RungResult(
                rung: rung, work: work, preparedBytes: implementation.preparedBytes,
                workers: samples.isEmpty ? nil : implementation.workersInLatestGradient, verdict: verdict,
                samples: samples, skipped: reason)
        }
    }
}
