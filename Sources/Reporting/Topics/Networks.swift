import Measurement
import Problems

/// The ladder of networks in one cell, and how near each network comes to the peak of multiply-adds.
struct NetworksTopic: Topic {
    static let id = "networks"
    static let title = "Networks"
    static let about =
        "The ladder of networks with several layers, where the work is in products of matrices."
    static let figureIDs = ["networks"] + perScalar("networks-roofline")
    static let problem: Cell.ProblemKind? = .network

    let results: Results

    /// The largest of the cells in which the foot of the ladder has a time, or else of all.
    var main: CellResult? {
        results.keeping { $0.rungs.first?.stepTime != nil }.largestCell ?? results.largestCell
    }

    var figures: [Figure] {
        guard let main else { return [] }
        let both = results.cells.filter { $0.cell.with(main.cell.scalar) == main.cell }
        return [LadderFigure(main)?.figure(id: "networks")].compactMap(\.self)
            + both.compactMap { RooflineFigure($0, results)?.figure(id: "networks-roofline") }
    }

    var items: [Item] {
        guard let main else { return [] }
        let why: [Item] = [.heading("Why"), LadderTopic(results: results).causes(main)]
        let figures = figures
        let ladder = figures.first { $0.id == "networks" }.map { [Item.explained($0, why)] } ?? why
        return [about(main)] + ladder + [table] + figures.filter { $0.id != "networks" }.map(Item.figure)
            + absences
    }

    private func about(_ cell: CellResult) -> Item {
        let threads = cell.cell.threads
        let peaks = Set([1, threads]).sorted().compactMap { count in
            results.ceilings?.operationsPerSecond(cell.cell.scalar, threads: count).map {
                "\(Numbers.giga($0)) billion operations a second on \(Numbers.threads(count))"
            }
        }
        let peak: Phrase =
            peaks.isEmpty
            ? ""
            : " The peak that was measured here is \(Prose.list(peaks)), in \(cell.cell.scalar.rawValue)."
        return .paragraph(
            """
            A layer is three products of matrices: Z = WA + b forward, then dW = dZ·Aᵀ/m and dA = Wᵀ·dZ backward. \
            Each value that is loaded can be used many times, so the limit is arithmetic, where that of logistic \
            regression is reading X.\(peak) The ladder is that of \(Prose.cell(cell.cell)); a step is J, all \
            derivatives and the update, from the same first parameters.
            """)
    }

    /// A row for each network: the fastest rung, and what it makes of the machine.
    private var table: Item {
        let rows = results.cells.compactMap { cell -> [String]? in
            guard let fastest = cell.fastest else { return nil }
            let whole = cell.rung("arrays.whole").flatMap { cell.factor(of: fastest, over: $0) }
            return [
                "\(Prose.shape(cell.cell))", cell.cell.scalar.rawValue, "\(cell.cell.threads)", fastest.rung,
                Numbers.time(fastest.stepTime),
                Numbers.giga(cell.rates(fastest)?.operationsPerSecond),
                Numbers.percent(results.fractionOfPeak(fastest, in: cell)),
                Numbers.factor(whole), Numbers.verdict(fastest.verdict),
            ]
        }
        return .table(
            "The fastest rung of each network",
            DataTable(
                [
                    "network", "scalar", "threads", "rung", "time of a step",
                    "billions of operations a second",
                    "of the peak", "times as fast as arrays.whole", "error / bound",
                ], rows, leading: 4))
    }

    private var absences: [Item] {
        let sentences = Prose.absences(results) { $0.rungs }
        return sentences.isEmpty ? [] : [.heading("Not timed"), .list(sentences)]
    }
}
