import Foundation

/// Statistics that assume nothing about how times are distributed.
package enum Statistics {
    /// The median: the value in the middle, or the mean of the two there; nil of nothing.
    package static func median(_ values: [Double]) -> Double? {
        guard !values.isEmpty else { return nil }
        let sorted = values.sorted()
        let middle = sorted.count / 2
        return sorted.count % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2
    }

    /// The median of the absolute deviations from the median, not scaled to any distribution's; nil of
    /// nothing.
    package static func medianAbsoluteDeviation(_ values: [Double]) -> Double? {
        median(values).flatMap { center in median(values.map { ($0 - center).magnitude }) }
    }

    /// Which values lie far outside: more than one and a half times the distance between the quartiles
    /// below the lower or above the upper one (J. W. Tukey, Exploratory Data Analysis, 1977, §2C).
    package static func outliers(_ values: [Double]) -> [Bool] {
        guard let lower = quantile(0.25, of: values), let upper = quantile(0.75, of: values) else {
            return []
        }
        let reach = 1.5 * (upper - lower)
        return values.map { $0 < lower - reach || $0 > upper + reach }
    }

    /// The value that a part `p`, from 0 to 1, of the values lies below, between two of them by straight
    /// lines: type 7 of R. J. Hyndman and Y. Fan, "Sample Quantiles in Statistical Packages", The American
    /// Statistician 50 (1996), as NumPy and R have it; nil of nothing.
    package static func quantile(_ p: Double, of values: [Double]) -> Double? {
        guard !values.isEmpty else { return nil }
        let sorted = values.sorted()
        let place = Double(sorted.count - 1) * min(1, max(0, p))
        let below = Int(place)
        let above = min(below + 1, sorted.count - 1)
        return sorted[below] + (place - Double(below)) * (sorted[above] - sorted[below])
    }

    /// An interval that holds the median of the distribution that `values` were drawn from, with at
    /// least the probability `confidence` where there are enough of them.
    ///
    /// Of n sorted values, the k-th smallest and the k-th largest enclose it with probability
    /// 1 − 2·P(B ≤ k − 1), where B counts heads in n tosses of a fair coin (H. A. David and
    /// H. N. Nagaraja, Order Statistics, 3rd ed., §7.1). k is the greatest that reaches `confidence`;
    /// where not even k = 1 does, with five values or fewer for 0.95, it is the smallest and the
    /// largest, and `coverage` says how probable that is.
    package static func medianInterval(_ values: [Double], confidence: Double = 0.95) -> Interval? {
        let sorted = values.sorted()
        guard let first = sorted.first, let last = sorted.last else { return nil }
        let n = sorted.count
        // Binomial probabilities by their logarithms, since 2⁻ⁿ is 0 as a Double for a large n.
        func probability(_ k: Int) -> Double {
            exp(
                lgamma(Double(n + 1)) - lgamma(Double(k + 1)) - lgamma(Double(n - k + 1)) - Double(n) * log(2)
            )
        }
        var tail = probability(0)
        var best = Interval(low: first, high: last, coverage: max(0, 1 - 2 * tail))
        var k = 1
        while 2 * (k + 1) <= n + 1 {
            tail += probability(k)
            guard 1 - 2 * tail >= confidence else { break }
            k += 1
            best = Interval(low: sorted[k - 1], high: sorted[n - k], coverage: 1 - 2 * tail)
        }
        return best
    }
}

/// A range of values, and how probable it is that it holds the true one.
package struct Interval: Codable, Sendable, Equatable {
    /// The lower end.
    package let low: Double

    /// The upper end.
    package let high: Double

    /// The probability, from 0 to 1.
    package let coverage: Double

    /// An interval.
    package init(low: Double, high: Double, coverage: Double) {
        (self.low, self.high, self.coverage) = (low, high, coverage)
    }

    /// Whether it has a value in common with another.
    package func meets(_ other: Interval) -> Bool { low <= other.high && other.low <= high }
}
