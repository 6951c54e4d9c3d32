import Foundation

/// What became of the time of one implementation in one cell.
package struct Change: Codable, Sendable, Equatable {
    /// What can be said of it.
    package enum Verdict: String, Codable, Sendable {
        /// It became slower: significantly, and beyond the threshold.
        case slower
        /// It became faster: significantly, and beyond the threshold.
        case faster
        /// It cannot be told from the noise, or is too small to count.
        case withinNoise
        /// A side has fewer than two blocks, so that it cannot be tested.
        case tooFewBlocks
    }

    /// The time on one side.
    package struct Time: Codable, Sendable, Equatable {
        /// Of a step: the geometric mean over the blocks of the median in each.
        package let nanoseconds: Double

        /// How many blocks it rests on.
        package let blocks: Int
    }

    /// A test of the change, across blocks.
    package struct Test: Codable, Sendable, Equatable {
        /// The interval of the ratio, at 95 %, not corrected for the number of tests.
        package let interval: Interval

        /// The ratio without what needs no cause of its own: 1 where it lies between no change and the
        /// common shift, else how many times it is beyond the nearer of the two.
        package let excess: Double

        /// How probable such an excess is where there is none.
        package let pValue: Double

        /// The same, corrected for the number of tests in the comparison.
        package let correctedPValue: Double

        /// nil of nothing.
        init?(_ test: WelchTest?, explained: ClosedRange<Double> = 0...0, correctedPValue: Double?) {
            guard let test, let correctedPValue else { return nil }
            interval = test.interval().exponential
            excess = exp(test.excess(over: explained))
            pValue = test.pValue(against: explained)
            self.correctedPValue = correctedPValue
        }

        /// What can be said of it.
        func verdict(threshold: Double) -> Verdict {
            guard correctedPValue < ResultsComparison.significance else { return .withinNoise }
            return excess > 1 + threshold ? .slower : excess < 1 / (1 + threshold) ? .faster : .withinNoise
        }
    }

    /// Which cell it is in.
    package let cell: Cell

    /// The implementation.
    package let rung: String

    /// The time before.
    package let old: Time

    /// The time after.
    package let new: Time

    /// New / old; greater than 1 where it became slower.
    package let ratio: Double

    /// The test; nil where there are too few blocks for one.
    package let test: Test?

    /// What can be said of it.
    package let verdict: Verdict

    init(
        _ pair: TimePair, explained: ClosedRange<Double>, correctedPValue: Double?, threshold: Double
    ) {
        (cell, rung) = (pair.cell, pair.rung)
        old = Time(nanoseconds: exp(pair.oldMean), blocks: pair.oldLogs.count)
        new = Time(nanoseconds: exp(pair.newMean), blocks: pair.newLogs.count)
        ratio = exp(pair.newMean - pair.oldMean)
        test = Test(pair.test, explained: explained, correctedPValue: correctedPValue)
        verdict = test?.verdict(threshold: threshold) ?? .tooFewBlocks
    }
}

extension Interval {
    /// The interval of eˣ.
    fileprivate var exponential: Interval {
        Interval(
            low: exp(low), high: min(exp(high), .greatestFiniteMagnitude), coverage: coverage)
    }
}
