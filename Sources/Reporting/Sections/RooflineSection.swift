import Measurement

/// How near each rung comes to what the machine can do.
struct RooflineSection {
    private let results: Results
    private let figures: [Figure]

    init(_ results: Results, _ figures: [Figure]) { (self.results, self.figures) = (results, figures) }

    /// The section.
    var section: Section {
        guard let cell = results.largestCell, !nearest(cell).isEmpty || !figures.isEmpty else {
            return Section.leftOut(
                "roofline", "The roofline",
                "the roofline", since: "reading memory was not timed beside the steps",
                command: "unlooped bench")
        }
        let about: Phrase = """
            No step can be shorter than reading X once takes, nor than its additions and multiplications \
            take at the highest rate of this machine. Both were measured here, the reading in the same rounds as \
            the steps. What is left of 100 % is what a better implementation could still gain.
            """
        return Section(
            "roofline", "The roofline",
            [.paragraph(about), .list(nearest(cell))] + .figures(figures))
    }

    /// Which rung comes nearest in a cell, on one thread and on several, and what limits it.
    private func nearest(_ cell: CellResult) -> [Phrase] {
        [("On one thread", false), ("On several", true)].compactMap { kind, isThreaded in
            let found = cell.contenders.filter { $0.isThreaded == isThreaded }.compactMap { rung in
                results.roofline(rung, in: cell).map { (rung, $0) }
            }
            guard let (rung, roofline) = found.max(by: { $0.1.fraction < $1.1.fraction }) else { return nil }
            return """
                \(kind) \(strong: rung.rung) comes nearest at \(Captions.cell(cell.cell)): \
                \(Figures.percent(roofline.fraction)) of what \(roofline.bound.limit) allows.
                """
        }
    }
}
