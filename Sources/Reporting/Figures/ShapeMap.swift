import Problems
import Measurement

/// The cells of one scalar and number of threads, by m and n_x.
struct ShapeMap {
    let scalar: ScalarKind
    let threads: Int
    let m: [Int]
    let nx: [Int]
    private let cells: [Cell: CellResult]

    /// Nil with fewer than two shapes that have times.
    ///
    /// - Parameter threads: as many as the largest cell has where not given.
    init?(_ results: Results, _ scalar: ScalarKind, threads: Int? = nil) {
        guard let threads = threads ?? results.largestCell?.cell.threads else { return nil }
        let cells = results.cells(on: nil).filter {
            $0.cell.scalar == scalar && $0.cell.threads == threads && !$0.timed.isEmpty
        }
        guard cells.count > 1 else { return nil }
        (self.scalar, self.threads) = (scalar, threads)
        m = Set(cells.map { $0.cell.m }).sorted()
        nx = Set(cells.map { $0.cell.nx }).sorted()
        self.cells = Dictionary(cells.map { ($0.cell, $0) }, uniquingKeysWith: { first, _ in first })
    }

    /// The result for a shape; nil where there is none.
    subscript(m: Int, nx: Int) -> CellResult? {
        cells[Cell(m: m, nx: nx, scalar: scalar, threads: threads)]
    }

    /// All results, m by m.
    var all: [CellResult] { m.flatMap { m in nx.compactMap { self[m, $0] } } }

    /// A map with what `draw` makes of each result.
    func map(
        note: String, legend: [(shade: HeatMap.Shade, text: String)], _ draw: (CellResult) -> HeatMap.Cell?
    ) -> HeatMap {
        HeatMap(
            note: note,
            x: (GrowthAxis.features.title, nx.map { Quantity.count.label(Double($0)) }),
            y: (GrowthAxis.samples.title, m.map { Quantity.count.label(Double($0)) }),
            cells: m.map { m in nx.map { nx in self[m, nx].flatMap(draw) } }, legend: legend)
    }

    /// The figure of a map that was drawn.
    ///
    /// - Parameters:
    ///   - words: each result in a sentence without its stop.
    ///   - text: each result in the table.
    func figure(
        id: String, title: String, _ chart: HeatMap, words: (CellResult) -> String,
        text: (CellResult) -> String
    ) -> Figure {
        let description = all.map { words($0) + "." }.joined(separator: " ")
        return Figure(
            id: id, title: title, description: description,
            svg: chart.svg(id: id, title: title, description: description), table: table(text))
    }

    /// A table with what `text` makes of each result, m by m.
    private func table(_ text: (CellResult) -> String) -> DataTable {
        DataTable(
            ["m"] + nx.map { "\(Captions.nx) = \(Prose.grouped($0))" },
            m.map { m in [Prose.grouped(m)] + nx.map { nx in self[m, nx].map(text) ?? "–" } })
    }
}

/// Words for one over another of the same result, in maps of where which is ahead.
extension CellResult {
    /// A sentence without its stop; the place and `none` without a pair.
    func words(_ pair: Pair?, none: String) -> String {
        let place = Captions.cell(cell)
        guard let pair else { return "\(place): \(none)" }
        let doubt = isIndistinguishable(pair.factor) ? ", no clear difference" : ""
        return "\(place): \(pair.first.rung) is \(Captions.factor(pair.factor)) as fast as "
            + "\(pair.second.rung)\(doubt)"
    }

    /// A cell of a table; a dash without a pair.
    func text(_ pair: Pair?) -> String {
        guard let pair else { return "–" }
        return "\(Figures.factor(pair.factor, in: self)) \(pair.first.rung) over \(pair.second.rung)"
    }
}

extension HeatMap.Shade {
    /// For what cannot be told from no difference.
    static let unclear = HeatMap.Shade(.grey, .faint, isOpen: true)

    /// For a factor that may be above or below 1: blue above, ochre below, fainter within 3 and 1.5.
    static func balance(_ factor: Factor, in cell: CellResult) -> HeatMap.Shade {
        guard !cell.isIndistinguishable(factor) else { return .unclear }
        let size = max(factor.median, 1 / factor.median)
        return HeatMap.Shade(
            factor.median > 1 ? .blue : .ochre, size < 1.5 ? .faint : size < 3 ? .medium : .full)
    }
}
