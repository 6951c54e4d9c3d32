import LogisticRegression
import Measurement

/// Which rung is the fastest where, and by how much over the next.
struct WinnerMapFigure {
    private let map: ShapeMap
    private let looks: Looks

    /// Nil with fewer than two shapes that have times.
    init?(_ results: Results, _ scalar: ScalarKind) {
        guard let map = ShapeMap(results, scalar) else { return nil }
        (self.map, looks) = (map, Looks(results.rungNames))
    }

    /// The figure.
    var figure: Figure {
        let id = "map-\(map.scalar.rawValue)"
        let title = "Which rung is the fastest where, in \(map.scalar.rawValue)"
        let description = map.all.map { words($0) + "." }.joined(separator: " ")
        return Figure(
            id: id, title: title, description: description,
            svg: chart.svg(id: id, title: title, description: description), table: map.table(text))
    }

    private static let unclear = HeatMap.Shade(.grey, .faint, isOpen: true)

    /// How much stronger a shade gets from which factor on.
    private static func level(_ factor: Double) -> HeatMap.Shade.Level {
        factor < 1.1 ? .faint : factor < 1.5 ? .medium : .full
    }

    /// The fastest, the next, and how far they are apart; nil with fewer than two.
    private func ends(_ cell: CellResult) -> (first: RungResult, second: RungResult, factor: Factor)? {
        guard let first = cell.fastest else { return nil }
        let others = cell.timed.filter { $0.rung != first.rung }
        guard let second = CellResult(cell: cell.cell, rungs: others).fastest,
            let factor = Factor(of: first.samples, over: second.samples)
        else { return nil }
        return (first, second, factor)
    }

    private func shade(_ cell: CellResult) -> HeatMap.Shade {
        guard let ends = ends(cell), !cell.isIndistinguishable(ends.factor) else { return Self.unclear }
        return HeatMap.Shade(looks[ends.first.rung].hue, Self.level(ends.factor.median))
    }

    private var chart: HeatMap {
        var families: [(shade: HeatMap.Shade, text: String)] = []
        for cell in map.all {
            let (family, shade) = (cell.fastest.map { Looks.family($0.rung) } ?? "", shade(cell))
            guard !shade.isOpen, !families.contains(where: { $0.text == family }) else { continue }
            families.append((HeatMap.Shade(shade.hue, .medium), family))
        }
        return map.map(
            note: "\(map.scalar.rawValue), \(Captions.threads(map.threads)). The fastest rung and its factor "
                + "over the next; fainter below 1.5× and 1.1×.",
            legend: families + [(Self.unclear, "no clear winner")]
        ) { cell in
            guard let ends = ends(cell) else { return nil }
            let shade = shade(cell)
            let name = ends.first.rung.split(separator: ".", maxSplits: 1).map(String.init)
            return HeatMap.Cell(
                shade, name + [shade.isOpen ? "≈" : Figures.factor(ends.factor)], tooltip: words(cell))
        }
    }

    private func words(_ cell: CellResult) -> String {
        let place = Captions.cell(cell.cell)
        guard let ends = ends(cell) else {
            return "\(place): \(cell.fastest?.rung ?? "nothing") alone has a time"
        }
        let doubt = cell.isIndistinguishable(ends.factor) ? ", which is no clear winner" : ""
        return "\(place): \(ends.first.rung) is the fastest\(doubt), \(Captions.factor(ends.factor)) over "
            + ends.second.rung
    }

    private func text(_ cell: CellResult) -> String {
        guard let ends = ends(cell) else { return cell.fastest?.rung ?? "–" }
        return "\(ends.first.rung) \(Figures.factor(ends.factor, in: cell)) over \(ends.second.rung)"
    }
}
