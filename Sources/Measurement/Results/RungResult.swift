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
    /// All samples, in the order that they were taken in, the disturbed ones too.
    package private(set) var samples: [Sample]

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

    /// Reads a result. The time is worked out anew from the samples: what is stored is for other readers.
    package init(from decoder: any Decoder) throws {
        let fields = try decoder.container(keyedBy: CodingKeys.self)
        rung = try fields.decode(String.self, forKey: .rung)
        after = try fields.decodeIfPresent(String.self, forKey: .after)
        idea = try fields.decode(String.self, forKey: .idea)
        sums = try fields.decode(String.self, forKey: .sums)
        storedAs = try fields.decodeIfPresent(Storage.self, forKey: .storedAs)
        isThreaded = try fields.decode(Bool.self, forKey: .isThreaded)
        work = try fields.decode(WorkModel.self, forKey: .work)
        preparedBytes = try fields.decode(Int.self, forKey: .preparedBytes)
        workers = try fields.decodeIfPresent(Int.self, forKey: .workers)
        verdict = try fields.decodeIfPresent(CellVerdict.self, forKey: .verdict)
        skipped = try fields.decodeIfPresent(String.self, forKey: .skipped)
        samples = try fields.decode([Sample].self, forKey: .samples)
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

    /// Numbers the blocks and rounds of its samples by so many more.
    mutating func renumber(blocks: Int, rounds: Int) {
        for i in samples.indices {
            samples[i].block += blocks
            samples[i].round += rounds
        }
        stepTime = expectedStepTime
    }

    /// The time that follows from the samples and the verdict.
    private var expectedStepTime: StepTime? { verdict?.passed == false ? nil : StepTime(samples) }

    var medianOrInfinity: Double { stepTime?.medianNanoseconds ?? .infinity }
}

/// One timing: some steps in a row.
package struct Sample: Codable, Sendable, Equatable {
    /// The block that it belongs to, from 0.
    package internal(set) var block: Int
    /// The round that it belongs to, from 0 and counted through all blocks of a cell. One that was disturbed may be
    /// followed by another of the same round.
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
    /// How long its threads could have worked, and waited for a processor that somebody else had; nil where that is
    /// too little to count, or not known.
    package let waitedNanoseconds: Int?

    /// - Parameter waitedNanoseconds: kept where it makes the sample a disturbed one.
    package init(
        block: Int, round: Int, position: Int, steps: Int, nanoseconds: Int, cpuNanoseconds: Int,
        waitedNanoseconds: Int = 0
    ) {
        (self.block, self.round, self.position) = (block, round, position)
        (self.steps, self.nanoseconds, self.cpuNanoseconds) = (steps, nanoseconds, cpuNanoseconds)
        let part = Double(waitedNanoseconds) / Double(max(1, nanoseconds))
        self.waitedNanoseconds = part > Self.greatestWait ? waitedNanoseconds : nil
    }

    /// The part of its time from which on waiting for a processor makes a sample a disturbed one: a third of the
    /// precision that times are known to at best.
    static let greatestWait = 0.01

    /// Whether somebody else had its processor for a part of its time that counts.
    package var isDisturbed: Bool { waitedNanoseconds != nil }

    package var nanosecondsPerStep: Double { Double(nanoseconds) / Double(steps) }
    package var cpuNanosecondsPerStep: Double { Double(cpuNanoseconds) / Double(steps) }
}

/// The time of one step, by the evidence of the blocks of an implementation in a cell. It follows from the samples,
/// and is stored with them for readers without statistics of their own.
package struct StepTime: Encodable, Sendable, Equatable {
    /// The median of the blocks' medians, in nanoseconds, and its interval.
    package let estimate: BlockEstimate
    /// The median of each block, by the block's number, in nanoseconds.
    let blockMedians: [Int: Double]
    /// The shortest.
    package let minimumNanoseconds: Double
    /// How many samples were disturbed; they do not count.
    package let disturbed: Int

    /// The statistics of `samples`; nil where there are none.
    package init?(_ samples: [Sample]) {
        let counted = samples.counted
        blockMedians = samples.blockMedians
        guard let estimate = BlockEstimate(Array(blockMedians.values)),
            let minimum = counted.map({ $0.nanosecondsPerStep }).min()
        else { return nil }
        (self.estimate, minimumNanoseconds) = (estimate, minimum)
        disturbed = samples.count - counted.count
    }

    package var medianNanoseconds: Double { estimate.median }

    private enum CodingKeys: String, CodingKey {
        case medianNanoseconds, lowNanoseconds, highNanoseconds, blocks, minimumNanoseconds, disturbed
    }

    package func encode(to encoder: any Encoder) throws {
        var fields = encoder.container(keyedBy: CodingKeys.self)
        try fields.encode(estimate.median, forKey: .medianNanoseconds)
        try fields.encodeIfPresent(estimate.interval?.low, forKey: .lowNanoseconds)
        try fields.encodeIfPresent(estimate.interval?.high, forKey: .highNanoseconds)
        try fields.encode(estimate.blocks, forKey: .blocks)
        try fields.encode(minimumNanoseconds, forKey: .minimumNanoseconds)
        try fields.encode(disturbed, forKey: .disturbed)
    }
}

/// Facts about an implementation other than its times.
package struct RungNote: Codable, Sendable, Equatable {
    /// The implementation's name.
    package let rung: String
    /// The problem that it solves, since ladders share names; nil for logistic regression.
    package let problem: Cell.ProblemKind?
    /// Why its change should make it faster, or what that costs; nil where it is not said.
    package let why: String?

    package init(rung: String, _ problem: Cell.ProblemKind? = nil, why: String?) {
        (self.rung, self.problem, self.why) = (rung, problem, why)
    }
}
