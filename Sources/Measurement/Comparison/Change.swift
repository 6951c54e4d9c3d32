import Foundation

/// The change of the time of one implementation in one cell.
package struct Change: Codable, Sendable, Equatable {
    package enum Verdict: String, Codable, Sendable {
        /// Significantly, and beyond the threshold.
        case slower, faster
        /// It is not significant, or too small to count.
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

    /// A test of the change relative to all other times of its rounds.
    package struct Test: Codable, Sendable, Equatable {
        /// The interval of that ratio, at 95 %, not corrected for the number of tests.
        package let interval: Interval
        /// That ratio, as far as it needs a cause of its own: 1 where a common shift that counts explains it, else how
        /// many times it is beyond what is explained.
        package let excess: Double
        /// The probability of such an excess where there is none.
        package let pValue: Double
        /// The same, corrected for the number of tests in the comparison.
        package let correctedPValue: Double

        /// nil where there is no test.
        init?(_ test: WelchTest?, explained: ClosedRange<Double>, correctedPValue: Double?) {
            guard let test, let correctedPValue else { return nil }
            interval = test.interval().exponential
            excess = exp(test.excess(over: explained))
            pValue = test.pValue(against: explained)
            self.correctedPValue = correctedPValue
        }

        func verdict(threshold: Double) -> Verdict {
            guard correctedPValue < ResultsComparison.significance else { return .withinNoise }
            return excess > 1 + threshold ? .slower : excess < 1 / (1 + threshold) ? .faster : .withinNoise
        }
    }

    package let cell: Cell
    package let rung: String
    /// The times before and after.
    package let old, new: Time
    /// New / old, of the times themselves; greater than 1 where it became slower.
    package let ratio: Double
    /// The test; nil where there are too few blocks for one.
    package let test: Test?
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

/// The change of one implementation over all cells together, which shows what is too small for a cell alone. Like that of
/// a time, it is relative to all others of the same rounds.
package struct RungChange: Codable, Sendable, Equatable {
    package let rung: String
    /// How many cells it rests on: at least as many as an interval takes blocks.
    package let cells: Int
    /// The test: Student's on the logarithms, one value from each cell.
    package let test: Change.Test
    /// By the same rule as that of a change.
    package let verdict: Change.Verdict

    /// The test of a rung's times; nil in too few cells.
    static func test(_ pairs: [TimePair]) -> WelchTest? {
        pairs.count < BlockEstimate.fewestBlocks ? nil : WelchTest(of: pairs.map { $0.relativeChange })
    }

    /// Nil where there is no test.
    init?(
        _ pairs: [TimePair], _ test: WelchTest?, explained: ClosedRange<Double>, correctedPValue: Double?,
        threshold: Double
    ) {
        guard let rung = pairs.first?.rung,
            let test = Change.Test(test, explained: explained, correctedPValue: correctedPValue)
        else { return nil }
        (self.rung, cells, self.test) = (rung, pairs.count, test)
        verdict = test.verdict(threshold: threshold)
    }
}

extension Interval {
    /// The interval of eˣ.
    fileprivate var exponential: Interval {
        Interval(
            low: exp(low), high: min(exp(high), .greatestFiniteMagnitude), coverage: coverage)
    }
}

/// The shift of all times together: the clock rate, another program on the machine, or a change that all
/// implementations share. Times on one thread and on several each have a shift, since a program that keeps one
/// processor busy slows only the latter.
package struct CommonShift: Codable, Sendable, Equatable {
    /// Whether it is that of the times on several threads.
    package let isThreaded: Bool
    /// How many times it was taken from.
    package let times: Int
    /// New / old.
    package let ratio: Double
    /// The test of the shift, against no change.
    package let test: Change.Test
    /// By the same rule as that of a change.
    package let verdict: Change.Verdict

    /// nil where the group has none.
    init?(_ group: TimeGroup, correctedPValue: Double?, threshold: Double) {
        guard let test = Change.Test(group.shift, explained: 0...0, correctedPValue: correctedPValue) else {
            return nil
        }
        (isThreaded, times) = (group.isThreaded, group.pairs.count)
        (ratio, self.test) = (test.excess, test)
        verdict = test.verdict(threshold: threshold)
    }
}
