import Problems

/// The results of one implementation in one cell.
package struct RungResult: Codable, Sendable, Equatable {
    /// The cost of a step, counted from the algorithm.
    package struct WorkModel: Codable, Sendable, Equatable {
        /// Additions and multiplications.
        package let operations: Int
        /// Bytes that cross from memory where X is much larger than the caches.
        package let bytes: Int
    }

    /// Its name.
    package let rung: String
    /// The rung that it builds on; nil at the foot of the ladder. Of a control: the rung that it repeats.
    package let after: String?
    /// The one thing that it changes.
    package let idea: String
    /// How it sums over samples.
    package let sums: String
    private let storedAs: Storage?

    /// How it stores X; `.scalar` in results from before there was a choice. One that rounds X makes another
    /// step, and is never called the fastest.
    package var storage: Storage { storedAs ?? .scalar }

    /// Whether it uses several threads.
    package let isThreaded: Bool
    /// The cost of one step.
    package let work: WorkModel
    /// Memory that it holds besides the data.
    package private(set) var preparedBytes: Int
    /// How many threads worked on its latest step; nil where it was not timed.
    package private(set) var workers: Int?
    /// The judge's verdict; nil where it was not judged. Of several blocks, the one nearest to its bound.
    package private(set) var verdict: CellVerdict?
    /// Why it was not timed; nil where it was. A peer that failed in one of several blocks has samples and a
    /// reason.
    package private(set) var skipped: String?
    /// The time of one step, from the samples; nil without samples, and where the judge rejected it.
    package private(set) var stepTime: StepTime?
    /// All samples, in the order that they were taken in.
    package internal(set) var samples: [Sample]

    private enum CodingKeys: String, CodingKey {
        case rung, after, idea, sums, isThreaded, work, preparedBytes, workers, verdict, skipped, stepTime
        case samples
        case storedAs = "storage"
    }

    package init(
        rung: RungInfo, work: Work, preparedBytes: Int, workers: Int?, verdict: CellVerdict?,
        samples: [Sample],
        skipped: String? = nil
    ) {
        (self.rung, after, idea) = (rung.name, rung.after, rung.idea)
        (sums, storedAs, isThreaded) = ("\(rung.sums)", rung.storage, rung.isThreaded)
        self.work = WorkModel(operations: work.operations, bytes: work.bytes)
        (self.preparedBytes, self.workers, self.verdict) = (preparedBytes, workers, verdict)
        (self.samples, self.skipped) = (samples, skipped)
        stepTime = nil
        stepTime = expectedStepTime
    }

    /// Adds the samples of further blocks.
    ///
    /// - Parameter keepingReason: whether it still says why it was skipped in some of them.
    mutating func add(_ other: RungResult, keepingReason: Bool) {
        preparedBytes = max(preparedBytes, other.preparedBytes)
        workers = [workers, other.workers].compactMap(\.self).max()
        verdict = [verdict, other.verdict].compactMap(\.self).max { $1.isWorse(than: $0) }
        samples += other.samples
        skipped = samples.isEmpty || keepingReason ? skipped ?? other.skipped : nil
        stepTime = expectedStepTime
    }

    /// The time that follows from the samples and the verdict.
    private var expectedStepTime: StepTime? { verdict?.passed == false ? nil : StepTime(samples) }

    /// Whether the time follows from the samples. The coverage need not, which another machine's library may
    /// compute with another last digit.
    var hasConsistentTime: Bool {
        let expected = expectedStepTime
        return stepTime?.medianNanoseconds == expected?.medianNanoseconds
            && stepTime?.minimumNanoseconds == expected?.minimumNanoseconds
    }

    /// The median time of a step in each block, by the block's number, in nanoseconds.
    package var blockMedians: [Int: Double] {
        Dictionary(grouping: samples) { $0.block }
            .compactMapValues { Statistics.median($0.map { $0.nanosecondsPerStep }) }
    }

    var medianOrInfinity: Double { stepTime?.medianNanoseconds ?? .infinity }
}

/// One timing: some steps in a row.
package struct Sample: Codable, Sendable, Equatable {
    /// The block that it belongs to, from 0.
    package internal(set) var block: Int
    /// The round that it belongs to, from 0 and counted through all blocks of a cell.
    package internal(set) var round: Int
    /// Its place in that round, from 0.
    package let position: Int
    /// How many steps there were, from w = 0, b = 0.
    package let steps: Int
    /// How long the steps took together.
    package let nanoseconds: Int
    /// How long processors worked for the program meanwhile, all its threads added up. On one thread it
    /// is less than `nanoseconds` where another program had the processor for a while.
    package let cpuNanoseconds: Int

    package init(block: Int, round: Int, position: Int, steps: Int, nanoseconds: Int, cpuNanoseconds: Int) {
        (self.block, self.round, self.position) = (block, round, position)
        (self.steps, self.nanoseconds, self.cpuNanoseconds) = (steps, nanoseconds, cpuNanoseconds)
    }

    package var nanosecondsPerStep: Double { Double(nanoseconds) / Double(steps) }
    package var cpuNanosecondsPerStep: Double { Double(cpuNanoseconds) / Double(steps) }
}

/// The time of one step, from all samples of an implementation in a cell. It follows from the samples, and
/// is stored with them for readers without statistics of their own.
package struct StepTime: Codable, Sendable, Equatable {
    package let medianNanoseconds: Double
    /// The interval of the median.
    package let lowNanoseconds, highNanoseconds: Double
    /// The probability that the interval holds the median, from 0 to 1.
    package let coverage: Double
    /// The median of the absolute deviations from the median.
    package let deviationNanoseconds: Double
    /// The shortest.
    package let minimumNanoseconds: Double
    /// How many samples lie far outside; they count like all others.
    package let outliers: Int

    /// The statistics of `samples`; nil where there are none.
    package init?(_ samples: [Sample]) {
        let times = samples.map { $0.nanosecondsPerStep }
        guard let median = Statistics.median(times), let minimum = times.min(),
            let deviation = Statistics.medianAbsoluteDeviation(times),
            let interval = Statistics.medianInterval(times)
        else { return nil }
        medianNanoseconds = median
        (lowNanoseconds, highNanoseconds, coverage) = (interval.low, interval.high, interval.coverage)
        (deviationNanoseconds, minimumNanoseconds) = (deviation, minimum)
        outliers = Statistics.outliers(times).count { $0 }
    }

    /// Half the width of the interval, as a fraction of the median.
    package var spread: Double { (highNanoseconds - lowNanoseconds) / 2 / medianNanoseconds }
}

/// Facts about an implementation other than its times.
package struct RungNote: Codable, Sendable, Equatable {
    /// The implementation's name.
    package let rung: String
    /// Why its change should make it faster, or what that costs; nil where it is not said.
    package let why: String?

    package init(rung: String, why: String?) { (self.rung, self.why) = (rung, why) }
}
