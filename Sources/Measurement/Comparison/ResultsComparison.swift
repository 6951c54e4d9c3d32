import Foundation

/// The changes between two results, time by time.
///
/// A change counts where it is significant and large. *Significant*: each time is tested across blocks, by
/// Welch's test on the logarithms of the medians of blocks, since samples of one block have too much in
/// common; and with Holm's correction, so that the probability of even one false alarm in the whole
/// comparison is 5 %. *Large*: it is beyond the threshold.
///
/// A whole machine may be a few percent slower an hour later, or one of its processors busy, and then all
/// times are longer, of code that did not change. So the shift that all times on one thread have in common,
/// and that of all on several, is reported by itself, and counts by the same rule; a single change is compared
/// with both no change and the common shift, and counts by its distance from the nearer of the two. Then a
/// slower machine does not accuse every implementation, nor is one called faster only because all others
/// became slower. The price: a change that more than half of the implementations share is found as a common
/// shift, and not one by one.
///
/// Simulated with 168 times of 6 blocks on either side and a threshold of 5 %: the probability of a false
/// alarm is at most 3 % with normal scatter of 1 to 4 % from block to block, with Student's t of 3 degrees
/// of freedom, with one block in ten slower by 20 % on average, with drift of the whole machine in the
/// course of the runs, and with shifts by 3 to 8 % between them, where without the common shift up to all
/// 168 would be false. (Drift slower than a run is a shift between runs, and is reported as one.) One
/// implementation that is 10 % slower in 12 cells is found in all of them at 1 % scatter, in nine of ten at
/// 2 %, in four of ten at 3 %. No test across blocks can detect luck that all blocks of a process share: where
/// each process draws an error of 2 % of its own for each time, some false alarms are the rule.
package struct ResultsComparison: Codable, Sendable, Equatable {
    /// The probability of a false alarm in the whole comparison that is accepted.
    package static let significance = 0.05

    /// A ratio counts above 1 + threshold, or below the inverse of that.
    package let threshold: Double
    /// Why the times should not be compared: other machines or instruction sets, debug builds. The
    /// comparison is made nevertheless.
    package let obstacles: [Difference]
    /// The shift of the times on one thread, and of those on several; fewer where there are too few times.
    package let commonShifts: [CommonShift]
    /// All times that both have, the greatest slowdown first.
    package let changes: [Change]
    /// Times that only one of them has.
    package let unmatched: [Unmatched]
    /// The ratio that would have been significant for half of the times; nil where nothing was tested. It says
    /// whether a comparison that finds nothing could have found something.
    package let detectableRatio: Double?

    /// - Parameters:
    ///   - threshold: 0 or greater.
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

/// The times of one implementation in one cell, in the old and in the new results.
struct TimePair {
    let cell: Cell
    let rung: String
    /// Whether it ran on several threads, which another program on the machine slows more than one.
    let isThreaded: Bool
    /// The logarithms of the median times of a step in each block, in nanoseconds, by the block's number.
    let oldLogs, newLogs: [Int: Double]

    /// nil where one has no time.
    init?(_ cell: Cell, old: RungResult?, new: RungResult?) {
        guard let old, let new, old.stepTime != nil, new.stepTime != nil else { return nil }
        (self.cell, rung) = (cell, old.rung)
        isThreaded = old.isThreaded && cell.threads > 1
        (oldLogs, newLogs) = (old.blockMedians.mapValues(log), new.blockMedians.mapValues(log))
    }

    /// All times that both results have, in the order of the old ones.
    static func all(_ old: Results, _ new: Results) -> [TimePair] {
        old.cells.flatMap { before in
            before.rungs.compactMap { rung in
                TimePair(before.cell, old: rung, new: new[before.cell]?.rung(rung.rung))
            }
        }
    }

    var oldMean: Double { Self.mean(oldLogs) }
    var newMean: Double { Self.mean(newLogs) }

    /// nil where there are fewer than two blocks on a side.
    var test: WelchTest? { WelchTest(from: Self.ordered(oldLogs), to: Self.ordered(newLogs)) }

    private static func ordered(_ logs: [Int: Double]) -> [Double] {
        logs.sorted { $0.key < $1.key }.map { $0.value }
    }

    private static func mean(_ logs: [Int: Double]) -> Double {
        ordered(logs).reduce(0, +) / Double(logs.count)
    }
}

/// The times on one thread, or those on several, and how far all of them moved together.
///
/// The level of a block is the median, over all times, of the distance of the time's logarithm from its mean in
/// the old results. The shift is the difference of the levels, and Welch's test compares it with their scatter
/// from block to block: a disturbance of half of a run is scatter, not shift.
struct TimeGroup {
    let isThreaded: Bool
    let pairs: [TimePair]
    /// Nil where there are too few times, or too few blocks of them.
    let shift: WelchTest?

    /// With fewer times, a change of one of them would be taken for a shift of all: six are the fewest for
    /// which the interval of the median (`Statistics.medianInterval`) reaches 95 %.
    static let fewestTimes = 6

    init(isThreaded: Bool, of pairs: [TimePair]) {
        self.isThreaded = isThreaded
        self.pairs = pairs.filter { $0.isThreaded == isThreaded && $0.test != nil }
        shift = WelchTest(
            from: Self.levels(self.pairs) { $0.oldLogs }, to: Self.levels(self.pairs) { $0.newLogs })
    }

    private static func levels(_ pairs: [TimePair], _ logs: (TimePair) -> [Int: Double]) -> [Double] {
        var distances: [Int: [Double]] = [:]
        for pair in pairs {
            for (block, log) in logs(pair) { distances[block, default: []].append(log - pair.oldMean) }
        }
        // In the order of the blocks, since the order of a dictionary would change the last digit.
        return distances.sorted { $0.key < $1.key }
            .filter { $0.value.count >= fewestTimes }
            .compactMap { Statistics.median($0.value) }
    }

    /// The logarithms of ratios that need no cause of their own: from no change to the common shift.
    var explained: ClosedRange<Double> {
        let difference = shift?.difference ?? 0
        return min(0, difference)...max(0, difference)
    }
}
