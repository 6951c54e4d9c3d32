import LogisticRegression
import Measurement

/// Where threads pay: the fastest rung with threads against the fastest without.
struct ThreadMapFigure {
    private let map: ShapeMap

    /// Nil where no shape, or only one, has times of both kinds on several threads.
    init?(_ results: Results, _ scalar: ScalarKind) {
        guard let map = ShapeMap(results, scalar), map.threads > 1 else { return nil }
        self.map = map
        guard map.all.count(where: { ends($0) != nil }) > 1 else { return nil }
    }

    /// The figure.
    var figure: Figure {
        let id = "map-threads-\(map.scalar.rawValue)"
        let title = "Where threads begin to pay, in \(map.scalar.rawValue)"
        let description = map.all.map { words($0) + "." }.joined(separator: " ")
        return Figure(
            id: id, title: title, description: description,
            svg: chart.svg(id: id, title: title, description: description), table: map.table(text))
    }

    private static let unclear = HeatMap.Shade(.grey, .faint, isOpen: true)

    /// The fastest with threads, the fastest without, and the factor between them.
    private func ends(_ cell: CellResult) -> (many: RungResult, one: RungResult, factor: Factor)? {
        func fastest(_ isThreaded: Bool) -> RungResult? {
            CellResult(cell: cell.cell, rungs: cell.timed.filter { $0.isThreaded == isThreaded }).fastest
        }
        guard let many = fastest(true), let one = fastest(false),
            let factor = Factor(of: many.samples, over: one.samples)
        else { return nil }
        return (many, one, factor)
    }

    private func shade(_ cell: CellResult, _ factor: Factor) -> HeatMap.Shade {
        guard !cell.isIndistinguishable(factor) else { return Self.unclear }
        let size = max(factor.median, 1 / factor.median)
        let level: HeatMap.Shade.Level = size < 1.5 ? .faint : size < 3 ? .medium : .full
        return HeatMap.Shade(factor.median > 1 ? .blue : .ochre, level)
    }

    private var chart: HeatMap {
        map.map(
            note: "\(map.scalar.rawValue), \(Captions.threads(map.threads)). The fastest rung with threads "
                + "against the fastest without: times as fast; fainter within 3 and 1.5.",
            legend: [
                (HeatMap.Shade(.blue, .medium), "threads pay"), (HeatMap.Shade(.ochre, .medium), "they cost"),
                (Self.unclear, "no clear difference"),
            ]
        ) { cell in
            guard let ends = ends(cell) else { return nil }
            let shade = shade(cell, ends.factor)
            return HeatMap.Cell(
                shade, [Figures.factor(ends.factor)] + (shade.isOpen ? ["≈"] : []), tooltip: words(cell))
        }
    }

    private func words(_ cell: CellResult) -> String {
        let place = Captions.cell(cell.cell)
        guard let ends = ends(cell) else { return "\(place): no times of both kinds" }
        let doubt = cell.isIndistinguishable(ends.factor) ? ", no clear difference" : ""
        return
            "\(place): \(ends.many.rung) is \(Captions.factor(ends.factor)) as fast as \(ends.one.rung)\(doubt)"
    }

    private func text(_ cell: CellResult) -> String {
        guard let ends = ends(cell) else { return "–" }
        return "\(Figures.factor(ends.factor, in: cell)) \(ends.many.rung) over \(ends.one.rung)"
    }
}
