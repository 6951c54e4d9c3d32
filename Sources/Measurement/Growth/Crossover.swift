import Foundation

/// The size at which one implementation overtakes another, or falls behind it.
///
/// Between neighbouring cells the factor, and each end of its interval, is taken to be a straight line on
/// log-log axes. The crossover is where the factor is 1; its interval is all sizes around it where the
/// factor's interval holds 1. It tells how sure the measured factors are, and nothing of what happens
/// between two cells.
package struct Crossover: Sendable, Equatable {
    /// The size where the factor is 1.
    package let size: Double

    /// From where on it may be; nil where that is below the smallest size.
    package let low: Double?

    /// Up to where it may be; nil where that is above the largest size.
    package let high: Double?

    /// Whether the factor is greater than 1 beyond it: the one overtakes the other as sizes grow.
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
