import Foundation

/// Welch's test of whether two groups of values have the same mean, where the one may scatter more than
/// the other (B. L. Welch, "The Generalization of 'Student's' Problem when Several Different Population
/// Variances are Involved", Biometrika 34, 1947; degrees of freedom after F. E. Satterthwaite, Biometrics
/// Bulletin 2, 1946).
package struct WelchTest: Sendable, Equatable {
    /// The mean of the second group less that of the first.
    package let difference: Double

    /// How far off that is likely to be: s² = s₁²/n₁ + s₂²/n₂. It is 0 where no group scatters at all.
    package let standardError: Double

    /// ν = s⁴ / ((s₁²/n₁)²/(n₁ − 1) + (s₂²/n₂)²/(n₂ − 1)), and n₁ + n₂ − 2 where that is 0/0.
    package let degreesOfFreedom: Double

    /// The test of two groups; nil where one has fewer than two values.
    package init?(from first: [Double], to second: [Double]) {
        guard let (mean1, square1) = Self.meanAndSquaredError(first),
            let (mean2, square2) = Self.meanAndSquaredError(second)
        else { return nil }
        difference = mean2 - mean1
        standardError = (square1 + square2).squareRoot()
        let (free1, free2) = (Double(first.count - 1), Double(second.count - 1))
        let whole = (square1 + square2) * (square1 + square2)
        degreesOfFreedom =
            whole > 0 ? whole / (square1 * square1 / free1 + square2 * square2 / free2) : free1 + free2
    }

    /// The mean, and s²/n. Both are taken from the first value on, so that equal values scatter by
    /// exactly nothing.
    private static func meanAndSquaredError(_ values: [Double]) -> (Double, Double)? {
        guard let first = values.first, values.count > 1 else { return nil }
        let n = Double(values.count)
        let shift = values.reduce(0) { $0 + ($1 - first) } / n
        let squares = values.reduce(0) { $0 + ($1 - first - shift) * ($1 - first - shift) }
        return (first + shift, squares / (n - 1) / n)
    }

    /// How probable it is to see a difference at least as far from `null` as this one where the true
    /// difference lies in `null`, in either direction.
    package func pValue(against null: ClosedRange<Double> = 0...0) -> Double {
        let excess = excess(over: null).magnitude
        guard excess > 0 else { return 1 }
        guard standardError > 0 else { return 0 }
        return 2 * StudentT(degreesOfFreedom: degreesOfFreedom).cumulative(-excess / standardError)
    }

    /// How far the difference lies above the range, or, negative, below it; 0 within.
    package func excess(over null: ClosedRange<Double>) -> Double {
        difference > null.upperBound
            ? difference - null.upperBound : min(0, difference - null.lowerBound)
    }

    /// An interval that holds the true difference with the probability `confidence`.
    package func interval(confidence: Double = 0.95) -> Interval {
        let reach = reach(pValue: 1 - confidence)
        return Interval(low: difference - reach, high: difference + reach, coverage: confidence)
    }

    /// The excess that would have this p-value.
    package func reach(pValue: Double) -> Double {
        guard standardError > 0 else { return 0 }
        return -standardError * StudentT(degreesOfFreedom: degreesOfFreedom).quantile(pValue / 2)
    }
}
