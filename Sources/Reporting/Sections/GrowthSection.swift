import LogisticRegression
import Measurement

/// How the time of one value of X changes as m or n_x grows.
struct GrowthSection {
    private let results: Results

    init(_ results: Results) { self.results = results }

    /// The section.
    var section: Section {
        let tables = tables
        guard !tables.isEmpty else {
            return Section(
                "growth", "Growth",
                [
                    .leftOut(
                        "growth", since: "no two cells differ in m alone or in n_x alone",
                        command: "unlooped bench --m 1000,10000,100000 --nx 8,128")
                ])
        }
        let about: Phrase = """
            If a step took the same time for each value of X, whatever the size, these lines would be level. \
            They fall where a fixed cost, such as waking threads, is shared by more and more values, and rise \
            where X outgrows a cache.
            """
        return Section("growth", "Growth", [.paragraph(about)] + tables)
    }

    /// Nothing where no axis has two values.
    private var tables: [Item] {
        guard let largest = results.largestCell?.cell else { return [] }
        return ScalarKind.allCases.flatMap { scalar in
            let cells = results.cells.filter {
                $0.cell.scalar == scalar && $0.cell.threads == largest.threads
            }
            return GrowthAxis.allCases.compactMap { axis in
                table(
                    cells.filter { axis.fixedSize(of: $0.cell) == axis.fixedSize(of: largest) }
                        .sorted { axis.size(of: $0.cell) < axis.size(of: $1.cell) },
                    "Nanoseconds of a step for each value of X as \(axis.symbol) grows, at "
                        + "\(axis.fixed(axis.fixedSize(of: largest))), \(scalar.rawValue)"
                ) { axis.grown(axis.size(of: $0)) }
            }
        }
    }

    private func table(_ cells: [CellResult], _ title: String, _ head: (Cell) -> String) -> Item? {
        guard cells.count > 1 else { return nil }
        var names: [String] = []
        for rung in cells.flatMap({ $0.rungs }) where !names.contains(rung.rung) { names.append(rung.rung) }
        let rows = names.map { name in
            [name]
                + cells.map { cell in
                    guard let time = cell.rung(name)?.stepTime else { return "–" }
                    return Figures.three(
                        time.medianNanoseconds / (Double(cell.cell.m) * Double(cell.cell.nx)))
                }
        }
        let sizes = ["bytes of X"] + cells.map { "\(ByteCount($0.cell.xBytes))" }
        return .table(title, DataTable(["rung"] + cells.map { head($0.cell) }, rows + [sizes]))
    }
}

extension GrowthAxis {
    /// The size that grows: `m` or `n_x`.
    var symbol: String { self == .samples ? "m" : "n_x" }

    /// A value of the size that grows: `m = 1 000`.
    func grown(_ size: Int) -> String { "\(symbol) = " + Prose.grouped(size) }

    /// A value of the size that stays as it is: `n_x = 128`.
    func fixed(_ size: Int) -> String { (self == .samples ? "n_x = " : "m = ") + Prose.grouped(size) }
}
