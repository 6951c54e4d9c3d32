import Problems
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
        return map.figure(id: id, title: title, chart, words: words) { $0.text($0.fastestAndPeer) }
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
        cell.words(cell.fastestAndPeer, none: "no time of a peer")
    }
}
