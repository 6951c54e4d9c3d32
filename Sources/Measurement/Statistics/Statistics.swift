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

    /// The value below which a fraction `p`, from 0 to 1, of the values lies, interpolated linearly: type 7 of
    /// R. J. Hyndman and Y. Fan, "Sample Quantiles in Statistical Packages", The American Statistician 50 (1996),
    /// as NumPy and R have it; nil of nothing.
    package static func quantile(_ p: Double, of values: [Double]) -> Double? {
        guard !values.isEmpty else { return nil }
        let sorted = values.sorted()
        let place = Double(sorted.count - 1) * min(1, max(0, p))
        let below = Int(place)
        let above = min(below + 1, sorted.count - 1)
        return sorted[below] + (place - Double(below)) * (sorted[above] - sorted[below])
    }

    /// Of n sorted values, the k-th smallest and the k-th largest enclose the median of their distribution with
    /// probability 1 − 2·P(B ≤ k − 1), where B counts heads in n tosses of a fair coin (H. A. David and
    /// H. N. Nagaraja, Order Statistics, 3rd ed., §7.1).
    ///
    /// - Returns: the greatest k that reaches `confidence`, 1 where none does, with its probability and that of
    ///   k + 1.
    static func enclosingOrder(
        of n: Int, confidence: Double
    ) -> (k: Int, coverage: Double, next: Double) {
        // Binomial probabilities by their logarithms, since 2⁻ⁿ is 0 as a Double for a large n.
        func probability(_ k: Int) -> Double {
            exp(
                lgamma(Double(n + 1)) - lgamma(Double(k + 1)) - lgamma(Double(n - k + 1)) - Double(n) * log(2)
            )
        }
        var (k, tail) = (1, probability(0))
        while true {
            let next = tail + probability(k)
            guard 2 * (k + 1) <= n + 1, 1 - 2 * next >= confidence else {
                return (k, 1 - 2 * tail, 1 - 2 * next)
            }
            (k, tail) = (k + 1, next)
        }
    }

    /// The p-values of several tests, raised so that with those below α the probability of even one false
    /// alarm among all tests is at most α, however the tests depend on each other (S. Holm, "A Simple
    /// Sequentially Rejective Multiple Test Procedure", Scandinavian Journal of Statistics 6, 1979).
    ///
    /// Of k values the smallest is multiplied by k, the next by k − 1 and so on, and none becomes smaller
    /// than one before it, nor greater than 1. A nil is no test, and remains nil.
    package static func holm(_ pValues: [Double?]) -> [Double?] {
        let tests = pValues.enumerated().compactMap { i, p in p.map { (i, $0) } }.sorted { $0.1 < $1.1 }
        var corrected = pValues
        var greatest = 0.0
        for (rank, (i, p)) in tests.enumerated() {
            greatest = min(1, max(greatest, p * Double(tests.count - rank)))
            corrected[i] = greatest
        }
        return corrected
    }
}

/// A range of values, and how probable it is that it holds the true one.
package struct Interval: Codable, Sendable, Equatable {
    package let low, high: Double
    /// The probability, from 0 to 1.
    package let coverage: Double

    package init(low: Double, high: Double, coverage: Double) {
        (self.low, self.high, self.coverage) = (low, high, coverage)
    }
}
