/// The time of one step, of all samples of an implementation in a cell. It follows from the samples, and
/// is stored beside them for readers without statistics of their own.
package struct StepTime: Codable, Sendable, Equatable {
    /// The median.
    package let medianNanoseconds: Double

    /// The interval of the median, lower end.
    package let lowNanoseconds: Double

    /// The interval of the median, upper end.
    package let highNanoseconds: Double

    /// The probability that the interval holds the median, from 0 to 1.
    package let coverage: Double

    /// The median of the absolute deviations from the median.
    package let deviationNanoseconds: Double

    /// The shortest.
    package let minimumNanoseconds: Double

    /// How many samples lie far outside; they count like all others.
    package let outliers: Int

    /// The statistics of `samples`; nil where there are none.
    package init?(_ samples: [Sample]) {
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
    package var spread: Double { (highNanoseconds - lowNanoseconds) / 2 / medianNanoseconds }
}
