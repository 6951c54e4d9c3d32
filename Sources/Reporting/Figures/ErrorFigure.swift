import Problems
import Measurement

/// How the error of each rung grows with m: that of the element which is the worst in terms of its bound.
struct ErrorFigure {
    private let cells: [CellResult]
    private let last: CellResult
    private let names: [String]

    /// Nil with fewer than two m in which anything was judged.
    init?(_ results: Results, _ scalar: ScalarKind) {
        let cells = results.cells(along: .samples, scalar).filter { cell in
            cell.rungs.contains { Self.error($0) != nil }
        }
        guard cells.count > 1, let last = cells.last else { return nil }
        (self.cells, self.last) = (cells, last)
        names = results.rungNames.filter { name in
            cells.contains { $0.rung(name).flatMap(Self.error) != nil }
        }
    }

    /// An error that there is a place for on a logarithmic axis; an error of 0 has none.
    private static func error(_ rung: RungResult) -> Double? {
        guard let error = rung.verdict?.error, error > 0, error.isFinite else { return nil }
        return error
    }

    /// The figure.
    var figure: Figure? {
        guard let chart else { return nil }
        let id = "error-\(last.cell.scalar.rawValue)"
        let title = "The error as m grows, in \(last.cell.scalar.rawValue)"
        let description = names.map { name in
            let errors = cells.compactMap { cell in
                cell.rung(name).flatMap(Self.error).map {
                    "\(Figures.three($0)) at m = \(Prose.grouped(cell.cell.m))"
                }
            }
            return "\(name): \(errors.joined(separator: ", "))."
        }.joined(separator: " ")
        return Figure(
            id: id, title: title, description: description,
            svg: chart.svg(id: id, title: title, description: description), table: table)
    }

    private var chart: XYChart? {
        let (looks, emphasis) = (Looks(names), Emphasis(last))
        let series = names.map { name in
            Series(
                name, looks[name], emphasis[name],
                cells.compactMap { cell in
                    guard let rung = cell.rung(name), let error = Self.error(rung) else { return nil }
                    return Series.Point(
                        Double(cell.cell.m), error,
                        tooltip: "\(name) at m = \(Prose.grouped(cell.cell.m)): "
                            + "\(Figures.three(error)) in \(rung.verdict?.element ?? "")")
                })
        }
        let sizes = cells.map { Double($0.cell.m) }
        guard let x = Scale.logarithmic(sizes),
            let y = Scale.logarithmic(series.flatMap { $0.points.map { $0.y } })
        else { return nil }
        return XYChart(
            note: "\(Captions.nx) = \(Prose.grouped(last.cell.nx)), \(last.cell.scalar.rawValue), "
                + Captions.threads(last.cell.threads),
            x: Axis(GrowthAxis.samples.title, x, .count, places: sizes),
            y: Axis("error of the worst element", y, .number), style: .lines, series: series)
    }

    private var table: DataTable {
        DataTable(
            ["rung"] + cells.map { "m = \(Prose.grouped($0.cell.m))" },
            names.map { name in
                [name] + cells.map { $0.rung(name)?.verdict.map { Figures.three($0.error) } ?? "–" }
            })
    }
}
