import Foundation

/// What changed between two results, time by time.
///
/// A change counts where it is significant and large. *Significant*: each time is tested across blocks,
/// by Welch's test on the logarithms of the medians of blocks, since samples of one block have too much in
/// common; and with Holm's correction, so that the probability of even one false alarm in the whole
/// comparison is 5 %. *Large*: it is beyond the threshold.
///
/// A whole machine may be a few percent slower an hour later, or one of its processors busy, and then all
/// times are longer, of code that did not change. So what all times on one thread have in common, and all
/// on several, is told by itself, and counts by the same rule; a single change is held against both no
/// change and the common shift, the nearer of the two. Then a slower machine does not accuse every
/// implementation, nor is one called faster only because all others became slower. The price: what more
/// than half of the implementations share is found as a common shift, and not one by one.
///
/// Simulated with 168 times of 6 blocks on either side and a threshold of 5 %: the probability of a false
/// alarm is at most 3 % with normal scatter of 1 to 4 % from block to block, with Student's t of 3 degrees
/// of freedom, with one block in ten slower by 20 % on average, with drift of the whole machine in the
/// course of the runs, and with shifts by 3 to 8 % between them, where without the common shift up to all
/// 168 would be false. (Drift slower than a run is a shift between runs, and is told as one.) One
/// implementation that is 10 % slower in 12 cells is found in all of them at 1 % scatter, in nine of ten at
/// 2 %, in four of ten at 3 %. What no test across blocks can know is luck that all blocks of a process
/// share: where each process draws for each time an error of 2 % of its own, some false alarms are the
/// rule.
package struct ResultsComparison: Codable, Sendable, Equatable {
    /// The probability of a false alarm in the whole comparison that is accepted.
    package static let significance = 0.05

    /// What a ratio has to be beyond, above 1 + threshold or below its inverse, to count.
    package let threshold: Double

    /// Why the times should not be compared: other machines or instruction sets, debug builds. The
    /// comparison is made nevertheless.
    package let obstacles: [Difference]

    /// What the times on one thread have in common, and those on several; less where there are too few.
    package let commonShifts: [CommonShift]

    /// All times that both have, the greatest slowdown first.
    package let changes: [Change]

    /// What only one of them has.
    package let unmatched: [Unmatched]

    /// The ratio that would have been significant, for half of the times; nil where nothing was tested. It
    /// says whether a comparison that finds nothing could have found something.
    package let detectableRatio: Double?

    /// Compares two results.
    ///
    /// - Parameters:
    ///   - threshold: what a ratio has to differ from 1 by to count, 0 or greater.
    ///   - isWanted: which times are compared. The common shift is taken from all of them.
    package init(
        old: Results, new: Results, threshold: Double,
        isWanted: (_ cell: Cell, _ rung: String) -> Bool = { _, _ in true }
    ) {
        self.threshold = threshold
        let differences = Difference.all(old, new).filter { $0.kind != .compiler }
        obstacles = differences + (old.build.isDebug && new.build.isDebug ? [.bothDebug] : [])
        unmatched = Unmatched.all(old, new, isWanted)

        let pairs = TimePair.all(old, new)
        let groups = [false, true].map { TimeGroup(isThreaded: $0, of: pairs) }
        func explained(_ pair: TimePair) -> ClosedRange<Double> { groups[pair.isThreaded ? 1 : 0].explained }
        let wanted = pairs.filter { isWanted($0.cell, $0.rung) }
        let pValues =
            groups.map { $0.shift?.pValue() } + wanted.map { $0.test?.pValue(against: explained($0)) }
        let corrected = Statistics.holm(pValues)
        commonShifts = zip(groups, corrected).compactMap {
            CommonShift($0, correctedPValue: $1, threshold: threshold)
        }
        changes = zip(wanted, corrected.dropFirst(groups.count)).map {
            Change($0, explained: explained($0), correctedPValue: $1, threshold: threshold)
        }.sorted { $0.ratio > $1.ratio }
        let level = Self.significance / Double(max(1, pValues.count { $0 != nil }))
        detectableRatio = Statistics.median(wanted.compactMap { $0.test?.reach(pValue: level) }).map(exp)
    }

    /// The changes that count as slower, the greatest first.
    package var slower: [Change] { changes.filter { $0.verdict == .slower } }

    /// The changes that count as faster, the greatest first.
    package var faster: [Change] { changes.filter { $0.verdict == .faster }.reversed() }

    /// Whether anything became slower, all together or one by one.
    package var isSlower: Bool { !slower.isEmpty || commonShifts.contains { $0.verdict == .slower } }
}
