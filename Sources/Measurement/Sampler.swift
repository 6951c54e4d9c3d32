import Foundation
import Problems

/// Times the contestants of one block of a cell, fairly: they take turns, in rounds, in a random order
/// that is another one in each round, so that whatever slows the machine for a while meets all of them.
///
/// Every sample starts at w = 0, b = 0 and is a whole number of steps, chosen for each contestant so
/// that all samples last about equally long. Before each sample one step is made that does not count:
/// it brings what fits into the caches there and wakes workers, whoever ran before.
package struct Sampler {
    /// How it samples.
    package let settings: SamplerSettings

    /// Which block of the cell it samples.
    package let block: Int

    /// Whether this process was started for the block.
    package let isFreshProcess: Bool

    /// How long it may take; the first round is always finished.
    package let maximumNanoseconds: Int

    /// What the orders follow from; each block of a cell has orders of its own.
    package let seed: UInt64

    /// Asked between two samples: whether to give up.
    private let isCancelled: () -> Bool

    /// Told before each sample.
    private let progress: (SamplerProgress) -> Void

    /// A sampler.
    ///
    /// - Parameters:
    ///   - maximumNanoseconds: how long the block may take; by default its share of the cell's time.
    ///   - isCancelled: asked between two samples; sampling ends once it is true.
    ///   - progress: told before each sample. What it does is not timed.
    package init(
        _ settings: SamplerSettings, block: Int = 0, isFreshProcess: Bool = false,
        maximumNanoseconds: Int? = nil, seed: UInt64, isCancelled: @escaping () -> Bool = { false },
        progress: @escaping (SamplerProgress) -> Void = { _ in }
    ) {
        (self.settings, self.block, self.seed) = (settings, block, seed)
        self.isFreshProcess = isFreshProcess
        self.maximumNanoseconds = maximumNanoseconds ?? settings.maximumCellNanoseconds / settings.blocks
        (self.isCancelled, self.progress) = (isCancelled, progress)
    }

    /// Times `contestants`, which are prepared for the data of `cell`; rungs in the order of the ladder.
    ///
    /// - Parameters:
    ///   - largePageBytes: how many bytes of X lie on pages of 2 MiB; nil where unknown.
    ///   - controls: makes the controls, once it is known how long a step of each rung takes, in
    ///     nanoseconds.
    /// - Returns: a result of one block; nil where it was cancelled.
    package func run(
        _ cell: Cell, _ contestants: [Contestant], largePageBytes: Int? = nil,
        controls: (_ stepNanoseconds: [String: Double]) -> [Contestant] = { _ in [] }
    ) -> CellResult? {
        let (began, start) = (Date().timeIntervalSince1970, MonotonicClock.nanoseconds)
        var entries = contestants.map { Entry($0) }
        for i in entries.indices { warmUp(&entries[i]) }
        let known = entries.filter { $0.contestant.role == .rung && $0.skipped == nil }
        let steps = known.map { ($0.contestant.rung.name, $0.stepNanoseconds) }
        for control in controls(Dictionary(steps, uniquingKeysWith: min)) {
            entries.append(Entry(control))
            warmUp(&entries[entries.count - 1])
        }
        guard let (rounds, end) = sample(&entries, since: start) else { return nil }
        func results(_ role: Contestant.Role) -> [RungResult] {
            entries.filter { $0.contestant.role == role }.map { $0.result }
        }
        let record = Block(
            index: block, isFreshProcess: isFreshProcess, startUnixSeconds: began,
            seconds: Double(MonotonicClock.nanoseconds - start) / 1e9, rounds: rounds, end: end,
            largePageBytes: largePageBytes)
        return CellResult(
            cell: cell, blocks: [record], rungs: results(.rung), controls: results(.control),
            ceilings: results(.ceiling), peers: results(.peer))
    }

    /// Makes the rounds; how many, and why no more, or nil where it was cancelled.
    private func sample(_ entries: inout [Entry], since start: Int) -> (Int, Block.End)? {
        // The cell's data follow from the same seed; the block moves the orders on from it.
        var generator = SplitMix64(seed: seed &+ UInt64(block) &* 0x9E37_79B9_7F4A_7C15)
        var order = entries.indices.filter { entries[$0].skipped == nil }
        let rounds = settings.rounds(inBlock: block)
        for round in rounds {
            order.shuffle(using: &generator)
            for (position, i) in order.enumerated() where entries[i].skipped == nil {
                if isCancelled() { return nil }
                if round > rounds.lowerBound, MonotonicClock.nanoseconds - start >= maximumNanoseconds {
                    return (round - rounds.lowerBound, .budget)
                }
                tell(entries[i], round: round)
                entries[i].takeTurn { entry throws(RunFailure) in
                    if entry.stepNanoseconds < Self.longStep { _ = try entry.contestant.run(1) }
                    let time = try entry.contestant.run(entry.steps)
                    entry.samples.append(
                        Sample(
                            block: block, round: round, position: position, steps: entry.steps,
                            nanoseconds: time.nanoseconds, cpuNanoseconds: time.cpuNanoseconds))
                }
            }
        }
        return isCancelled() ? nil : (rounds.count, .completed)
    }

    /// A step that takes longer gains nothing from one before it: to fill the caches takes a few
    /// milliseconds, to wake a thread less.
    private static let longStep = 200e6

    private func tell(_ entry: Entry, round: Int?) {
        progress(SamplerProgress(round: round, rounds: settings.rounds, rung: entry.contestant.rung.name))
    }

    /// Runs a contestant until its speed is steady, and so chooses the steps of its samples.
    private func warmUp(_ entry: inout Entry) {
        guard entry.skipped == nil, !isCancelled() else { return }
        tell(entry, round: nil)
        entry.takeTurn { entry throws(RunFailure) in try findSteps(&entry) }
    }

    private func findSteps(_ entry: inout Entry) throws(RunFailure) {
        let contestant = entry.contestant
        var (steps, nanoseconds) = (1, try contestant.run(1).nanoseconds)
        let limit = contestant.role.isSkippedWhereSlow ? settings.maximumStepNanoseconds : .max
        if nanoseconds > limit, contestant.role == .peer {
            // A runtime that compiles while it runs does so in the first step.
            nanoseconds = try contestant.run(1).nanoseconds
        }
        if nanoseconds > limit {
            entry.skipped = reason(forSkipping: nanoseconds)
            return
        }
        let goal = max(1, settings.minimumSampleNanoseconds)
        while nanoseconds < goal / 2, steps < Self.mostSteps, !isCancelled() {
            steps *= 2
            nanoseconds = try contestant.run(steps).nanoseconds
        }
        // The first runs are slow: caches, page faults, clock rate, sleeping workers. It is steady once a
        // run is no longer clearly faster than the best one before.
        var best = Self.stepTime(nanoseconds, steps)
        for _ in 0..<Self.mostWarmUps where best < Self.longStep && !isCancelled() {
            steps = Self.steps(of: best, in: goal)
            let step = Self.stepTime(try contestant.run(steps).nanoseconds, steps)
            let isSteady = step > 0.98 * best
            best = min(best, step)
            if isSteady { break }
        }
        entry.steps = Self.steps(of: best, in: goal)
        entry.stepNanoseconds = best
    }

    private static let mostWarmUps = 5

    /// A step of nothing takes longer than a sample of so many: a clock that shows less does not go.
    private static let mostSteps = 1 << 30

    /// As many steps as last for a sample.
    private static func steps(of nanoseconds: Double, in goal: Int) -> Int {
        max(1, Int(min((Double(goal) / nanoseconds).rounded(.up), Double(mostSteps))))
    }

    /// Nanoseconds for one of some steps: more than 0, also where the clock did not move on between its
    /// readings.
    private static func stepTime(_ nanoseconds: Int, _ steps: Int) -> Double {
        Double(max(1, nanoseconds)) / Double(steps)
    }

    private func reason(forSkipping nanoseconds: Int) -> String {
        "a step takes \(TimeSpan(Double(nanoseconds))), so that its \(settings.rounds) rounds would take more "
            + "than a third of the time for a cell, \(TimeSpan(Double(settings.maximumCellNanoseconds)))"
    }

    /// A contestant, and what is known of it so far.
    private struct Entry {
        let contestant: Contestant
        var skipped: String?
        var steps = 1
        var stepNanoseconds = 0.0
        var samples: [Sample] = []

        init(_ contestant: Contestant) {
            self.contestant = contestant
            skipped = contestant.skipped
            if contestant.verdict?.passed == false {
                skipped = "it disagrees with the reference, so its time does not count"
            }
        }

        /// Lets it do something, and rest. One that fails is left out from then on; what it did in this
        /// block does not count, since nobody knows how long it had been failing.
        mutating func takeTurn(_ turn: (inout Entry) throws(RunFailure) -> Void) {
            do throws(RunFailure) {
                try turn(&self)
                contestant.rest()
            } catch {
                (skipped, samples) = (error.reason, [])
            }
        }

        var result: RungResult {
            RungResult(
                rung: contestant.rung, work: contestant.work, preparedBytes: contestant.preparedBytes,
                workers: samples.isEmpty ? nil : contestant.workers(), verdict: contestant.verdict,
                samples: samples, skipped: skipped)
        }
    }
}

extension Contestant.Role {
    /// Whether it is left out where its steps take too long. What is only there to be compared with the
    /// rungs runs wherever they do.
    fileprivate var isSkippedWhereSlow: Bool { self == .rung || self == .peer }
}
