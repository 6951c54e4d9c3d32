import Problems
import Measurement

/// Which rung wins at which shape, and from where on threads pay.
struct MapSection {
    private let results: Results
    private let figures: [Figure]

    init(_ results: Results, _ figures: [Figure]) { (self.results, self.figures) = (results, figures) }

    /// The section.
    var section: Section {
        guard !figures.isEmpty else {
            return Section.leftOut(
                "map", "Which rung wins where",
                "the map", since: "it takes several m and several nₓ",
                command: "unlooped bench --preset standard")
        }
        let about: Phrase = """
            The winner of a shape is the rung with the shortest median. Where its factor over the next one \
            cannot be told from no difference, there is no clear winner.
            """
        return Section(
            "map", "Which rung wins where",
            [.paragraph(about), .list(ScalarKind.allCases.compactMap(summary) + choice)]
                + .figures(figures))
    }

    /// Who wins how often in one scalar type, and where threads pay; nil where nothing was timed in it.
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
        guard !winners.isEmpty else {
            return
                "In \(strong: scalar.rawValue) none of \(Prose.count(cells.count, "shape")) has a clear winner."
        }
        let parts =
            winners.map { "\($0.name) wins \($0.count)" }
            + (unclear > 0 ? ["\(unclear) \(unclear == 1 ? "has" : "have") no clear winner"] : [])
        return """
            In \(strong: scalar.rawValue), of \(Prose.count(cells.count, "shape")): \(Prose.list(parts)). \
            \(threadsPay(cells))
            """
    }

    /// How near the fastest rung the one comes that is taken where none is named.
    private var choice: [Phrase] {
        let known = results.cells.compactMap { cell in
            cell.factorOfChosen.map { (cell: cell, factor: $0) }
        }
        guard let worst = known.min(by: { $0.factor.median < $1.factor.median }) else { return [] }
        let near = known.count { $0.factor.median >= 0.95 || $0.cell.isIndistinguishable($0.factor) }
        return [
            """
            \(strong: "Where no rung is named"), the one that is taken is within 5 % of the fastest, or not to be \
            told from it, in \(near) of \(Prose.count(known.count, "cell")). The worst is \(worst.cell.chosen ?? "") \
            at \(Captions.cell(worst.cell.cell)): \(Figures.factor(worst.factor)) as fast.
            """
        ]
    }

    /// From which size of X on the fastest threaded rung is clearly faster than the fastest on one thread.
    private func threadsPay(_ cells: [CellResult]) -> Phrase {
        let both = cells.filter { $0.fastestThreaded != nil && $0.fastestOnOneThread != nil }
            .sorted { $0.cell.values < $1.cell.values }
        guard !both.isEmpty else { return "" }
        let loses = both.last { !$0.threadsPay }
        guard let first = both.first(where: { $0.cell.values > loses?.cell.values ?? 0 && $0.threadsPay })
        else { return "At the largest, threads do not clearly pay." }
        return """
            Threads clearly pay at all sizes from X of \(ByteCount(first.cell.xBytes)) on \
            (m = \(Prose.grouped(first.cell.m)), nₓ = \(Prose.grouped(first.cell.nx))).
            """
    }
}
