import Foundation

/// Student's t distribution.
///
/// Its distribution function is an incomplete beta function (NIST Digital Library of Mathematical
/// Functions, 8.17; M. Abramowitz and I. A. Stegun, Handbook of Mathematical Functions, 26.7.1): for t > 0
/// and x = ν / (ν + t²)
///
///     P(T > t) = ½·I_x(ν/2, ½)        P(0 < T ≤ t) = ½·I_{1−x}(½, ν/2)
///
/// Each is computed by itself where its continued fraction converges fast, so that neither a far tail nor a t
/// near 0 loses digits to a difference from 1 or from ½. Ten digits are correct with up to a million degrees
/// of freedom, and twelve with a thousand.
package struct StudentT: Sendable, Equatable {
    /// ν.
    package let degreesOfFreedom: Double

    /// The distribution with ν degrees of freedom, which need not be whole. Unless ν is positive and finite,
    /// all values of it are NaN.
    package init(degreesOfFreedom: Double) { self.degreesOfFreedom = degreesOfFreedom }

    private var isValid: Bool { degreesOfFreedom > 0 && degreesOfFreedom.isFinite }

    /// P(T ≤ t), from 0 to 1.
    package func cumulative(_ t: Double) -> Double {
        guard isValid, !t.isNaN else { return .nan }
        let halves = halves(t.magnitude)
        if t < 0 { return halves.tail }
        return halves.center < 0.25 ? 0.5 + halves.center : 1 - halves.tail
    }

    /// The t with P(T ≤ t) = `probability`: −∞ for 0, ∞ for 1, NaN where that is no probability.
    package func quantile(_ probability: Double) -> Double {
        guard isValid, (0...1).contains(probability) else { return .nan }
        if probability == 0.5 { return 0 }
        let sign: Double = probability < 0.5 ? -1 : 1
        let tail = min(probability, 1 - probability)
        // A probability near ½ is given by its distance from there, which subtracts without rounding.
        return sign * (tail > 0.25 ? magnitude(center: (probability - 0.5).magnitude) : magnitude(tail: tail))
    }

    private func magnitude(center: Double) -> Double { solve(for: center, rises: true) { $0.center } }

    private func magnitude(tail: Double) -> Double { solve(for: tail, rises: false) { $0.tail } }

    /// The t > 0 where `part` of the two halves is `target`, by Newton's method on the logarithms of both: the
    /// logarithm of either part is nearly linear where the part is small. The bracket keeps it on course.
    private func solve(
        for target: Double, rises: Bool, _ part: ((center: Double, tail: Double)) -> Double
    ) -> Double {
        guard target > 0 else { return rises ? 0 : .infinity }
        func isBelow(_ t: Double) -> Bool { (part(halves(t)) < target) == rises }
        var (low, high) = (1.0, 1.0)
        while isBelow(high) {
            high *= 2
            if high.isInfinite { return .infinity }
        }
        while low > 0, !isBelow(low) { low /= 2 }
        var t = (low * high).squareRoot()
        for _ in 0..<100 where low < high {
            let value = part(halves(t))
            if (value < target) == rises { low = t } else { high = t }
            let slope = (rises ? 1 : -1) * t * density(t) / value
            let next = t * exp((log(target) - log(value)) / slope)
            if (next - t).magnitude <= 4 * t.ulp { return next }
            t = next > low && next < high ? next : low.squareRoot() * high.squareRoot()
        }
        return t
    }

    /// Γ(ν/2 + ½) / (√π·Γ(ν/2)), which is 1 / B(½, ν/2).
    private var inverseBeta: Double {
        let a = degreesOfFreedom / 2
        // The difference of two large logarithms has few digits. The series is DLMF 5.11.13 for this ratio; its
        // first omitted term is 399 / (262144·a⁵).
        guard a >= 200 else { return exp(lgamma(a + 0.5) - lgamma(a)) / Double.pi.squareRoot() }
        let v = 1 / a
        let series = 1 + v * (-1 / 8 + v * (1 / 128 + v * (5 / 1024 - v * 21 / 32768)))
        return (a / Double.pi).squareRoot() * series
    }

    /// The logarithms of x = ν / (ν + t²) and of 1 − x.
    private func logarithms(_ t: Double) -> (x: Double, rest: Double) {
        let u = t / degreesOfFreedom.squareRoot()
        let x = u > 1e100 ? -2 * log(u) : -log1p(u * u)
        return (x, x + 2 * log(u))
    }

    /// The probability density at t > 0.
    private func density(_ t: Double) -> Double {
        inverseBeta / degreesOfFreedom.squareRoot() * exp((degreesOfFreedom + 1) / 2 * logarithms(t).x)
    }

    /// P(0 < T ≤ t) and P(T > t) for t ≥ 0; together they are ½.
    private func halves(_ t: Double) -> (center: Double, tail: Double) {
        if t == 0 { return (0, 0.5) }
        if t.isInfinite { return (0.5, 0) }
        let a = degreesOfFreedom / 2
        let (x, rest) = logarithms(t)
        let front = 0.5 * inverseBeta * exp(a * x + 0.5 * rest)
        if exp(x) < (a + 1) / (a + 2.5) {
            let tail = front / a / Self.fraction(exp(x), a, 0.5)
            return (0.5 - tail, tail)
        }
        let center = front / 0.5 / Self.fraction(exp(rest), 0.5, a)
        return (center, 0.5 - center)
    }

    /// The continued fraction in I_x(a, b) = x^a·(1 − x)^b / (a·B(a, b)) / fraction (DLMF 8.17.22), for
    /// x < (a + 1) / (a + b + 2), by the modified method of Lentz (I. J. Thompson and A. R. Barnett,
    /// J. Comput. Phys. 64, 490, 1986). It takes some √max(a, b) terms.
    private static func fraction(_ x: Double, _ a: Double, _ b: Double) -> Double {
        func nonzero(_ value: Double) -> Double { value.magnitude < 1e-300 ? 1e-300 : value }
        var (value, c, d) = (1.0, 1.0, 0.0)
        for k in 1...100_000 {
            let n = Double(k / 2)
            let term =
                k % 2 == 0
                ? n * (b - n) * x / ((a + 2 * n - 1) * (a + 2 * n))
                : -(a + n) * (a + b + n) * x / ((a + 2 * n) * (a + 2 * n + 1))
            d = 1 / nonzero(1 + term * d)
            c = nonzero(1 + term / c)
            value *= c * d
            if (c * d - 1).magnitude <= .ulpOfOne { break }
        }
        return value
    }
}

/// Welch's test of whether two groups of values have the same mean, where one may scatter more than the
/// other (B. L. Welch, "The Generalization of 'Student's' Problem when Several Different Population
/// Variances are Involved", Biometrika 34, 1947; degrees of freedom after F. E. Satterthwaite, Biometrics
/// Bulletin 2, 1946).
package struct WelchTest: Sendable, Equatable {
    /// The mean of the second group less that of the first.
    package let difference: Double
    /// The standard error of the difference: s² = s₁²/n₁ + s₂²/n₂. It is 0 where no group scatters at all.
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

    /// Student's test of whether values have the mean 0; nil of fewer than two.
    package init?(of values: [Double]) {
        guard let (mean, square) = Self.meanAndSquaredError(values) else { return nil }
        (difference, standardError) = (mean, square.squareRoot())
        degreesOfFreedom = Double(values.count - 1)
    }

    /// The mean, and s²/n. Both are computed relative to the first value, so that equal values scatter by
    /// exactly 0.
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
