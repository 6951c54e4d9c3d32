import Problems
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
        return map.figure(id: id, title: title, chart, words: words, text: text)
    }

    /// How much stronger a shade gets from which factor on.
    private static func level(_ factor: Double) -> HeatMap.Shade.Level {
        factor < 1.1 ? .faint : factor < 1.5 ? .medium : .full
    }

    private func shade(_ cell: CellResult) -> HeatMap.Shade {
        guard let pair = cell.leaders, !cell.isIndistinguishable(pair.factor) else { return .unclear }
        return HeatMap.Shade(looks[pair.first.rung].hue, Self.level(pair.factor.median))
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
            legend: families + [(HeatMap.Shade.unclear, "no clear winner")]
        ) { cell in
            guard let pair = cell.leaders else { return nil }
            let shade = shade(cell)
            let name = pair.first.rung.split(separator: ".", maxSplits: 1).map(String.init)
            return HeatMap.Cell(
                shade, name + [shade.isOpen ? "≈" : Figures.factor(pair.factor)], tooltip: words(cell))
        }
    }

    private func words(_ cell: CellResult) -> String {
        let place = Captions.cell(cell.cell)
        guard let pair = cell.leaders else {
            return "\(place): \(cell.fastest?.rung ?? "nothing") alone has a time"
        }
        let doubt = cell.isIndistinguishable(pair.factor) ? ", which is no clear winner" : ""
        return "\(place): \(pair.first.rung) is the fastest\(doubt), \(Captions.factor(pair.factor)) over "
            + pair.second.rung
    }

    private func text(_ cell: CellResult) -> String {
        guard let pair = cell.leaders else { return cell.fastest?.rung ?? "–" }
        return "\(pair.first.rung) \(Figures.factor(pair.factor, in: cell)) over \(pair.second.rung)"
    }
}
