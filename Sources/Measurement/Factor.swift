/// How many times faster one implementation is than another: of each round that both were sampled in,
/// the one's time divided by the other's.
package struct Factor: Codable, Sendable, Equatable {
    /// The median over the rounds; greater than 1 where it is faster than the other.
    package let median: Double

    /// The interval of the median.
    package let interval: Interval

    /// How many rounds it rests on.
    package let rounds: Int

    /// The factor of `samples` over those of `other`; nil where no round has both.
    package init?(of samples: [Sample], over other: [Sample]) {
        // The number of a round says which block it is in.
        let times = Dictionary(
            other.map { ($0.round, $0.nanosecondsPerStep) }, uniquingKeysWith: { first, _ in first })
        let ratios = samples.compactMap { sample in
            times[sample.round].map { $0 / sample.nanosecondsPerStep }
        }
        guard let median = Statistics.median(ratios), let interval = Statistics.medianInterval(ratios) else {
            return nil
        }
        (self.median, self.interval, rounds) = (median, interval, ratios.count)
    }
}
