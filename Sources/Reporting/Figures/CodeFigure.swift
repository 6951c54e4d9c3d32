import Measurement

/// What speed costs in code: the lines of each rung and how many times faster it is than the reference.
struct CodeFigure {
    private let cell: CellResult
    private let rungs: [(result: RungResult, lines: Int, factor: Factor)]

    /// Nil where no rung has both a time in `cell` and a count of lines.
    init?(_ cell: CellResult, lines: [String: Int]) {
        self.cell = cell
        rungs = cell.timed.compactMap { rung in
            guard let count = lines[rung.rung], count > 0, let factor = cell.factorOverReference(rung) else {
                return nil
            }
            return (rung, count, factor)
        }
        guard !rungs.isEmpty else { return nil }
    }

    /// The figure.
    var figure: Figure? {
        guard let chart else { return nil }
        let title = "What speed costs in code"
        let description =
            "At \(Captions.cell(cell.cell)). "
            + rungs.map {
                "\($0.result.rung): \($0.lines) lines, \(Figures.factor($0.factor))."
            }.joined(separator: " ")
        return Figure(
            id: "code", title: title, description: description,
            svg: chart.svg(id: "code", title: title, description: description), table: table)
    }

    private var chart: XYChart? {
        let (looks, emphasis) = (Looks(cell.rungs.map { $0.rung }), Emphasis(cell))
        let series = rungs.map { rung in
            Series(
                rung.result.rung, looks[rung.result.rung], emphasis[rung.result.rung],
                [
                    Series.Point(
                        Double(rung.lines), rung.factor.median, low: rung.factor.interval.low,
                        high: rung.factor.interval.high,
                        tooltip: "\(rung.result.rung): \(rung.lines) lines, \(Captions.factor(rung.factor))")
                ])
        }
        // Room for names to the right of the points.
        let greatest = 1.4 * Double(rungs.map { $0.lines }.max() ?? 1)
        guard let x = Scale.linear([0, greatest]),
            let y = Scale.logarithmic(
                series.flatMap { $0.points.flatMap { [$0.low, $0.high] } }, margin: 0.06)
        else { return nil }
        return XYChart(
            note: Captions.cell(cell.cell), x: Axis("lines of code", x, .count),
            y: Axis(
                "times as fast as \(TextSize.shortened(cell.reference?.rung ?? "the first"))", y, .factor),
            style: .points,
            series: series)
    }

    private var table: DataTable {
        DataTable(
            ["rung", "lines of code", "times as fast as \(cell.reference?.rung ?? "the first")"],
            rungs.map { [$0.result.rung, "\($0.lines)", Captions.interval($0.factor)] })
    }
}
