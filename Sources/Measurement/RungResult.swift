public import LogisticRegression

/// What was found of one implementation in one cell.
public struct RungResult: Codable, Sendable, Equatable {
    /// What a step costs, counted from the algorithm.
    public struct WorkModel: Codable, Sendable, Equatable {
        /// Additions and multiplications.
        public let operations: Int
        /// Bytes that cross from memory where X is much larger than the caches.
        public let bytes: Int
    }

    /// Its name.
    public let rung: String

    /// The rung that it builds on; nil at the foot of the ladder.
    public let after: String?

    /// What it changes.
    public let idea: String

    /// How it sums over samples.
    public let sums: String

    /// Whether it uses several threads.
    public let isThreaded: Bool

    /// What one step costs.
    public let work: WorkModel

    /// What it holds besides the data.
    public let preparedBytes: Int

    /// How many threads worked on its latest step; nil where it was not timed.
    public let workers: Int?

    /// What the judge said of it; nil where it was not asked.
    public let verdict: CellVerdict?

    /// Why it was not timed, or not to the end; nil where it was.
    public let skipped: String?

    /// The time of one step, from the samples; nil without samples.
    public let stepTime: StepTime?

    /// All samples, in the order that they were taken in.
    public let samples: [Sample]

    /// A result.
    public init(
        rung: Rung, work: Work, preparedBytes: Int, workers: Int?, verdict: CellVerdict?, samples: [Sample],
        skipped: String? = nil
    ) {
        (self.rung, after, idea) = (rung.name, rung.after, rung.idea)
        (sums, isThreaded) = ("\(rung.sums)", rung.isThreaded)
        self.work = WorkModel(operations: work.operations, bytes: work.bytes)
        (self.preparedBytes, self.workers, self.verdict) = (preparedBytes, workers, verdict)
        (self.samples, self.skipped, stepTime) = (samples, skipped, StepTime(samples))
    }
}
