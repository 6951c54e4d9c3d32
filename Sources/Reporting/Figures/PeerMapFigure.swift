import LogisticRegression
import Measurement

/// Where the fastest rung is ahead of the fastest peer, and where not.
struct PeerMapFigure {
    private static let one = "peers-one"
    private static let several = "peers-several"

    /// What its ids begin with.
    static let names = [one, several]

    private let map: ShapeMap

    /// Nil where no shape, or only one, has times of both.
    init?(_ results: Results, _ scalar: ScalarKind, threads: Int) {
        guard let map = ShapeMap(results, scalar, threads: threads) else { return nil }
        self.map = map
        guard map.all.count(where: { $0.fastestAndPeer != nil }) > 1 else { return nil }
    }

    /// The figure.
    var figure: Figure {
        let id = "\(map.threads == 1 ? Self.one : Self.several)-\(map.scalar.rawValue)"
        let title =
            "The best rung over the best peer, in \(map.scalar.rawValue) on "
            + Captions.threads(map.threads)
        let description = map.all.map { words($0) + "." }.joined(separator: " ")
        return Figure(
            id: id, title: title, description: description,
            svg: chart.svg(id: id, title: title, description: description), table: map.table(text))
    }

    private var chart: HeatMap {
        map.map(
            note: "\(map.scalar.rawValue), \(Captions.threads(map.threads)). How many times as fast as the "
                + "fastest peer, which is named, the fastest rung is; fainter within 3 and 1.5.",
            legend: [
                (HeatMap.Shade(.blue, .medium), "the rung is ahead"),
                (HeatMap.Shade(.ochre, .medium), "the peer is ahead"), (.unclear, "no clear difference"),
            ]
        ) { cell in
            guard let pair = cell.fastestAndPeer else { return nil }
            // Names are shorter than beside other pictures, as each of many columns has one.
            return HeatMap.Cell(
                .balance(pair.factor, in: cell),
                [Figures.factor(pair.factor, in: cell), TextSize.shortened(pair.second.rung, to: 9)],
                tooltip: words(cell))
        }
    }

    private func words(_ cell: CellResult) -> String {
        let place = Captions.cell(cell.cell)
        guard let pair = cell.fastestAndPeer else { return "\(place): no time of a peer" }
        let doubt = cell.isIndistinguishable(pair.factor) ? ", no clear difference" : ""
        return "\(place): \(pair.first.rung) is \(Captions.factor(pair.factor)) as fast as "
            + "\(pair.second.rung)\(doubt)"
    }

    private func text(_ cell: CellResult) -> String {
        guard let pair = cell.fastestAndPeer else { return "–" }
        return "\(Figures.factor(pair.factor, in: cell)) \(pair.first.rung) over \(pair.second.rung)"
    }
}
