import LogisticRegression
import Measurement

/// Which rung wins at which shape, and from where on threads pay.
struct MapSection {
    private let results: Results
    private let figures: [Figure]

    init(_ results: Results, _ figures: [Figure]) { (self.results, self.figures) = (results, figures) }

    /// The section.
    var section: Section {
        guard !figures.isEmpty else {
            return Section(
                "map", "Which rung wins where",
                [
                    .leftOut(
                        "the map", since: "it takes several m and several nₓ",
                        command: "unlooped bench --preset standard")
                ])
        }
        let about: Phrase = """
            The winner of a shape is the rung with the shortest median. Where its factor over the next one \
            cannot be told from no difference, there is no clear winner.
            """
        return Section(
            "map", "Which rung wins where",
            [.paragraph(about), .list(ScalarKind.allCases.compactMap(summary))]
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
