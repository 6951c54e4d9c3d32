import Problems

/// What was found of one implementation in one cell.
package struct RungResult: Codable, Sendable, Equatable {
    /// What a step costs, counted from the algorithm.
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

    /// What it changes.
    package let idea: String

    /// How it sums over samples.
    package let sums: String

    /// How it stores X. What rounds X makes another step, and is never called the fastest.
    package let storage: Storage

    /// Whether it uses several threads.
    package let isThreaded: Bool

    /// What one step costs.
    package let work: WorkModel

    /// What it holds besides the data.
    package let preparedBytes: Int

    /// How many threads worked on its latest step; nil where it was not timed.
    package let workers: Int?

    /// What the judge said of it; nil where it was not asked. Of several blocks, the verdict nearest to
    /// its bound.
    package let verdict: CellVerdict?

    /// Why it was not timed; nil where it was. A peer that failed in one of several blocks has samples and a
    /// reason.
    package let skipped: String?

    /// The time of one step, from the samples; nil without samples, and where the judge rejected it.
    package let stepTime: StepTime?

    /// All samples, in the order that they were taken in.
    package let samples: [Sample]

    /// A result.
    package init(
        rung: RungInfo, work: Work, preparedBytes: Int, workers: Int?, verdict: CellVerdict?,
        samples: [Sample],
        skipped: String? = nil
    ) {
        (self.rung, after, idea) = (rung.name, rung.after, rung.idea)
        (sums, storage, isThreaded) = ("\(rung.sums)", rung.storage, rung.isThreaded)
        self.work = WorkModel(operations: work.operations, bytes: work.bytes)
        (self.preparedBytes, self.workers, self.verdict) = (preparedBytes, workers, verdict)
        (self.samples, self.skipped) = (samples, skipped)
        stepTime = Self.stepTime(verdict, samples)
    }

    /// `first` with the samples of further blocks.
    ///
    /// - Parameter keepingReason: whether it still says why it was skipped in some of them.
    init(_ first: RungResult, adding second: RungResult, keepingReason: Bool) {
        (rung, after, idea) = (first.rung, first.after, first.idea)
        (sums, storage) = (first.sums, first.storage)
        (isThreaded, work) = (first.isThreaded, first.work)
        preparedBytes = max(first.preparedBytes, second.preparedBytes)
        workers = [first.workers, second.workers].compactMap(\.self).max()
        verdict = [first.verdict, second.verdict].compactMap(\.self).max { $1.isWorse(than: $0) }
        samples = first.samples + second.samples
        skipped = samples.isEmpty || keepingReason ? first.skipped ?? second.skipped : nil
        stepTime = Self.stepTime(verdict, samples)
    }

    /// `rung` with other samples.
    init(_ rung: RungResult, samples: [Sample]) {
        (self.rung, after, idea) = (rung.rung, rung.after, rung.idea)
        (sums, storage) = (rung.sums, rung.storage)
        (isThreaded, work) = (rung.isThreaded, rung.work)
        (preparedBytes, workers, verdict) = (rung.preparedBytes, rung.workers, rung.verdict)
        (self.samples, skipped) = (samples, rung.skipped)
        stepTime = Self.stepTime(verdict, samples)
    }

    private static func stepTime(_ verdict: CellVerdict?, _ samples: [Sample]) -> StepTime? {
        verdict?.passed == false ? nil : StepTime(samples)
    }

    /// The median time of a step in each block, by the block's number, in nanoseconds.
    package var blockMedians: [Int: Double] {
        Dictionary(grouping: samples) { $0.block }
            .compactMapValues { Statistics.median($0.map { $0.nanosecondsPerStep }) }
    }

    /// Reads it, and makes sure that the time is that of the samples.
    package init(from decoder: any Decoder) throws {
        let fields = try decoder.container(keyedBy: CodingKeys.self)
        rung = try fields.decode(String.self, forKey: .rung)
        after = try fields.decodeIfPresent(String.self, forKey: .after)
        idea = try fields.decode(String.self, forKey: .idea)
        sums = try fields.decode(String.self, forKey: .sums)
        // Results from before there was a choice do not name it.
        storage = try fields.decodeIfPresent(Storage.self, forKey: .storage) ?? .scalar
        isThreaded = try fields.decode(Bool.self, forKey: .isThreaded)
        work = try fields.decode(WorkModel.self, forKey: .work)
        preparedBytes = try fields.decode(Int.self, forKey: .preparedBytes)
        workers = try fields.decodeIfPresent(Int.self, forKey: .workers)
        verdict = try fields.decodeIfPresent(CellVerdict.self, forKey: .verdict)
        skipped = try fields.decodeIfPresent(String.self, forKey: .skipped)
        samples = try fields.decode([Sample].self, forKey: .samples)
        stepTime = try fields.decodeIfPresent(StepTime.self, forKey: .stepTime)
        if let wrong = samples.firstIndex(where: { $0.steps < 1 || $0.nanoseconds < 1 }) {
            throw DecodingError.dataCorruptedError(
                forKey: .samples, in: fields,
                debugDescription: "sample \(wrong) has no steps or no time; was the file edited?")
        }
        // Not the coverage, which another machine's library may compute with another last digit.
        let expected = Self.stepTime(verdict, samples)
        if stepTime?.medianNanoseconds != expected?.medianNanoseconds
            || stepTime?.minimumNanoseconds != expected?.minimumNanoseconds
        {
            throw DecodingError.dataCorruptedError(
                forKey: .stepTime, in: fields,
                debugDescription: "it does not follow from the samples; was the file edited?")
        }
    }
}
