/// Series over two axes: lines with bands for their intervals, or points alone, with vertical lines at
/// places that matter and lines for limits.
package struct XYChart: Sendable {
    /// A place on the x axis that matters, such as the size of a cache.
    package struct Place: Sendable {
        let x: Double
        let label: String
        let tooltip: String

        /// A place.
        package init(_ x: Double, _ label: String, tooltip: String = "") {
            (self.x, self.label, self.tooltip) = (x, label, tooltip)
        }
    }

    /// A line that is no measured series, such as a limit, named at its beginning or its end.
    package struct Limit: Sendable {
        /// Which of its ends has the name.
        package enum Side: Sendable { case start, end }

        let label: String
        let points: [(x: Double, y: Double)]
        let side: Side
        let dash: Look.Dash
        let weight: Series.Weight

        /// A limit.
        package init(
            _ label: String, _ points: [(x: Double, y: Double)], _ side: Side, _ dash: Look.Dash = .solid,
            _ weight: Series.Weight = .thin
        ) {
            (self.label, self.points, self.side) = (label, points, side)
            (self.dash, self.weight) = (dash, weight)
        }
    }

    /// How series are drawn and named.
    package enum Style: Sendable {
        /// Lines through points, each named at its end.
        case lines
        /// The same without the points: curves that are known everywhere.
        case curves
        /// Points, each series named at the right edge.
        case pointsWithMargin
        /// Points, each series named beside its first point.
        case points

        var hasLines: Bool { self == .lines || self == .curves }
    }

    let note: String
    let x: Axis
    let y: Axis
    let style: Style
    let series: [Series]
    let places: [Place]
    let limits: [Limit]

    /// A chart; the note says what all of it is about.
    package init(
        note: String, x: Axis, y: Axis, style: Style, series: [Series], places: [Place] = [],
        limits: [Limit] = []
    ) {
        (self.note, self.x, self.y, self.style) = (note, x, y, style)
        (self.series, self.places, self.limits) = (series, places, limits)
    }

    /// The picture as SVG.
    package func svg(id: String, title: String, description: String) -> String {
        let layout = XYLayout(self)
        let elements = layout.frame + layout.limits + layout.bands + layout.lines + layout.points
        return Picture(
            id: id, title: title, description: description, width: layout.width, height: layout.height,
            elements: elements + layout.names
        ).svg
    }
}
