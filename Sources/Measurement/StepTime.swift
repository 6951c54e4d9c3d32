/// The time of one step, of all samples of an implementation in a cell. It follows from the samples, and
/// is stored beside them for readers without statistics of their own.
public struct StepTime: Codable, Sendable, Equatable {
    /// The median.
    public let medianNanoseconds: Double

    /// The interval of the median, lower end.
    public let lowNanoseconds: Double

    /// The interval of the median, upper end.
    public let highNanoseconds: Double

    /// The probability that the interval holds the median, from 0 to 1.
    public let coverage: Double

    /// The median of the absolute deviations from the median.
    public let deviationNanoseconds: Double

    /// The shortest.
    public let minimumNanoseconds: Double

    /// How many samples lie far outside; they count like all others.
    public let outliers: Int

    /// The statistics of `samples`; nil where there are none.
    public init?(_ samples: [Sample]) {
        let times = samples.map { $0.nanosecondsPerStep }
        guard let median = Statistics.median(times), let minimum = times.min(),
            let deviation = Statistics.medianAbsoluteDeviation(times),
            let interval = Statistics.medianInterval(times)
        else { return nil }
        medianNanoseconds = median
        (lowNanoseconds, highNanoseconds, coverage) = (interval.low, interval.high, interval.coverage)
        (deviationNanoseconds, minimumNanoseconds) = (deviation, minimum)
        outliers = Statistics.outliers(times).count { $0 }
    }

    /// Half the width of the interval, in parts of the median.
    public var spread: Double { (highNanoseconds - lowNanoseconds) / 2 / medianNanoseconds }
}
