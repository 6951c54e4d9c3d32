import Foundation

/// A time or a speedup by the evidence of blocks: the median of one value from each block, with a 95 % interval.
///
/// The block is the unit of evidence. Samples of one block share their process and its luck: where its memory
/// lies, how its threads are placed, which other programs run. So a hundred samples of two blocks say no more
/// about the next process than two values do, and an interval that counts them as a hundred is far too narrow.
///
/// The interval is between order statistics: of n sorted values, the k-th smallest and the k-th largest enclose
/// the median of the distribution with probability γ_k = 1 − 2·P(B ≤ k − 1), where B counts heads in n tosses of a
/// fair coin. With k the greatest that has γ_k ≥ 0.95, the ends are interpolated between the k-th and the next
/// value by
///
///     λ = (n − k)·I / (k + (n − 2k)·I),    I = (γ_k − 0.95) / (γ_k − γ_{k+1})
///
/// (T. P. Hettmansperger and S. J. Sheather, "Confidence intervals based on interpolated order statistics",
/// Statistics & Probability Letters 4, 1986), here of logarithms, so that the inverse of a speedup has the inverse
/// interval. Fewer than six values enclose the median with less than 95 %, whatever they are: no interval.
///
/// Student's t on the logarithms was the alternative. Simulated, 40 000 runs, each block with an effect of its own
/// (normal, 2 %) and the median of five rounds (normal, 3 %): how often the interval holds the undisturbed time,
/// and half its width, the median over the runs.
///
///     of 6, 10 and 20 blocks                          this interval           Student's t
///     no disturbance                              95 % 95 % 95 %          95 % 95 % 95 %
///                                                 2.6 % 1.9 % 1.4 %       2.5 % 1.8 % 1.2 %
///     one block in twenty slower by 20 %          95 % 94 % 94 %          96 % 96 % 95 %
///                                                 3.0 % 2.1 % 1.5 %       2.9 % 2.2 % 2.2 %
///     one block in ten slower by 20 %             94 % 94 % 93 %          97 % 96 % 87 %
///                                                 4.0 % 2.4 % 1.6 %       3.9 % 4.3 % 2.8 %
///     one round in ten slower by half             94 % 93 % 91 %          94 % 93 % 90 %
///     blocks with Student's t of 3 degrees        95 % 95 % 95 %          96 % 96 % 96 %
///     a speedup, one block in ten of each slower  95 % 95 % 95 %          98 % 97 % 95 %
///
/// Undisturbed, t is narrower by 4 to 16 %; disturbed, it is wider by up to 80 %, or misses the time, because
/// every slow block moves a mean. Coverage falls where disturbances are frequent: they make the median itself
/// longer, so that more blocks enclose it more tightly. A bootstrap of blocks gives the order statistics again, with
/// too little coverage where blocks are few. Where blocks are added until the interval is ±3 %, one that is narrow by
/// chance ends the search: then 95, 93 and 91 % hold the time where blocks scatter by 2, 4 and 8 % (8000 runs).
package struct BlockEstimate: Codable, Sendable, Equatable {
    /// The fewest blocks that have an interval.
    package static let fewestBlocks = 6

    /// The median of the blocks' values.
    package let median: Double
    /// Nil with fewer than six blocks.
    package let interval: Interval?
    /// How many blocks it rests on.
    package let blocks: Int

    /// The estimate from one positive value of each block; nil without any, or where one is not positive.
    package init?(_ values: [Double]) {
        guard !values.isEmpty, values.allSatisfy({ $0 > 0 && $0.isFinite }) else { return nil }
        let logs = values.map(log).sorted()
        let (n, middle) = (logs.count, logs.count / 2)
        // The middle value itself, without the rounding of a logarithm, where there is one.
        median = n.isMultiple(of: 2) ? exp((logs[middle - 1] + logs[middle]) / 2) : values.sorted()[middle]
        (interval, blocks) = (n < Self.fewestBlocks ? nil : Self.interval(logs, around: median), n)
    }

    /// The time of a step in nanoseconds: of each block the median of its samples that count.
    package init?(timeOf samples: [Sample]) { self.init(Array(samples.blockMedians.values)) }

    /// How many times as fast as another implementation one is: of each block the median, over the rounds that
    /// both were sampled in, of the other's time divided by its own. A disturbance of a round or of a block
    /// that meets both cancels out.
    package init?(speedupOf samples: [Sample], over other: [Sample]) {
        self.init(Array(samples.blockSpeedups(over: other).values))
    }

    /// Half the width of the interval, as a fraction of the median.
    package var precision: Double? { interval.map { ($0.high - $0.low) / 2 / median } }

    /// The interval, or the median alone where there is none: for pictures.
    package var span: ClosedRange<Double> { interval.map { $0.low...$0.high } ?? median...median }

    /// Of a speedup, whether there is no clear difference: the interval holds 1. Nil without an interval.
    package var holdsOne: Bool? { interval.map { $0.low <= 1 && 1 <= $0.high } }

    /// - Parameters:
    ///   - logs: sorted, at least six.
    ///   - median: theirs, which rounding leaves in the interval.
    private static func interval(_ logs: [Double], around median: Double) -> Interval {
        let (n, confidence) = (logs.count, 0.95)
        let (k, coverage, next) = Statistics.enclosingOrder(of: n, confidence: confidence)
        let part = (coverage - confidence) / (coverage - next)
        let weight = Double(n - k) * part / (Double(k) + Double(n - 2 * k) * part)
        return Interval(
            low: min(median, exp(logs[k - 1] + weight * (logs[k] - logs[k - 1]))),
            high: max(median, exp(logs[n - k] + weight * (logs[n - k - 1] - logs[n - k]))),
            coverage: confidence)
    }
}

extension [Sample] {
    /// Those that count: the undisturbed ones, or all of them where there is no other.
    package var counted: [Sample] {
        let undisturbed = filter { !$0.isDisturbed }
        return undisturbed.isEmpty ? self : undisturbed
    }

    /// The median time of a step in each block, by the block's number, in nanoseconds.
    package var blockMedians: [Int: Double] {
        Self.medians(counted.map { ($0.block, $0.nanosecondsPerStep) })
    }

    /// In each block the median, over the rounds of both, of the other's time divided by one's own.
    func blockSpeedups(over other: [Sample]) -> [Int: Double] {
        // Of a round that was taken again, the last.
        let times = Dictionary(
            other.counted.map { ($0.round, $0.nanosecondsPerStep) }, uniquingKeysWith: { _, last in last })
        return Self.medians(
            counted.compactMap { sample in
                times[sample.round].map { (sample.block, $0 / sample.nanosecondsPerStep) }
            })
    }

    /// The median of each block, by the block's number.
    static func medians(_ values: [(block: Int, value: Double)]) -> [Int: Double] {
        Dictionary(grouping: values) { $0.block }.compactMapValues { block in
            Statistics.median(block.map { $0.value })
        }
    }
}
