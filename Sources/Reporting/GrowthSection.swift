import Measurement
import LogisticRegression

/// How the time of one value of X changes as m or n_x grows.
struct GrowthSection {
    private let results: Results

    init(_ results: Results) { self.results = results }

    /// The tables, each with a heading; nothing where no axis has two values.
    var markdown: [String] {
        guard let largest = results.largestCell?.cell else { return [] }
        return ScalarKind.allCases.flatMap { scalar -> [String] in
            let cells = results.cells.filter {
                $0.cell.scalar == scalar && $0.cell.threads == largest.threads
            }
            return [
                table(
                    cells.filter { $0.cell.nx == largest.nx }.sorted { $0.cell.m < $1.cell.m },
                    "Growing m, at n_x = \(Prose.grouped(largest.nx)), \(scalar.rawValue)"
                ) { "m = \(Prose.grouped($0.m))" },
                table(
                    cells.filter { $0.cell.m == largest.m }.sorted { $0.cell.nx < $1.cell.nx },
                    "Growing n_x, at m = \(Prose.grouped(largest.m)), \(scalar.rawValue)"
                ) { "n_x = \(Prose.grouped($0.nx))" },
            ].compactMap(\.self)
        }
    }

    private func table(_ cells: [CellResult], _ title: String, _ head: (Cell) -> String) -> String? {
        guard cells.count > 1 else { return nil }
        var names: [String] = []
        for rung in cells.flatMap({ $0.rungs }) where !names.contains(rung.rung) { names.append(rung.rung) }
        let rows = names.map { name in
            [Markdown.escaped(name)]
                + cells.map { cell in
                    guard let time = cell.rung(name)?.stepTime else { return "–" }
                    return Figures.three(
                        time.medianNanoseconds / (Double(cell.cell.m) * Double(cell.cell.nx)))
                }
        }
        let sizes = ["*bytes of X*"] + cells.map { "*\(ByteCount($0.cell.xBytes))*" }
        return "### " + Markdown.escaped(title) + "\n\nNanoseconds of a step for each value of X.\n\n"
            + Markdown.table(["rung"] + cells.map { Markdown.escaped(head($0.cell)) }, rows + [sizes])
    }
}
