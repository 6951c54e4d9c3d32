import Foundation

/// The slope of log T against the logarithm of a size: the exponent p of T ∝ sizeᵖ, by ordinary least
/// squares.
///
/// Its interval takes the points to scatter about a straight line independently and normally, all alike
/// (N. R. Draper and H. Smith, Applied Regression Analysis, 3rd ed., §1.4). A curve makes it wider.
package struct LogSlope: Sendable, Equatable {
    /// The slope.
    package let slope: Double

    /// Its standard error.
    package let standardError: Double

    /// Its confidence interval, by Student's t with two degrees of freedom fewer than points.
    package let interval: Interval

    /// The slope through `points`, of which each is a size and a time.
    ///
    /// Nil with fewer than three different sizes, or where a number is not positive or not finite.
    package init?(_ points: [(size: Double, nanoseconds: Double)], confidence: Double = 0.95) {
        guard Set(points.map { $0.size }).count >= 3,
            points.allSatisfy({ [$0.size, $0.nanoseconds].allSatisfy { $0 > 0 && $0.isFinite } })
        else { return nil }
        let (x, y) = (points.map { log($0.size) }, points.map { log($0.nanoseconds) })
        let count = Double(points.count)
        let (meanX, meanY) = (x.reduce(0, +) / count, y.reduce(0, +) / count)
        let squares = x.reduce(0) { $0 + ($1 - meanX) * ($1 - meanX) }
        let products = zip(x, y).reduce(0) { $0 + ($1.0 - meanX) * ($1.1 - meanY) }
        guard squares > 0 else { return nil }
        let slope = products / squares
        let rest = zip(x, y).reduce(0.0) { sum, point in
            let residual = point.1 - meanY - slope * (point.0 - meanX)
            return sum + residual * residual
        }
        self.slope = slope
        standardError = (rest / (count - 2) / squares).squareRoot()
        let width = StudentT(degreesOfFreedom: count - 2).quantile((1 + confidence) / 2) * standardError
        interval = Interval(low: slope - width, high: slope + width, coverage: confidence)
    }
}
