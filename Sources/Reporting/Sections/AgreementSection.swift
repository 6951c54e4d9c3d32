import Problems
import Measurement

/// How far each rung may be off, and is.
struct AgreementSection {
    private let results: Results
    private let figures: [Figure]

    init(_ results: Results, _ figures: [Figure]) { (self.results, self.figures) = (results, figures) }

    /// The section.
    var section: Section {
        let rows = rows
        guard !rows.isEmpty else {
            return Section.leftOut(
                "agreement", "Agreement",
                "agreement", since: "no judge has seen these implementations",
                command: "unlooped bench")
        }
        let about: Phrase = """
            Before it is timed each implementation is judged, on the data that it is timed with: J, dw and db \
            are compared with a reference in extended precision, and each must be within a bound that \
            follows from the data and from how the implementation sums. Below 1 is within the bound; \
            shorter sums have less of an error, so speed and accuracy often come together.
            """
        return Section(
            "agreement", "Agreement",
            [.paragraph(about), .paragraph(summary)] + .figures(figures) + [
                .table(
                    "The greatest error / bound of each rung, over all cells",
                    DataTable(
                        ["rung", "how it sums", "where", "error / bound"], rows, leading: 3))
            ])
    }

    private var verdicts: [(cell: CellResult, rung: RungResult, verdict: CellVerdict)] {
        results.cells.flatMap { cell in
            cell.rungs.compactMap { rung in rung.verdict.map { (cell, rung, $0) } }
        }
    }

    private var summary: Phrase {
        let verdicts = verdicts
        let failed = verdicts.filter { !$0.verdict.passed }
        if let first = failed.first {
            return """
                \(strong: "\(failed.count) of \(verdicts.count) verdicts are against an implementation"): \
                \(first.rung.rung) is off in \(first.verdict.element) by \(Figures.three(first.verdict.error)) \
                at \(Captions.cell(first.cell.cell)), where the bound is \(Figures.three(first.verdict.bound)).
                """
        }
        let worst = verdicts.max { $1.verdict.isWorse(than: $0.verdict) }
        return """
            All \(Prose.count(verdicts.count, "verdict")) are in favour. The nearest to its bound is \
            \(strong: worst?.rung.rung ?? "") at \(worst.map { Captions.cell($0.cell.cell) } ?? ""): \
            \(Figures.percent(worst?.verdict.ratio)) of it.
            """
    }

    /// The worst verdict of each rung, in the order of the ladder.
    private var rows: [[String]] {
        let verdicts = Dictionary(grouping: verdicts) { $0.rung.rung }
        var names: [String] = []
        for rung in results.cells.flatMap({ $0.rungs }) where !names.contains(rung.rung) {
            names.append(rung.rung)
        }
        return names.compactMap { name in
            guard let worst = verdicts[name]?.max(by: { $1.verdict.isWorse(than: $0.verdict) }) else {
                return nil
            }
            return [
                name, worst.rung.sums, Captions.cell(worst.cell.cell), Figures.verdict(worst.verdict),
            ]
        }
    }
}
