/// Curves over one axis, from numbers that were computed elsewhere.
package enum CurveFigure {
    package struct Curve: Sendable {
        package let name: String

        /// From left to right.
        package let points: [(x: Double, y: Double)]

        /// A curve of all points that are finite.
        package init(_ name: String, _ points: [(x: Double, y: Double)]) {
            (self.name, self.points) = (name, points.filter { $0.x.isFinite && $0.y.isFinite })
        }
    }

    /// Curves over one axis.
    ///
    /// - Parameters:
    ///   - id: a name for files and anchors.
    ///   - note: what all of it is about.
    ///   - x: the title of the axis from left to right.
    ///   - y: the title of the other axis.
    ///   - place: a value of x that matters, and why.
    package static func figure(
        id: String, title: String, description: String, note: String, x: String, y: String,
        curves: [Curve], place: (x: Double, why: String)? = nil
    ) -> Figure {
        let (xs, ys) = (curves.flatMap { $0.points.map(\.x) }, curves.flatMap { $0.points.map(\.y) })
        let chart = XYChart(
            note: note, x: Axis(x, Scale.linear(xs, margin: 0) ?? .unit, .number),
            y: Axis(y, Scale.linear(ys) ?? .unit, .number), style: .curves,
            series: curves.enumerated().map { i, curve in
                Series(
                    curve.name, Look.few[i % Look.few.count], .strong,
                    curve.points.map { Series.Point($0.x, $0.y) })
            }, places: place.map { [XYChart.Place(x: $0.x, label: $0.why, tooltip: "")] } ?? [])
        let rows = Set(xs).sorted().map { value in
            [Numbers.three(value)]
                + curves.map { curve in Numbers.three(curve.points.first { $0.x == value }?.y) }
        }
        return Figure(
            id, title, description: description, chart, DataTable([x] + curves.map { $0.name }, rows))
    }
}
