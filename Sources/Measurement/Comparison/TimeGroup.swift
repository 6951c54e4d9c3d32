import Foundation

/// The times on one thread, or those on several, and how far all of them moved together.
///
/// The level of a block is the median over all times of how far the logarithm of each lies from its mean
/// in the old results. The shift is the difference of the levels, and Welch's test holds it against their
/// scatter from block to block: what slows half of a run is scatter, not shift.
struct TimeGroup {
    let isThreaded: Bool
    let pairs: [TimePair]

    /// Nil where there are too few times, or too few blocks of them.
    let shift: WelchTest?

    /// With fewer times, a change of one of them would be taken for a shift of all: six are the fewest of
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
        // In the order of the blocks, so that the last digit does not depend on that of a dictionary.
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
