import Foundation

/// Where values are along an axis, from 0 at its beginning to 1 at its end.
package struct Scale: Sendable, Equatable {
    /// How it runs.
    package enum Kind: Sendable, Equatable {
        /// Equal steps for equal differences.
        case linear
        /// Equal steps for equal factors, with ticks at powers of `base`, 2 or 10.
        case logarithmic(base: Int)
    }

    /// How it runs.
    package let kind: Kind

    /// The value at its beginning.
    package let low: Double

    /// The value at its end.
    package let high: Double

    /// A logarithmic scale that holds all of `values` that are positive and finite, with a little room at
    /// both ends; nil where none is.
    package static func logarithmic(_ values: [Double], base: Int = 10, margin: Double = 0.03) -> Scale? {
        let usable = values.filter { $0 > 0 && $0.isFinite }
        guard let low = usable.min(), let high = usable.max() else { return nil }
        // One value alone gets room on both sides.
        let (first, last) = low == high ? (log(low / 2), log(high * 2)) : (log(low), log(high))
        let room = margin * (last - first)
        let ends = (exp(first - room), exp(last + room))
        guard ends.0 > 0, ends.1.isFinite, ends.0 < ends.1 else { return nil }
        return Scale(kind: .logarithmic(base: base), low: ends.0, high: ends.1)
    }

    /// A linear scale that holds all of `values` that are finite, with a little room at both ends, but
    /// none below 0; nil where none is.
    package static func linear(_ values: [Double], margin: Double = 0.03) -> Scale? {
        let usable = values.filter { $0.isFinite }
        guard let low = usable.min(), let high = usable.max() else { return nil }
        let length = high > low ? high - low : max(1, low.magnitude)
        let first = low >= 0 ? max(0, low - margin * length) : low - margin * length
        let last = high + margin * length
        guard first.isFinite, last.isFinite, first < last else { return nil }
        return Scale(kind: .linear, low: first, high: last)
    }

    /// Where `value` is. What lies outside is taken to its nearer end, and what is no number to the first.
    package func position(_ value: Double) -> Double {
        let position =
            switch kind {
            case .linear: (value - low) / (high - low)
            case .logarithmic: value > 0 ? (log(value) - log(low)) / (log(high) - log(low)) : 0
            }
        return position.isNaN ? 0 : min(1, max(0, position))
    }

    /// Whether it has a place for `value`.
    package func contains(_ value: Double) -> Bool { low <= value && value <= high }
}

extension Scale {
    /// From 1 to 10, for charts without a value.
    static let unit = Scale(kind: .logarithmic(base: 10), low: 1, high: 10)
}
