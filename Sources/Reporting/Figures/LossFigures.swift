import Foundation

/// What the losses look like, from numbers that were computed elsewhere.
package enum LossFigures {
    /// A curve: its name and its points. A point that is no finite number is left out.
    package struct Curve: Sendable {
        /// What it is called.
        package let name: String
        /// From left to right.
        package let points: [(x: Double, y: Double)]

        /// A curve.
        package init(_ name: String, _ points: [(x: Double, y: Double)]) {
            (self.name, self.points) = (name, points.filter { $0.x.isFinite && $0.y.isFinite })
        }
    }

    /// Curves over one axis.
    ///
    /// - Parameters:
    ///   - id: a name for files and anchors.
    ///   - note: what all of it is about.
    ///   - x: what the axis from left to right measures, and the other one likewise.
    package static func figure(
        id: String, title: String, description: String, note: String, x: String, y: String,
        curves: [Curve]
    ) -> Figure {
        let (xs, ys) = (curves.flatMap { $0.points.map(\.x) }, curves.flatMap { $0.points.map(\.y) })
        let looks = [Look(.blue, .circle), Look(.ochre, .square, .long), Look(.green, .triangle, .short)]
        let chart = XYChart(
            note: note, x: Axis(x, Scale.linear(xs, margin: 0) ?? .unit, .number),
            y: Axis(y, Scale.linear(ys) ?? .unit, .number), style: .curves,
            series: curves.enumerated().map { i, curve in
                Series(
                    curve.name, looks[i % looks.count], .strong,
                    curve.points.map { Series.Point($0.x, $0.y) })
            })
        return Figure(
            id: id, title: title, description: description,
            svg: chart.svg(id: id, title: title, description: description), table: table(x, curves))
    }

    private static func table(_ x: String, _ curves: [Curve]) -> DataTable {
        let values = Set(curves.flatMap { $0.points.map(\.x) }).sorted()
        return DataTable(
            [x] + curves.map { $0.name },
            values.map { value in
                [Figures.three(value)]
                    + curves.map { curve in
                        curve.points.first { $0.x == value }.map { Figures.three($0.y) } ?? "–"
                    }
            })
    }
}
