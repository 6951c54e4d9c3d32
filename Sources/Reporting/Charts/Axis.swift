/// A scale with what it measures and where it has numbers.
package struct Axis: Sendable {
    /// What it measures, with its unit where the numbers do not tell it.
    let title: String

    /// Where values are.
    let scale: Scale

    /// How values are written.
    let quantity: Quantity

    /// Values that get a number, such as the sizes that were measured; nil for round ones.
    private let places: [Double]?

    /// An axis.
    package init(_ title: String, _ scale: Scale, _ quantity: Quantity, places: [Double]? = nil) {
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
