import Problems
import Measurement

/// The time of a step as one size grows and the other stays, on logarithmic axes; or the time for each
/// value of X, in which the fixed cost and the levels of cache are steps.
struct GrowthFigure {
    private let axis: GrowthAxis
    private let perValue: Bool
    private let cells: [CellResult]
    private let last: CellResult
    private let names: [String]
    private let caches: [Machine.Cache]

    /// Nil with fewer than two sizes that have times.
    init?(_ results: Results, along axis: GrowthAxis, _ scalar: ScalarKind, perValue: Bool) {
        let cells = results.cells(along: axis, scalar).filter { !$0.timed.isEmpty }
        guard cells.count > 1, let last = cells.last else { return nil }
        (self.axis, self.perValue, self.cells, self.last) = (axis, perValue, cells, last)
        names = results.rungNames.filter { name in cells.contains { $0.rung(name)?.stepTime != nil } }
        caches = results.machine.dataCaches
    }

    /// The figure.
    var figure: Figure? {
        let id = "growth-\(axis.name)-\(last.cell.scalar.rawValue)" + (perValue ? "-value" : "")
        let what = perValue ? "Time of a step for each value of X" : "Time of a step"
        let title = "\(what) as \(axis.sign) grows, in \(last.cell.scalar.rawValue)"
        guard let chart else { return nil }
        let description = description
        return Figure(
            id: id, title: title, description: description,
            svg: chart.svg(id: id, title: title, description: description), table: table)
    }

    /// What is measured of a cell: a time, in nanoseconds.
    private func value(_ nanoseconds: Double, _ cell: Cell) -> Double {
        perValue ? nanoseconds / (Double(cell.m) * Double(cell.nx)) : nanoseconds
    }

    private var chart: XYChart? {
        let (looks, emphasis) = (Looks(names), Emphasis(last))
        let series = names.map { name in
            Series(
                name, looks[name], emphasis[name],
                cells.compactMap { cell in
                    guard let time = cell.rung(name)?.stepTime else { return nil }
                    return Series.Point(
                        Double(axis.size(of: cell.cell)), value(time.medianNanoseconds, cell.cell),
                        low: value(time.lowNanoseconds, cell.cell),
                        high: value(time.highNanoseconds, cell.cell),
                        tooltip: "\(name) at \(Captions.cell(cell.cell)): \(Captions.time(time)) a step, "
                            + "\(perValueText(time, cell.cell)) for each value of X")
                })
        }
        let sizes = cells.map { Double(axis.size(of: $0.cell)) }
        guard let x = Scale.logarithmic(sizes),
            let y = Scale.logarithmic(series.flatMap { $0.points.flatMap { [$0.low, $0.y, $0.high] } })
        else { return nil }
        let fixed = axis.fixedSize(of: last.cell)
        let bytesPerSize = Double(fixed) * Double(last.cell.scalar.size)
        return XYChart(
            note: "\(axis.other.sign) = \(Prose.grouped(fixed)), \(last.cell.scalar.rawValue), "
                + "\(Captions.threads(last.cell.threads)); bands: intervals of the medians; dotted: X as "
                + "large as a cache",
            x: Axis(axis.title, x, .count, places: sizes),
            y: Axis(perValue ? "time of a step for each value of X" : "time of a step", y, .nanoseconds),
            style: .lines, series: series,
            places: caches.map {
                XYChart.Place(
                    Double($0.bytes) / bytesPerSize, "L\($0.level)",
                    tooltip: "X as large as L\($0.level): \(Figures.binary($0.bytes))")
            })
    }

    private func perValueText(_ time: StepTime, _ cell: Cell) -> String {
        Figures.three(time.medianNanoseconds / (Double(cell.m) * Double(cell.nx))) + " ns"
    }

    private var description: String {
        let rungs = names.map { name in
            let ends = [cells.first, cells.last].compactMap { cell -> String? in
                guard let cell, let time = cell.rung(name)?.stepTime else { return nil }
                let text = perValue ? perValueText(time, cell.cell) : "\(TimeSpan(time.medianNanoseconds))"
                return "\(text) at \(axis.sign) = \(Prose.grouped(axis.size(of: cell.cell)))"
            }
            return "\(name): \(ends.joined(separator: ", "))."
        }
        return "At \(axis.other.sign) = \(Prose.grouped(axis.fixedSize(of: last.cell))). "
            + rungs.joined(separator: " ")
    }

    private var table: DataTable {
        let head = cells.map { "\(axis.sign) = \(Prose.grouped(axis.size(of: $0.cell)))" }
        return DataTable(
            ["rung"] + head,
            names.map { name in
                [name]
                    + cells.map { cell in
                        guard let time = cell.rung(name)?.stepTime else { return "–" }
                        let text = perValue ? perValueText(time, cell.cell) : Figures.time(time)
                        return text + " " + Figures.spread(time)
                    }
            })
    }
}
