import Problems
import Measurement

/// Where threads pay: the fastest rung with threads against the fastest without.
struct ThreadMapFigure {
    private let map: ShapeMap

    /// Nil where no shape, or only one, has times of both kinds on several threads.
    init?(_ results: Results, _ scalar: ScalarKind) {
        guard let map = ShapeMap(results, scalar), map.threads > 1 else { return nil }
        self.map = map
        guard map.all.count(where: { $0.threadedAndAlone != nil }) > 1 else { return nil }
    }

    /// The figure.
    var figure: Figure {
        let id = "map-threads-\(map.scalar.rawValue)"
        let title = "Where threads begin to pay, in \(map.scalar.rawValue)"
        return map.figure(id: id, title: title, chart, words: words) { $0.text($0.threadedAndAlone) }
    }

    private var chart: HeatMap {
        map.map(
            note: "\(map.scalar.rawValue), \(Captions.threads(map.threads)). The fastest rung with threads "
                + "against the fastest without: times as fast; fainter within 3 and 1.5.",
            legend: [
                (HeatMap.Shade(.blue, .medium), "threads pay"), (HeatMap.Shade(.ochre, .medium), "they cost"),
                (.unclear, "no clear difference"),
            ]
        ) { cell in
            guard let pair = cell.threadedAndAlone else { return nil }
            let shade = HeatMap.Shade.balance(pair.factor, in: cell)
            return HeatMap.Cell(
                shade, [Figures.factor(pair.factor)] + (shade.isOpen ? ["≈"] : []), tooltip: words(cell))
        }
    }

    private func words(_ cell: CellResult) -> String {
        cell.words(cell.threadedAndAlone, none: "no times of both kinds")
    }
}
