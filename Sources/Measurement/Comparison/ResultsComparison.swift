import Foundation

/// The changes between two results, time by time.
///
/// A change counts where it is significant and large. *Significant*: each time is tested across blocks, by
/// Welch's test on the logarithms of the medians of blocks, since samples of one block have too much in
/// common; and with Holm's correction, so that the probability of even one false alarm in the whole
/// comparison is 5 %. *Large*: it is beyond the threshold.
///
/// A machine may run at two thirds of its speed for some seconds, since its host has other guests, and then all
/// times of those rounds are longer, of code that did not change. So a time is compared relative to the level of its
/// round: the median distance of all times in it, on one thread or on several, from what they were in the old results.
/// (Between runs nothing is paired but this, so the test is one of two samples, where an interval of a `BlockEstimate` is
/// one of a single one.) What all times have in common is reported by itself, and counts by the same rule. Where it does
/// count, a change has to go beyond both it and no change: then a slower machine accuses no implementation, nor is
/// one called faster only because all others became slower. The price: a change that more than half of the
/// implementations share is found as a common shift, and not one by one.
///
/// A change that is too small for one cell may show in all of them together, so each implementation is tested over the
/// cells as well.
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
    /// Each implementation over all cells, the greatest slowdown first; none where there are too few cells.
    package let rungs: [RungChange]
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
        let shifts = groups.map { $0.shift }
        let explained = zip(shifts, Statistics.holm(shifts.map { $0?.pValue() })).map { shift, p in
            let verdict = Change.Test(shift, explained: 0...0, correctedPValue: p)?.verdict(
                threshold: threshold)
            let difference = verdict == .slower || verdict == .faster ? shift?.difference ?? 0 : 0
            return min(0, -difference)...max(0, -difference)
        }
        func range(_ pair: TimePair) -> ClosedRange<Double> { explained[pair.isThreaded ? 1 : 0] }
        let wanted = pairs.filter { isWanted($0.cell, $0.rung) }
        let byRung = wanted.map { $0.rung }.uniqued.map { name in wanted.filter { $0.rung == name } }
        let rungTests = byRung.map { RungChange.test($0) }
        let pValues =
            shifts.map { $0?.pValue() }
            + zip(byRung, rungTests).map { pairs, test in
                pairs.first.flatMap { test?.pValue(against: range($0)) }
            }
            + wanted.map { $0.test?.pValue(against: range($0)) }
        let corrected = Statistics.holm(pValues)
        commonShifts = zip(groups, corrected).compactMap {
            CommonShift($0, correctedPValue: $1, threshold: threshold)
        }
        rungs = byRung.indices.compactMap { i in
            byRung[i].first.flatMap {
                RungChange(
                    byRung[i], rungTests[i], explained: range($0),
                    correctedPValue: corrected[groups.count + i],
                    threshold: threshold)
            }
        }.sorted { $0.test.excess > $1.test.excess }
        changes = zip(wanted, corrected.dropFirst(groups.count + byRung.count)).map {
            Change($0, explained: range($0), correctedPValue: $1, threshold: threshold)
        }.sorted { $0.ratio > $1.ratio }
        let level = Self.significance / Double(max(1, pValues.count { $0 != nil }))
        detectableRatio = Statistics.median(wanted.compactMap { $0.test?.reach(pValue: level) }).map(exp)
    }

    /// The changes that count as slower, the greatest first.
    package var slower: [Change] { changes.filter { $0.verdict == .slower } }

    /// The changes that count as faster, the greatest first.
    package var faster: [Change] { changes.filter { $0.verdict == .faster }.reversed() }

    /// Whether anything became slower, all together or one by one.
    package var isSlower: Bool {
        !slower.isEmpty || commonShifts.contains { $0.verdict == .slower }
            || rungs.contains { $0.verdict == .slower }
    }
}

/// The times of one implementation in one cell, in the old and in the new results.
struct TimePair {
    let cell: Cell
    let rung: String
    /// Whether it ran on several threads, which another program on the machine slows more than one.
    let isThreaded: Bool
    /// The logarithms of the median times of a step in each block, in nanoseconds, by the block's number.
    let oldLogs, newLogs: [Int: Double]
    /// The same relative to the levels of their rounds, in the order of the blocks.
    private let oldRelative, newRelative: [Double]

    private init(
        _ cell: Cell, isThreaded: Bool, old: RungResult, new: RungResult, oldLevels: RoundLevels?,
        newLevels: RoundLevels?
    ) {
        (self.cell, rung, self.isThreaded) = (cell, old.rung, isThreaded)
        (oldLogs, newLogs) = (
            old.samples.blockMedians.mapValues(log), new.samples.blockMedians.mapValues(log)
        )
        // Relative on both sides, or on none.
        if let before = oldLevels?.relativeLogs(old.samples), let after = newLevels?.relativeLogs(new.samples)
        {
            (oldRelative, newRelative) = (Self.ordered(before), Self.ordered(after))
        } else {
            (oldRelative, newRelative) = (Self.ordered(oldLogs), Self.ordered(newLogs))
        }
    }

    /// All times that both results have, in the order of the old ones.
    static func all(_ old: Results, _ new: Results) -> [TimePair] {
        old.cells.flatMap { before -> [TimePair] in
            guard let after = new[before.cell] else { return [] }
            let both = before.timed.compactMap { rung in
                after.rung(rung.rung).flatMap { $0.stepTime == nil ? nil : (old: rung, new: $0) }
            }
            func isThreaded(_ rung: RungResult) -> Bool { rung.isThreaded && before.cell.threads > 1 }
            let levels = [false, true].map { threaded in
                let group = both.filter { isThreaded($0.old) == threaded }
                let bases = group.map { log($0.old.stepTime?.medianNanoseconds ?? 1) }
                return (
                    old: RoundLevels(group.map { $0.old.samples }, bases),
                    new: RoundLevels(group.map { $0.new.samples }, bases)
                )
            }
            return both.map { pair in
                let level = levels[isThreaded(pair.old) ? 1 : 0]
                return TimePair(
                    before.cell, isThreaded: isThreaded(pair.old), old: pair.old, new: pair.new,
                    oldLevels: level.old, newLevels: level.new)
            }
        }
    }

    var oldMean: Double { Self.mean(Self.ordered(oldLogs)) }
    var newMean: Double { Self.mean(Self.ordered(newLogs)) }

    /// The logarithm of new / old, relative to the levels.
    var relativeChange: Double { Self.mean(newRelative) - Self.mean(oldRelative) }

    /// nil where there are fewer than two blocks on a side.
    var test: WelchTest? { WelchTest(from: oldRelative, to: newRelative) }

    private static func ordered(_ logs: [Int: Double]) -> [Double] {
        logs.sorted { $0.key < $1.key }.map { $0.value }
    }

    private static func mean(_ logs: [Double]) -> Double { logs.reduce(0, +) / Double(logs.count) }
}

/// How much longer than usual all times of a round were, in logarithms: the median of their distances from a base of
/// each.
private struct RoundLevels {
    private let byRound: [Int: Double]

    /// Nil where no round has enough times.
    init?(_ samples: [[Sample]], _ bases: [Double]) {
        var distances: [Int: [Double]] = [:]
        for (samples, base) in zip(samples, bases) {
            for sample in samples.counted {
                distances[sample.round, default: []].append(log(sample.nanosecondsPerStep) - base)
            }
        }
        byRound = distances.filter { $0.value.count >= TimeGroup.fewestTimes }
            .compactMapValues { Statistics.median($0) }
        if byRound.isEmpty { return nil }
    }

    /// The median in each block of the logarithms relative to the levels; nil where no round has one.
    func relativeLogs(_ samples: [Sample]) -> [Int: Double]? {
        let medians = [Sample].medians(
            samples.counted.compactMap { sample in
                byRound[sample.round].map { (sample.block, log(sample.nanosecondsPerStep) - $0) }
            })
        return medians.isEmpty ? nil : medians
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
    /// which an interval between order statistics (`BlockEstimate`) reaches 95 %.
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
}
