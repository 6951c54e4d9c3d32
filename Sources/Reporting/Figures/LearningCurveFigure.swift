/// How J and the length of its gradient went in the course of one training, on logarithmic axes.
enum LearningCurveFigure {
    /// J, with that of the samples kept aside where there are some, and the length of the gradient; without
    /// those of which no number is positive and finite.
    static func all(_ course: [TrainingPage.Point], data: String) -> [Figure] {
        let costs: [Line] = [
            ("samples for training", course.map { ($0.updates, $0.cost) }),
            (
                "samples kept aside",
                course.compactMap { point in point.validationCost.map { (point.updates, $0) } }
            ),
        ]
        let gradient: [Line] = [("length of (dw, db)", course.map { ($0.updates, $0.gradient) })]
        return [
            figure("learning-curve", "How J falls", y: "J", costs, data),
            figure("gradient", "How the gradient shrinks", y: "length of (dw, db)", gradient, data),
        ].compactMap(\.self)
    }

    private typealias Line = (name: String, points: [(updates: Int, value: Double)])

    private static func figure(
        _ id: String, _ title: String, y: String, _ lines: [Line], _ data: String
    ) -> Figure? {
        let lines = lines.filter { !$0.points.isEmpty }
        let looks = [Look(.blue, .circle), Look(.ochre, .square, .long)]
        let series = zip(lines, looks).map { line, look in
            Series(
                line.name, look, .strong,
                line.points.filter { $0.updates > 0 && $0.value > 0 && $0.value.isFinite }
                    .map { Series.Point(Double($0.updates), $0.value) })
        }.filter { !$0.points.isEmpty }
        guard let xScale = Scale.logarithmic(series.flatMap { $0.points.map { $0.x } }),
            let yScale = Scale.logarithmic(series.flatMap { $0.points.map { $0.y } })
        else { return nil }
        let description = lines.map(words).joined(separator: " ")
        let chart = XYChart(
            note: data, x: Axis("updates", xScale, .count), y: Axis(y, yScale, .number), style: .curves,
            series: series)
        return Figure(
            id: id, title: title, description: description,
            svg: chart.svg(id: id, title: title, description: description), table: table(lines))
    }

    private static func words(_ line: Line) -> String {
        guard let first = line.points.first, let last = line.points.last else { return "" }
        return "\(Prose.capitalized(line.name)): from \(Figures.three(first.value)) to "
            + "\(Figures.three(last.value)) after \(Prose.count(last.updates, "update"))."
    }

    private static func table(_ lines: [Line]) -> DataTable {
        let rows = lines.first?.points.indices ?? 0..<0
        return DataTable(
            ["updates"] + lines.map { $0.name },
            rows.map { row in
                [Prose.grouped(lines[0].points[row].updates)]
                    + lines.map { Figures.three($0.points[row].value) }
            }, leading: 0)
    }
}
