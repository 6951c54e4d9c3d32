import Measurement

/// One time divided by another, of cells that were not sampled in the same rounds, so that there are no
/// ratios round by round: that of the medians, between the greatest and the least that their intervals
/// allow. Such an interval is wider than need be.
struct TimeRatio {
    let median: Double
    let low: Double
    let high: Double

    /// Of a time to itself, about which there is no doubt.
    static let one = TimeRatio(median: 1, low: 1, high: 1)

    private init(median: Double, low: Double, high: Double) {
        (self.median, self.low, self.high) = (median, low, high)
    }

    /// `time` / `other`.
    init(_ time: StepTime, over other: StepTime) {
        median = time.medianNanoseconds / other.medianNanoseconds
        low = time.lowNanoseconds / other.highNanoseconds
        high = time.highNanoseconds / other.lowNanoseconds
    }

    /// `1.93 (1.85 to 2.01)`.
    var text: String { "\(Figures.three(median)) (\(Figures.three(low)) to \(Figures.three(high)))" }
}
