import Problems
import Measurement

/// The ladder on data sets that have a name, where random data were timed too.
struct RealDataTopic: Topic {
    static let id = "data"
    static let title = "Real data"
    static let about = "The ladder on data from outside."
    static let figureIDs = perScalar("ladder-data")

    let results: Results

    /// The ladder on the first data set that has a name, in both scalars, on as many threads as were tried; none
    /// where the other topics are about these data.
    var figures: [Figure] {
        guard results.largestCell?.cell.data == nil,
            let name = results.cells.lazy.compactMap({ $0.cell.data }).first
        else { return [] }
        return ScalarKind.allCases.compactMap { scalar in
            let cells = results.cells(on: name).filter { $0.cell.scalar == scalar && $0.fastest != nil }
            return cells.max { $0.cell.threads < $1.cell.threads }
                .flatMap { LadderFigure($0)?.figure(id: "ladder-data-\(scalar.rawValue)") }
        }
    }

    var items: [Item] {
        let cells = results.cells.filter { $0.cell.data != nil && $0.fastest != nil }
        guard !cells.isEmpty else {
            return .leftOut(
                "a data set from the real world", since: "only random data were timed",
                command: "unlooped bench --data fashion-mnist")
        }
        guard results.largestCell?.cell.data == nil else {
            return [.paragraph("All that was timed, here and above, are real data.")]
        }
        let about: Phrase = """
            Data from the real world in place of random ones, which all else here was timed with. What is to \
            be computed depends on the shape of X alone.
            """
        return [.paragraph(about), .list(cells.map(fastest))] + figures.map(Item.figure)
    }

    private func fastest(_ cell: CellResult) -> Phrase {
        guard let fastest = cell.fastest, let factor = cell.factorOverReference(fastest),
            let reference = cell.reference
        else { return "" }
        return """
            \(Prose.cell(cell.cell)): the fastest is \(strong: fastest.rung), with \
            \(Numbers.time(fastest.stepTime)) a step, \(Numbers.three(factor.median)) times as fast as \
            \(reference.rung).
            """
    }
}
