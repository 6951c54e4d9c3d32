import Problems
import Measurement

/// Which rung wins at which shape, and from where on threads pay.
struct MapTopic: Topic {
    static let id = "map"
    static let title = "Which rung wins where"
    static let about = "The fastest version of each shape, in both scalars, and where threads begin to pay."
    static let figureIDs = perScalar("map", "map-threads")

    let results: Results

    var figures: [Figure] {
        ScalarKind.allCases.compactMap { winners($0) } + ScalarKind.allCases.compactMap { threads($0) }
    }

    var items: [Item] {
        let figures = figures
        guard !figures.isEmpty else {
            return .leftOut(
                "the map", since: "it takes several m and several nₓ",
                command: "unlooped bench --preset standard")
        }
        let about: Phrase = """
            The winner of a shape is the rung with the shortest median. Where its factor over the next one \
            cannot be told from no difference, there is no clear winner.
            """
        return [
            .paragraph(about), .list(ScalarKind.allCases.compactMap(summary) + [choice].compactMap(\.self)),
        ]
            + figures.map(Item.figure)
    }

    /// How often each rung wins in one scalar type, and where threads pay; nil where nothing was timed in it.
    private func summary(_ scalar: ScalarKind) -> Phrase? {
        let threads = results.largestCell?.cell.threads
        let cells = results.cells(on: nil).filter {
            $0.cell.scalar == scalar && $0.cell.threads == threads && $0.fastest != nil
        }
        guard !cells.isEmpty else { return nil }
        let winners = Dictionary(grouping: cells.compactMap { $0.clearWinner?.rung }) { $0 }
            .map { (name: $0.key, count: $0.value.count) }
            .sorted { ($1.count, $0.name) < ($0.count, $1.name) }
        let unclear = cells.count - winners.reduce(0) { $0 + $1.count }
        let shapes = Numbers.count(cells.count, "shape")
        guard !winners.isEmpty else {
            return "In \(strong: scalar.rawValue) none of \(shapes) has a clear winner."
        }
        let parts =
            winners.map { "\($0.name) wins \($0.count)" }
            + (unclear > 0 ? ["\(unclear) \(unclear == 1 ? "has" : "have") no clear winner"] : [])
        return "In \(strong: scalar.rawValue), of \(shapes): \(Prose.list(parts)). \(threadsPay(cells))"
    }

    /// Where the two layouts and threads win, in a sentence or two; nil where there is nothing to say.
    func places(_ scalar: ScalarKind) -> Phrase? {
        guard let map = ShapeMap(results, scalar) else { return nil }
        let clear = map.all.compactMap { cell in cell.clearWinner.map { (cell: cell.cell, rung: $0) } }
        let sides = clear.filter { results.keepsFeaturesTogether($0.rung) }
        let threads = threadsPay(map.all)
        guard let widest = sides.map({ $0.cell.nx }).max() else { return threads }
        return """
            Features side by side, a lane for each sample, win \(sides.count) of \(Numbers.count(map.all.count, "shape")), \
            up to \(GrowthAxis.features.grown(widest)), where a sample is too short to fill vectors.
            """ + " " + threads
    }

    /// How near the rung that is taken where none is named comes to the fastest.
    var choice: Phrase? {
        let known = results.cells.compactMap { cell in
            cell.factorOfChosen.map { (cell: cell, factor: $0) }
        }.filter { $0.cell.strayControl == nil }
        guard let worst = known.min(by: { $0.factor.median < $1.factor.median }) else { return nil }
        let near = known.count { $0.factor.median >= 0.95 || $0.factor.holdsOne == true }
        return """
            \(strong: "Where no rung is named"), the one that is taken is within 5 % of the fastest, or not to be \
            told from it, in \(near) of \(Numbers.count(known.count, "cell")). The worst is \
            \(worst.cell.chosen ?? "") at \(Prose.cell(worst.cell.cell)): \(Numbers.factor(worst.factor)) as fast.
            """
    }

    /// From which size of X on the fastest threaded rung is clearly faster than the fastest on one thread.
    private func threadsPay(_ cells: [CellResult]) -> Phrase {
        let both = cells.filter { $0.fastestThreaded != nil && $0.fastestOnOneThread != nil }
            .sorted { $0.cell.values < $1.cell.values }
        guard !both.isEmpty else { return "" }
        let clearly = both.contains { $0.threadedAndAlone?.factor.holdsOne != nil } ? "clearly " : ""
        let loses = both.last { !$0.threadsPay }
        guard let first = both.first(where: { $0.cell.values > loses?.cell.values ?? 0 && $0.threadsPay })
        else { return "At the largest, threads do not \(clearly)pay." }
        return """
            Threads \(clearly)pay at all sizes from X of \(ByteCount(first.cell.xBytes)) on \
            (\(Prose.shape(first.cell))).
            """
    }

    /// Which rung is the fastest where, and by how much over the next.
    func winners(_ scalar: ScalarKind) -> Figure? {
        guard let map = ShapeMap(results, scalar) else { return nil }
        func kind(_ rung: RungResult) -> (shade: HeatMap.Shade, text: String) {
            let isSideBySide = results.keepsFeaturesTogether(rung)
            return (
                HeatMap.Shade(isSideBySide ? .ochre : .blue, rung.isThreaded ? .full : .faint),
                (isSideBySide ? "features side by side" : "sample after sample")
                    + (rung.isThreaded ? ", threads" : ", one thread")
            )
        }
        func shade(_ cell: CellResult) -> HeatMap.Shade {
            guard let pair = cell.leaders, pair.factor.holdsOne != true else { return .unclear }
            return kind(pair.first).shade
        }
        var kinds: [(shade: HeatMap.Shade, text: String)] = []
        for kind in map.all.compactMap({ $0.clearWinner.map(kind) })
        where !kinds.contains(where: { $0.text == kind.text }) { kinds.append(kind) }
        return map.figure(
            "map-\(scalar.rawValue)", "Which rung is the fastest where, in \(scalar.rawValue)",
            note: "The fastest rung and its factor over the next.",
            legend: kinds + [(.unclear, "no clear winner")],
            draw: { cell in
                guard let pair = cell.leaders else { return nil }
                let (shade, place) = (shade(cell), Prose.cell(cell.cell))
                let name = pair.first.rung.split(separator: ".", maxSplits: 1).map(String.init)
                let doubt = shade.isOpen ? ", which is no clear winner" : ""
                return HeatMap.Cell(
                    shade, name + [shade.isOpen ? "≈" : Numbers.factor(pair.factor)],
                    tooltip: "\(place): \(pair.first.rung) is the fastest\(doubt), "
                        + "\(Numbers.timesInterval(pair.factor)) over \(pair.second.rung)")
            },
            text: { cell in
                guard let pair = cell.leaders else { return cell.fastest?.rung ?? Numbers.none }
                return
                    "\(pair.first.rung) \(Numbers.marked(pair.factor)) over \(pair.second.rung)"
            })
    }

    /// Where threads pay: the fastest rung with threads against the fastest without. Nil unless two shapes have
    /// times of both kinds on several threads.
    private func threads(_ scalar: ScalarKind) -> Figure? {
        guard let map = ShapeMap(results, scalar), map.threads > 1 else { return nil }
        return map.balance(
            "map-threads-\(scalar.rawValue)", "Where threads begin to pay, in \(scalar.rawValue)",
            note:
                "The fastest rung with threads against the fastest without: times as fast; fainter within 3 "
                + "and 1.5.",
            above: "threads pay", below: "they cost", of: \.threadedAndAlone
        ) { pair, isClear, _ in [Numbers.factor(pair.factor)] + (isClear ? [] : ["≈"]) }
    }
}

/// The cells of one scalar and number of threads, by m and n_x.
struct ShapeMap {
    let scalar: ScalarKind
    let threads: Int
    private let m: [Int]
    private let nx: [Int]
    private let cells: [Cell: CellResult]

    /// Nil with fewer than two shapes that have times.
    ///
    /// - Parameter threads: where not given, as many as the largest cell has.
    init?(_ results: Results, _ scalar: ScalarKind, threads: Int? = nil) {
        guard let threads = threads ?? results.largestCell?.cell.threads else { return nil }
        let cells = results.cells(on: nil).filter {
            $0.cell.problem == .logistic && $0.cell.scalar == scalar && $0.cell.threads == threads
                && !$0.timed.isEmpty
        }
        guard cells.count > 1 else { return nil }
        (self.scalar, self.threads) = (scalar, threads)
        m = Set(cells.map { $0.cell.m }).sorted()
        nx = Set(cells.map { $0.cell.nx }).sorted()
        self.cells = Dictionary(cells.map { ($0.cell, $0) }, uniquingKeysWith: { first, _ in first })
    }

    private subscript(m: Int, nx: Int) -> CellResult? {
        cells[Cell(m: m, nx: nx, scalar: scalar, threads: threads)]
    }

    /// All results, m by m.
    var all: [CellResult] { m.flatMap { m in nx.compactMap { self[m, $0] } } }

    /// A map, with what `draw` and `text` make of each result in the picture and in the table.
    func figure(
        _ id: String, _ title: String, note: String, legend: [(shade: HeatMap.Shade, text: String)],
        draw: (CellResult) -> HeatMap.Cell?, text: (CellResult) -> String
    ) -> Figure {
        let place = "\(scalar.rawValue), \(Numbers.threads(threads))"
        let chart = HeatMap(
            note: "\(place). \(note)",
            x: (GrowthAxis.features.title, nx.map { Quantity.count.label(Double($0)) }),
            y: (GrowthAxis.samples.title, m.map { Quantity.count.label(Double($0)) }),
            cells: m.map { m in nx.map { nx in self[m, nx].flatMap(draw) } }, legend: legend)
        let table = DataTable(
            ["m"] + nx.map(GrowthAxis.features.grown),
            m.map { m in [Numbers.grouped(m)] + nx.map { nx in self[m, nx].map(text) ?? Numbers.none } })
        return Figure(id, title, "In \(place)", chart, table)
    }

    /// A map of where the first of a pair is ahead of the second, and where not; nil with fewer than two pairs.
    ///
    /// - Parameter lines: the texts of a cell, by its pair and whether there is a clear difference.
    func balance(
        _ id: String, _ title: String, note: String, above: String, below: String,
        of pair: (CellResult) -> CellResult.Pair?, lines: (CellResult.Pair, Bool, CellResult) -> [String]
    ) -> Figure? {
        guard all.count(where: { pair($0) != nil }) > 1 else { return nil }
        return figure(
            id, title, note: note,
            legend: [
                (HeatMap.Shade(.blue, .medium), above), (HeatMap.Shade(.ochre, .medium), below),
                (.unclear, "no clear difference"),
            ],
            draw: { cell in
                guard let pair = pair(cell) else { return nil }
                let isClear = pair.factor.holdsOne != true
                return HeatMap.Cell(
                    .comparison(pair.factor), lines(pair, isClear, cell),
                    tooltip: "\(Prose.cell(cell.cell)): \(pair.first.rung) is "
                        + "\(Numbers.timesInterval(pair.factor)) as fast as "
                        + "\(pair.second.rung)\(isClear ? "" : ", no clear difference")")
            },
            text: { cell in
                guard let pair = pair(cell) else { return Numbers.none }
                return
                    "\(Numbers.marked(pair.factor)) \(pair.first.rung) over \(pair.second.rung)"
            })
    }
}

extension HeatMap.Shade {
    /// For what is no clear difference.
    static let unclear = HeatMap.Shade(.grey, .faint, isOpen: true)

    /// For a factor: another hue on either side of 1, fainter within 3 and 1.5.
    static func comparison(_ factor: BlockEstimate) -> HeatMap.Shade {
        guard factor.holdsOne != true else { return .unclear }
        let size = max(factor.median, 1 / factor.median)
        return HeatMap.Shade(
            factor.median > 1 ? .blue : .ochre, size < 1.5 ? .faint : size < 3 ? .medium : .full)
    }
}
