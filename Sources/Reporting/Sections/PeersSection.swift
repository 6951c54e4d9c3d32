import Measurement

/// The best rung of each cell beside the same step in other languages.
struct PeersSection {
    private static let (id, title) = ("peers", "Beside other languages")

    private let results: Results
    private let comparison: PeerComparison
    private let figures: [Figure]

    init(_ results: Results, _ figures: [Figure]) {
        (self.results, self.figures) = (results, figures)
        comparison = PeerComparison(results)
    }

    /// The section.
    var section: Section {
        guard let summary = PeerSummary(comparison.matches) else {
            let none = Section.leftOut(
                Self.id, Self.title, "other languages", since: "no peer was timed",
                command: "unlooped bench --preset peers --peer all")
            return Section(none.id, none.title, none.items + absences)
        }
        let (tables, shortfalls) = (PeerTables(comparison), PeerShortfalls(comparison, results))
        return Section(
            Self.id, Self.title,
            [.paragraph(about), .paragraph(words(summary)), tables.goals] + shortfalls.means
                + .figures(figures) + [tables.standings, tables.groups] + shortfalls.cells + absences
                + [tables.cells])
    }

    private let about: Phrase = """
        Peers are programs in other languages that make the same step. They are held to the same reference, \
        and timed in the same rounds, on the same data, with as many threads; one that has no threads takes \
        part in cells of one thread only. The best rung and the best peer of a cell are those with the \
        shortest medians, and their factor is taken round by round. A cell reaches what is asked for, or misses \
        it, where its whole interval does; elsewhere that is not clear.
        """

    private func words(_ summary: PeerSummary) -> Phrase {
        let worst = summary.worst
        let without = results.cells.count - summary.count
        let rest =
            without == 0
            ? "" : " \(Prose.count(without, "cell")) \(without == 1 ? "has" : "have") no time of a peer."
        return """
            Over \(Prose.count(summary.count, "cell")) the best rung is \
            \(strong: Figures.three(summary.geometricMean) + " times as fast") as the best peer of each, by \
            the geometric mean: clearly faster in \(summary.count(of: .ahead)), clearly slower in \
            \(strong: "\(summary.count(of: .behind))"), without a clear difference in \
            \(summary.count(of: .unclear)). The smallest factor is \(Captions.factor(worst.factor)), of \
            \(worst.rung.rung) over \(worst.peer.rung) at \(Captions.cell(worst.cell.cell)).\(rest)
            """
    }

    private var absences: [Item] {
        let sentences = Absences(results) { $0.peers }.sentences
        return sentences.isEmpty ? [] : [.heading("Peers that were not timed"), .list(sentences)]
    }
}
