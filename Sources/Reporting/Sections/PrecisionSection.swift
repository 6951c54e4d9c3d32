import LogisticRegression
import Measurement

/// `Float` against `Double`.
struct PrecisionSection {
    private let results: Results
    private let figures: [Figure]

    init(_ results: Results, _ figures: [Figure]) { (self.results, self.figures) = (results, figures) }

    /// The section.
    var section: Section {
        guard let (float, double) = pair else {
            return Section(
                "precision", "Float against Double",
                [
                    .leftOut(
                        "Float against Double", since: "no shape was timed in both",
                        command: "unlooped bench --scalar both")
                ])
        }
        let about: Phrase = """
            A Float has half the bytes of a Double, so that twice as many come from memory in the same time \
            and twice as many fit into a vector: a factor of 2 is what either can give. Rungs that do one \
            value at a time gain less, down to nothing. The two were timed apart from each other, so these \
            factors are ratios of medians, without an interval.
            """
        return Section(
            "precision", "Float against Double",
            [.paragraph(about)] + figures.map { .figure($0) } + [table(float, double)])
    }

    /// The largest shape that has times in both.
    private var pair: (CellResult, CellResult)? {
        let cells = results.cells.filter { $0.fastest != nil }.sorted { $0.cell.values > $1.cell.values }
        for cell in cells where cell.cell.scalar == .float {
            let other = cells.first {
                $0.cell.scalar == .double
                    && ($0.cell.m, $0.cell.nx, $0.cell.threads)
                        == (cell.cell.m, cell.cell.nx, cell.cell.threads)
            }
            if let other { return (cell, other) }
        }
        return nil
    }

    private func table(_ float: CellResult, _ double: CellResult) -> Item {
        let rows = float.rungs.map { rung in
            let (one, other) = (rung.stepTime, double.rung(rung.rung)?.stepTime)
            let factor = one.flatMap { one in
                other.map { Figures.three($0.medianNanoseconds / one.medianNanoseconds) + "×" }
            }
            return [rung.rung, Figures.time(one), Figures.time(other), factor ?? "–"]
        }
        let cell = float.cell
        return .table(
            "At m = \(Prose.grouped(cell.m)), n_x = \(Prose.grouped(cell.nx)), "
                + Prose.count(cell.threads, "thread"),
            DataTable(["rung", "a step in float", "in double", "float over double"], rows))
    }
}
