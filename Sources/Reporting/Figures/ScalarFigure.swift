import Problems
import Measurement

/// How much longer a step takes in `Double` than in `Float`, rung by rung: twice as long where bytes or
/// lanes decide, about as long where neither does.
struct ScalarFigure {
    private let cell: Cell
    private let rungs: [(name: String, chosen: TimeRatio?, others: [(cell: Cell, ratio: TimeRatio)])]

    /// At the shape of `cell`, with all other shapes behind it; nil where that shape has not been timed in
    /// both.
    init?(_ cell: Cell, _ results: Results) {
        func ratio(_ name: String, _ double: CellResult) -> TimeRatio? {
            let shape = double.cell
            let float = results[
                Cell(
                    m: shape.m, nx: shape.nx, scalar: .float, threads: shape.threads, data: shape.data)]
            guard let time = double.rung(name)?.stepTime, let other = float?.rung(name)?.stepTime else {
                return nil
            }
            return TimeRatio(time, over: other)
        }
        let wanted = Cell(
            m: cell.m, nx: cell.nx, scalar: .double, threads: cell.threads, data: cell.data)
        guard let chosen = results[wanted] else { return nil }
        self.cell = wanted
        let others = results.cells(on: cell.data).filter {
            $0.cell.scalar == .double && $0.cell != wanted && $0.cell.threads == cell.threads
        }
        rungs = results.rungNames.map { name in
            (
                name, ratio(name, chosen),
                others.compactMap { other in ratio(name, other).map { (other.cell, $0) } }
            )
        }
        guard rungs.contains(where: { $0.chosen != nil }) else { return nil }
    }

    /// The figure.
    var figure: Figure {
        let title = "Double against Float"
        let description =
            "At \(shape), a step in Double takes so many times as long as one in Float: "
            + rungs.map { "\($0.name) \($0.chosen?.text ?? "unknown")" }.joined(separator: "; ") + "."
        return Figure(
            id: "scalars", title: title, description: description,
            svg: chart.svg(id: "scalars", title: title, description: description), table: table)
    }

    private var shape: String {
        "m = \(Prose.grouped(cell.m)), \(Captions.nx) = \(Prose.grouped(cell.nx)), "
            + Captions.threads(cell.threads)
    }

    private var chart: RowChart {
        let looks = Looks(rungs.map { $0.name })
        let chosen = rungs.compactMap { $0.chosen }
        let scale = Scale.logarithmic(
            [1, 2] + chosen.flatMap { [$0.low, $0.high] }
                + rungs.flatMap { $0.others.map { $0.ratio.median } })
        return RowChart(
            note: "\(shape), with intervals; faint: all other shapes",
            x: Axis("time in Double / time in Float", scale ?? .unit, .factor), columns: ["Double / Float"],
            rows: rungs.map { rung in
                let look = looks[rung.name]
                let others = rung.others.map { cell, ratio in
                    RowChart.Mark.faint(
                        ratio.median, look: look,
                        tooltip: "\(rung.name), m = \(cell.m), \(Captions.nx) = \(cell.nx): \(ratio.text)")
                }
                let mark = rung.chosen.map {
                    RowChart.Mark.point(
                        $0.median, look: look, tooltip: "\(rung.name): \($0.text)")
                }
                let interval = rung.chosen.map { RowChart.Mark.interval(low: $0.low, high: $0.high) }
                return RowChart.Row(
                    rung.name, others + [interval, mark].compactMap(\.self),
                    columns: [rung.chosen.map { Figures.three($0.median) + "×" } ?? "–"])
            }, places: [1, 2])
    }

    private var table: DataTable {
        DataTable(
            ["rung", "Double / Float", "least of other shapes", "greatest of other shapes"],
            rungs.map { rung in
                let others = rung.others.map { $0.ratio.median }
                return [
                    rung.name, rung.chosen?.text ?? "–", others.min().map(Figures.three) ?? "–",
                    others.max().map(Figures.three) ?? "–",
                ]
            })
    }
}
