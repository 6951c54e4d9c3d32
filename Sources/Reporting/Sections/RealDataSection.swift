import Problems
import Measurement

/// The ladder on data sets that have a name, where random data were timed too.
struct RealDataSection {
    private let results: Results
    private let figures: [Figure]

    /// - Parameter figures: ladders on the first of the data sets.
    init(_ results: Results, _ figures: [Figure]) { (self.results, self.figures) = (results, figures) }

    /// The section.
    var section: Section {
        Section("data", "Real data", items)
    }

    private var items: [Item] {
        let cells = results.cells.filter { $0.cell.data != nil && $0.fastest != nil }
        guard !cells.isEmpty else {
            return [
                .leftOut(
                    "a data set from the real world", since: "only random data were timed",
                    command: "unlooped bench --data fashion-mnist")
            ]
        }
        guard results.largestCell?.cell.data == nil else {
            return [.paragraph("All that was timed, here and above, are real data.")]
        }
        let about: Phrase = """
            Data from the real world in place of random ones, which all else here was timed with. What is to \
            be computed depends on the shape of X alone.
            """
        return [.paragraph(about), .list(cells.map(fastest))] + .figures(figures)
    }

    private func fastest(_ cell: CellResult) -> Phrase {
        guard let fastest = cell.fastest, let factor = cell.factorOverReference(fastest),
            let reference = cell.reference
        else { return "" }
        return """
            \(Captions.cell(cell.cell)): the fastest is \(strong: fastest.rung), with \
            \(Figures.time(fastest.stepTime)) a step, \(Figures.three(factor.median)) times as fast as \
            \(reference.rung).
            """
    }
}
