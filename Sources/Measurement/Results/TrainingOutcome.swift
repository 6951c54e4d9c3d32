import Problems

/// The outcome of training all implementations on one data set.
package struct TrainingOutcome: Codable, Sendable, Equatable {
    /// J after some of the updates.
    package struct Point: Codable, Sendable, Equatable {
        /// Updates made.
        package let updates: Int
        /// J after them.
        package let cost: Double
        /// How long they took.
        package let seconds: Double

        package init(updates: Int, cost: Double, seconds: Double) {
            (self.updates, self.cost, self.seconds) = (updates, cost, seconds)
        }
    }

    /// The outcome of one implementation.
    package struct Entry: Codable, Sendable, Equatable {
        package let rung: String
        /// The type that it computed in.
        package let scalar: ScalarKind
        /// How it stored X; nil in results from before there was a choice.
        package let storage: Storage?
        /// J after the last update.
        package let cost: Double
        /// The fraction of samples whose label the model finds, from 0 to 1.
        package let accuracy: Double
        /// The same for the test set, which none was trained on; nil where there is none.
        package let testAccuracy: Double?
        /// How long all updates took.
        package let seconds: Double
        /// How far J is from that of the reference.
        package let costDistance: Double
        /// The bound of `costDistance`; nil where none is known.
        package let costBound: Double?
        /// The Euclidean distance of (w, b) from that of the reference.
        package let weightDistance: Double
        /// The bound of `weightDistance`; nil where none is known.
        package let weightBound: Double?
        /// J from w = 0, b = 0 on; nil where that was not kept.
        package let course: [Point]?

        /// Whether both distances are within their bounds, where these are known.
        package var holds: Bool {
            costDistance <= costBound ?? .infinity && weightDistance <= weightBound ?? .infinity
        }

        package init(
            rung: String, scalar: ScalarKind, storage: Storage = .scalar, cost: Double, accuracy: Double,
            testAccuracy: Double? = nil, seconds: Double, costDistance: Double, costBound: Double?,
            weightDistance: Double,
            weightBound: Double?, course: [Point]? = nil
        ) {
            (self.rung, self.scalar, self.storage, self.cost) = (rung, scalar, storage, cost)
            (self.accuracy, self.testAccuracy) = (accuracy, testAccuracy)
            (self.seconds, self.costDistance, self.costBound) = (seconds, costDistance, costBound)
            (self.weightDistance, self.weightBound) = (weightDistance, weightBound)
            self.course = course
        }
    }

    /// The data set, in words.
    package let dataset: String
    /// Its samples and features.
    package let m, nx: Int
    /// Samples of the test set; nil where there is none.
    package let testSamples: Int?
    /// Updates made.
    package let iterations: Int
    /// α.
    package let learningRate: Double
    /// The reference that distances are measured from, in words.
    package let reference: String
    /// The implementations, scalar by scalar, in the order of the ladder.
    package let entries: [Entry]

    /// Those that trained on X as it is, of which one is the fastest.
    package var contenders: [Entry] { entries.filter { $0.storage ?? .scalar == .scalar } }

    package init(
        dataset: String, m: Int, nx: Int, testSamples: Int? = nil, iterations: Int, learningRate: Double,
        reference: String, entries: [Entry]
    ) {
        (self.dataset, self.m, self.nx, self.testSamples) = (dataset, m, nx, testSamples)
        self.iterations = iterations
        (self.learningRate, self.reference, self.entries) = (learningRate, reference, entries)
    }
}
