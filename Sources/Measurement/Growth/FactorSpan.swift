import Foundation

/// The factor between two neighbouring cells, in logarithms: straight lines, 0 where the factor is 1.
struct FactorSpan {
    /// One cell: the logarithms of its size and of the factor with its interval.
    struct End {
        let x, median, low, high: Double
    }

    let start: End
    let end: End

    /// What lies between the sizes of `points`, from the smallest on.
    static func all(of points: [FactorPoint], along axis: GrowthAxis) -> [FactorSpan] {
        var ends: [End] = []
        let usable = points.filter { $0.isUsable && axis.size(of: $0.cell) > 0 }
        for point in usable.sorted(by: { axis.size(of: $0.cell) < axis.size(of: $1.cell) }) {
            let x = log(Double(axis.size(of: point.cell)))
            guard ends.last.map({ $0.x < x }) ?? true else { continue }
            ends.append(End(x: x, median: log(point.median), low: log(point.low), high: log(point.high)))
        }
        return zip(ends, ends.dropFirst()).map { FactorSpan(start: $0, end: $1) }
    }

    /// Where the factor passes 1, and whether it rises there. A factor of just 1 counts as greater, so that
    /// a cell with it is passed once or twice, but never missed.
    var crossing: (at: Double, rises: Bool)? {
        guard (start.median < 0) != (end.median < 0) else { return nil }
        return (zero(start.median, end.median), start.median < 0)
    }

    /// Where the interval holds 1: the lower end is at 1 or below, and the upper one at 1 or above.
    var undecided: ClosedRange<Double>? {
        guard let low = part(-start.low, -end.low), let high = part(start.high, end.high) else { return nil }
        let (from, to) = (max(low.lowerBound, high.lowerBound), min(low.upperBound, high.upperBound))
        if from <= to { return from...to }
        // An interval without width may miss the crossing in it by rounding.
        return crossing.map { $0.at...$0.at }
    }

    /// Where a line with these values at the ends is not negative.
    private func part(_ first: Double, _ last: Double) -> ClosedRange<Double>? {
        switch (first >= 0, last >= 0) {
        case (true, true): start.x...end.x
        case (true, false): start.x...zero(first, last)
        case (false, true): zero(first, last)...end.x
        case (false, false): nil
        }
    }

    /// Where a line with these values at the ends, of which just one is negative, is 0.
    private func zero(_ first: Double, _ last: Double) -> Double {
        let at = start.x + (end.x - start.x) * (first / (first - last))
        return min(max(at, start.x), end.x)
    }
}
