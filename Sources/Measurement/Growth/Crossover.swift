import Foundation

/// How the factor of a pair of implementations goes along one axis.
package enum Overtaking: Sendable, Equatable {
    /// Faster at each size, by the whole interval of the factor.
    case faster
    /// Slower at each size, by the whole interval of the factor.
    case slower
    /// It overtakes or falls behind, by size.
    case crosses([Crossover])
    /// No clear crossing, and not clearly faster or slower throughout.
    case unclear

    /// Nil with fewer than two usable sizes.
    package init?(_ points: [FactorPoint], along axis: GrowthAxis) {
        let usable = points.filter { $0.isUsable }
        guard Set(usable.map { axis.size(of: $0.cell) }).count >= 2 else { return nil }
        let crossovers = Crossover.all(of: usable, along: axis)
        if !crossovers.isEmpty {
            self = .crosses(crossovers)
        } else if usable.allSatisfy({ $0.low > 1 }) {
            self = .faster
        } else if usable.allSatisfy({ $0.high < 1 }) {
            self = .slower
        } else {
            self = .unclear
        }
    }
}

/// The size at which one implementation overtakes another, or falls behind it.
///
/// Between neighbouring cells the factor, and each end of its interval, is taken to be a straight line on
/// log-log axes. The crossover is where the factor is 1; its interval is all sizes around it where the
/// factor's interval holds 1. It says how sure the measured factors are, and nothing about what happens
/// between two cells.
package struct Crossover: Sendable, Equatable {
    /// The size where the factor is 1.
    package let size: Double

    /// The lower end of its interval; nil where that is below the smallest size.
    package let low: Double?

    /// The upper end of its interval; nil where that is above the largest size.
    package let high: Double?

    /// Whether the factor is greater than 1 beyond it.
    package let overtakes: Bool

    /// The crossovers along `axis`, by size.
    ///
    /// Crossings that one interval holds are one crossover, the middle one, where their number is odd, and
    /// none where it is even, as the factor then is on the same side before and after. Where the
    /// factor's interval holds 1 at all sizes, there is none. Points without a positive, finite factor in
    /// its interval are left out, and so is a second point of the same size.
    package static func all(of points: [FactorPoint], along axis: GrowthAxis) -> [Crossover] {
        let spans = FactorSpan.all(of: points, along: axis)
        guard let first = spans.first, let last = spans.last else { return [] }
        // The parts of the spans where the interval holds 1, joined where they meet.
        var stretches: [(range: ClosedRange<Double>, crossings: [(at: Double, rises: Bool)])] = []
        for span in spans {
            guard let range = span.undecided else { continue }
            let crossings = span.crossing.map { [$0] } ?? []
            if let end = stretches.last?.range.upperBound, end == range.lowerBound {
                let joined = stretches.removeLast()
                stretches.append(
                    (joined.range.lowerBound...range.upperBound, joined.crossings + crossings))
            } else {
                stretches.append((range, crossings))
            }
        }
        return stretches.compactMap { stretch in
            let (low, high) = (stretch.range.lowerBound, stretch.range.upperBound)
            let isOpen = (low: low <= first.start.x, high: high >= last.end.x)
            let crossings = stretch.crossings
            guard !crossings.count.isMultiple(of: 2), !(isOpen.low && isOpen.high) else { return nil }
            return Crossover(
                size: exp(crossings[crossings.count / 2].at), low: isOpen.low ? nil : exp(low),
                high: isOpen.high ? nil : exp(high), overtakes: crossings[0].rises)
        }
    }
}

/// The factor between two neighbouring cells, in logarithms: straight lines, 0 where the factor is 1.
private struct FactorSpan {
    /// A cell: the logarithms of its size and of the factor with its interval.
    typealias End = (x: Double, median: Double, low: Double, high: Double)

    let start, end: End

    /// Between the sizes of `points`, from the smallest on.
    static func all(of points: [FactorPoint], along axis: GrowthAxis) -> [FactorSpan] {
        var ends: [End] = []
        let usable = points.filter { $0.isUsable && axis.size(of: $0.cell) > 0 }
        for point in usable.sorted(by: { axis.size(of: $0.cell) < axis.size(of: $1.cell) }) {
            let x = log(Double(axis.size(of: point.cell)))
            guard ends.last.map({ $0.x < x }) ?? true else { continue }
            ends.append((x, log(point.median), log(point.low), log(point.high)))
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

/// How many times faster one implementation is than another in one cell.
package struct FactorPoint: Sendable, Equatable {
    package let cell: Cell
    package let median: Double

    /// The interval of the median.
    package let low, high: Double

    package init(cell: Cell, median: Double, low: Double, high: Double) {
        (self.cell, self.median, self.low, self.high) = (cell, median, low, high)
    }

    /// Whether all three are factors, in order.
    var isUsable: Bool { 0 < low && low <= median && median <= high && high.isFinite }
}
