import Foundation

/// A scale with its title, and the values that get numbers.
struct Axis: Sendable {
    /// The quantity, with its unit where the numbers do not have one.
    let title: String

    let scale: Scale

    let quantity: Quantity

    /// Values that get a number, such as the sizes that were measured; nil for round ones.
    private let places: [Double]?

    init(_ title: String, _ scale: Scale, _ quantity: Quantity, places: [Double]? = nil) {
        (self.title, self.scale, self.quantity, self.places) = (title, scale, quantity, places)
    }

    /// A value that gets a mark, and its number.
    typealias Tick = (value: Double, label: String)

    /// Values with numbers, at most `limit` where they are round ones.
    func ticks(atMost limit: Int) -> [Tick] {
        let values = places.map { Set($0).filter(scale.contains).sorted() } ?? scale.ticks(atMost: limit)
        return values.map { ($0, quantity.label($0)) }
    }

    /// Values with numbers along an axis from left to right, as many as there is room for: round ones that
    /// all have room, or those of the given ones that do.
    func ticks(along length: Double) -> (all: [Tick], numbered: [Tick]) {
        var limit = max(2, Int(length / 30))
        while true {
            let all = ticks(atMost: limit)
            let numbered = apart(all, along: length)
            if places != nil || limit <= 2 || numbered.count == all.count { return (all, numbered) }
            limit = min(limit - 1, all.count - 1)
        }
    }

    /// Values with a mark alone.
    func minorTicks(between ticks: [Tick]) -> [Double] {
        places == nil ? scale.minorTicks(between: ticks.map { $0.value }) : []
    }

    /// Those of `ticks` whose numbers do not run into each other along `length`.
    private func apart(_ ticks: [Tick], along length: Double) -> [Tick] {
        var result: [Tick] = []
        var end = -Double.infinity
        for tick in ticks {
            let (center, half) = (scale.position(tick.value) * length, TextSize.width(tick.label) / 2)
            guard center - half >= end else { continue }
            result.append(tick)
            end = center + half + TextSize.gap
        }
        return result
    }
}

/// Where values are along an axis, from 0 at its beginning to 1 at its end.
package struct Scale: Sendable, Equatable {
    package enum Kind: Sendable, Equatable {
        /// Equal steps for equal differences.
        case linear
        /// Equal steps for equal factors, with ticks at powers of `base`, 2 or 10.
        case logarithmic(base: Int)
    }

    package let kind: Kind

    package let low: Double
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

    /// From 1 to 10, for charts without a value.
    static let unit = Scale(kind: .logarithmic(base: 10), low: 1, high: 10)

    /// Round values along the scale, at most `limit` of them where that can be: steps of 1, 2 or 5 times a
    /// power of ten, or powers of the base.
    package func ticks(atMost limit: Int) -> [Double] {
        switch kind {
        case .linear: return steps(atMost: limit)
        case .logarithmic(let base):
            let choices = base == 2 ? binary : decimal
            // A short stretch of a logarithmic scale is nearly linear.
            let found = choices.lazy.map { $0.filter { self.contains($0) } }.first { $0.count <= limit }
            return (found?.count ?? 0) >= 2 ? found ?? [] : steps(atMost: limit)
        }
    }

    /// Values between the ticks that get a mark without a number: 2 to 9 times each power of ten where all
    /// powers have a tick.
    package func minorTicks(between ticks: [Double]) -> [Double] {
        guard kind == .logarithmic(base: 10), let first = ticks.first, ticks.count > 1 else { return [] }
        let isDecades = zip(ticks, ticks.dropFirst()).allSatisfy { ($1 / $0 - 10).magnitude < 1e-6 }
        guard isDecades else { return [] }
        return ([first / 10] + ticks).flatMap { decade in (2...9).map { Double($0) * decade } }
            .filter { self.contains($0) }
    }

    /// Steps of 1, 2 or 5 times a power of ten.
    private func steps(atMost limit: Int) -> [Double] {
        let rough = (high - low) / Double(max(1, limit))
        guard rough > 0, rough.isFinite else { return [] }
        let power = pow(10, log10(rough).rounded(.down))
        let step = [1, 2, 5, 10].map { $0 * power }.first { $0 >= rough * (1 - 1e-9) } ?? 10 * power
        let (first, last) = ((low / step).rounded(.up), (high / step).rounded(.down))
        guard step > 0, first <= last, last - first < 1000 else { return [] }
        return stride(from: first, through: last, by: 1).map { $0 == 0 ? 0 : $0 * step }
    }

    /// Finer choices first: 1, 2 and 5 times each power of ten, 1 and 3 times, each power alone, every second
    /// one, and so on.
    private var decimal: [[Double]] {
        let powers = Int(log10(low).rounded(.down))...Int(log10(high).rounded(.up))
        let fine = powers.flatMap { power in [1, 2, 5].map { $0 * pow(10, Double(power)) } }
        let coarse = powers.flatMap { power in [1, 3].map { $0 * pow(10, Double(power)) } }
        return [fine, coarse]
            + [1, 2, 3, 5, 10, 20, 50, 100, 200].map { step in
                powers.filter { $0 % step == 0 }.map { pow(10, Double($0)) }
            }
    }

    private var binary: [[Double]] {
        let powers = Int(log2(low).rounded(.down))...Int(log2(high).rounded(.up))
        return [1, 2, 3, 4, 5, 10, 20, 50, 100, 200, 500].map { step in
            powers.filter { $0 % step == 0 }.map { pow(2, Double($0)) }
        }
    }
}
