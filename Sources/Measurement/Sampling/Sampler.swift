import Foundation
import Problems

/// Times the contestants of one block of a cell, fairly: they take turns, in rounds, in a random order that
/// changes from round to round, so that a disturbance of the machine meets all of them.
///
/// Every sample starts at the same parameters, w = 0, b = 0 for logistic regression, and is a whole number of steps, chosen for each contestant so
/// that all samples last about equally long. One uncounted step precedes each sample: it fills the caches
/// and wakes workers, whoever ran before. A sample during which somebody else had the processor is kept and marked, and
/// taken again at once, three times at most and for no more than a third of the time.
package struct Sampler {
    package let settings: SamplerSettings
    /// Which block of the cell it samples.
    package let block: Int
    /// Whether this process was started for the block.
    package let isFreshProcess: Bool
    /// How long it may take; the first round is always finished.
    package let maximumNanoseconds: Int
    /// The seed of the orders, which differ from block to block of a cell.
    package let seed: UInt64
    private let peersSeconds: () -> Double
    private let isCancelled: () -> Bool
    private let progress: (SamplerProgress) -> Void

    /// - Parameters:
    ///   - maximumNanoseconds: how long the block may take; by default its share of the cell's time.
    ///   - peersSeconds: the processor time that the peers have used so far.
    ///   - isCancelled: asked between two samples; sampling ends once it is true.
    ///   - progress: called before each sample, outside of what is timed.
    package init(
        _ settings: SamplerSettings, block: Int = 0, isFreshProcess: Bool = false,
        maximumNanoseconds: Int? = nil, seed: UInt64, peersSeconds: @escaping () -> Double = { 0 },
        isCancelled: @escaping () -> Bool = { false },
        progress: @escaping (SamplerProgress) -> Void = { _ in }
    ) {
        (self.settings, self.block, self.seed) = (settings, block, seed)
        self.isFreshProcess = isFreshProcess
        self.maximumNanoseconds = maximumNanoseconds ?? settings.maximumCellNanoseconds / settings.blocks
        self.peersSeconds = peersSeconds
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
        let surroundings = Surroundings.now(peersSeconds: peersSeconds())
        guard let (rounds, end) = sample(&entries, since: start) else { return nil }
        let conditions = Surroundings.now(peersSeconds: peersSeconds()).conditions(since: surroundings)
        func results(_ role: Contestant.Role) -> [RungResult] {
            entries.filter { $0.contestant.role == role }.map { $0.result }
        }
        let record = Block(
            index: block, isFreshProcess: isFreshProcess, startUnixSeconds: began,
            seconds: Double(MonotonicClock.nanoseconds - start) / 1e9, rounds: rounds, end: end,
            largePageBytes: largePageBytes, conditions: conditions)
        return CellResult(
            cell: cell, blocks: [record], rungs: results(.rung), controls: results(.control),
            ceilings: results(.ceiling), peers: results(.peer))
    }

    /// Makes the rounds. Returns how many, and why no more; nil where it was cancelled.
    private func sample(_ entries: inout [Entry], since start: Int) -> (Int, Block.End)? {
        // The cell's data have the same seed; the block gives the orders one of their own.
        var generator = SplitMix64(seed: seed &+ UInt64(block) &* 0x9E37_79B9_7F4A_7C15)
        var order = entries.indices.filter { entries[$0].skipped == nil }
        let rounds = settings.rounds(inBlock: block)
        var lost = 0
        for round in rounds {
            order.shuffle(using: &generator)
            for (position, i) in order.enumerated() where entries[i].skipped == nil {
                if isCancelled() { return nil }
                if round > rounds.lowerBound, MonotonicClock.nanoseconds - start >= maximumNanoseconds {
                    return (round - rounds.lowerBound, .budget)
                }
                report(entries[i], round: round)
                entries[i].takeTurn { entry throws(RunFailure) in
                    for _ in 0...Self.mostRepetitions {
                        if entry.stepNanoseconds < Self.longStep { _ = try entry.contestant.run(1) }
                        let time = try entry.contestant.run(entry.steps)
                        let sample = Sample(
                            block: block, round: round, position: position, steps: entry.steps,
                            nanoseconds: time.nanoseconds, cpuNanoseconds: time.cpuNanoseconds,
                            waitedNanoseconds: time.waitedNanoseconds)
                        entry.samples.append(sample)
                        guard sample.isDisturbed, !isCancelled() else { break }
                        lost += sample.nanoseconds
                        let elapsed = MonotonicClock.nanoseconds - start
                        guard lost < elapsed / 3, elapsed < maximumNanoseconds else { break }
                    }
                }
            }
        }
        return isCancelled() ? nil : (rounds.count, .completed)
    }

    /// How often a disturbed sample is taken again: what still disturbs the fourth will disturb the fifth.
    private static let mostRepetitions = 3

    /// A longer step gains nothing from one before it: filling the caches takes a few milliseconds, waking a
    /// thread less.
    private static let longStep = 200e6

    private func report(_ entry: Entry, round: Int?) {
        progress(SamplerProgress(round: round, rounds: settings.rounds, rung: entry.contestant.rung.name))
    }

    /// Runs a contestant until its speed is steady, and so chooses the steps of its samples.
    private func warmUp(_ entry: inout Entry) {
        guard entry.skipped == nil, !isCancelled() else { return }
        report(entry, round: nil)
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
        // The first runs are slow: caches, page faults, clock rate, sleeping workers. The speed is steady once
        // a run is no longer clearly faster than the best one before.
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

    /// Even an empty step takes longer than a sample of so many: a clock that shows less stands still.
    private static let mostSteps = 1 << 30

    /// The number of steps that last for a sample.
    private static func steps(of nanoseconds: Double, in goal: Int) -> Int {
        max(1, Int(min((Double(goal) / nanoseconds).rounded(.up), Double(mostSteps))))
    }

    /// Nanoseconds for one of some steps: more than 0, even where the clock did not move between readings.
    private static func stepTime(_ nanoseconds: Int, _ steps: Int) -> Double {
        Double(max(1, nanoseconds)) / Double(steps)
    }

    private func reason(forSkipping nanoseconds: Int) -> String {
        "a step takes \(TimeSpan(Double(nanoseconds))), so that its \(settings.rounds) rounds would take more "
            + "than a third of the time for a cell, \(TimeSpan(Double(settings.maximumCellNanoseconds)))"
    }

    /// A contestant and its samples so far.
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

        /// Lets it do something, and rest. One that fails is left out from then on, and its samples of this
        /// block do not count: it may have been failing for a while.
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
    /// Whether it is left out where its steps take too long. Controls and ceilings are only there for
    /// comparison with the rungs, and run wherever these do.
    fileprivate var isSkippedWhereSlow: Bool { self == .rung || self == .peer }
}

/// How far the sampling of a cell is.
package struct SamplerProgress: Sendable, Equatable {
    /// The round that is running, from 0; nil during the warm-up.
    package let round: Int?
    /// How many rounds there will be.
    package let rounds: Int
    /// The rung that is about to run.
    package let rung: String
}

/// How the sampler samples.
package struct SamplerSettings: Codable, Sendable, Equatable {
    // The values that can be requested; times up to thirty days.
    package static let possibleRounds = 1...100_000
    package static let possibleBlocks = 1...1000
    package static let possibleNanoseconds = 1...30 * 86_400_000_000_000

    /// How often each implementation is sampled, all blocks of the least number together.
    package var rounds: Int
    /// The least number of blocks of a cell, each in a fresh process with data and scratch allocated anew.
    package var blocks: Int
    /// Half the width of the interval that each time is to be known to, as a fraction of it: further blocks are added
    /// where it is not. Nil where none are to be added.
    package var precision: Double?
    /// For how long further blocks begin, from the start of the run on.
    package var refiningNanoseconds: Int?
    /// How long a sample should last; it has as many steps as that takes, at least one.
    package var minimumSampleNanoseconds: Int
    /// How long sampling a cell may take, the least number of blocks together. The first round is always finished.
    package var maximumCellNanoseconds: Int
    /// How long the whole run may take; nil where there is no limit.
    package var maximumRunNanoseconds: Int?
    /// α of the steps. It changes the numbers, but not the work.
    package var learningRate: Double

    package init(
        rounds: Int = 18, blocks: Int = 6, precision: Double? = nil, refiningNanoseconds: Int? = nil,
        minimumSampleNanoseconds: Int = 3_000_000,
        maximumCellNanoseconds: Int = 60_000_000_000, maximumRunNanoseconds: Int? = nil,
        learningRate: Double = 0.1
    ) {
        (self.precision, self.refiningNanoseconds) = (precision, refiningNanoseconds)
        (self.rounds, self.blocks) = (rounds, blocks)
        self.minimumSampleNanoseconds = minimumSampleNanoseconds
        self.maximumCellNanoseconds = maximumCellNanoseconds
        self.maximumRunNanoseconds = maximumRunNanoseconds
        self.learningRate = learningRate
    }

    /// The rounds of a block, numbered through the blocks of a cell; each has at least one.
    package func rounds(inBlock block: Int) -> Range<Int> {
        let rounds = max(rounds, blocks)
        return rounds * block / blocks..<rounds * (block + 1) / blocks
    }

    /// How long a step may take: an implementation that would need more than a third of the cell's time for
    /// all its rounds is skipped. Each round has an uncounted step and a counted one, and each block two to
    /// warm up.
    package var maximumStepNanoseconds: Int {
        max(1, maximumCellNanoseconds / 3 / (2 * max(rounds, blocks) + 2 * blocks))
    }
}
