public import Measurement

/// The report of a study, in Markdown. It is made from the results alone, and can be made again from
/// them at any time.
public struct MarkdownReport {
    private let results: Results

    /// The report of `results`.
    public init(_ results: Results) { self.results = results }

    /// The text of `report.md`.
    public var text: String {
        let sections =
            [
                "# Unlooped: report", headline, warnings, ladder, otherScalar, growth,
                LawsSection(results).markdown, training, MachineSection(results).markdown,
            ]
        return sections.compactMap(\.self).filter { !$0.isEmpty }.joined(separator: "\n\n") + "\n"
    }

    /// The fastest rung against the first on the largest cell, in a sentence.
    public var headline: String { Headline(results).sentence }

    private var warnings: String? {
        let advice = results.advice.map { Prose.sentence(Markdown.escaped($0.message)) }
        let warnings = advice + Absences(results).sentences
        return warnings.isEmpty ? nil : "**Note**\n\n" + Markdown.list(warnings)
    }

    private var ladder: String? { results.largestCell.map { section("The ladder", $0) } }

    /// The ladder in the same shape and the other scalar type.
    private var otherScalar: String? {
        guard let largest = results.largestCell?.cell else { return nil }
        let other = results.cells.first {
            $0.cell.scalar != largest.scalar && $0.fastest != nil
                && ($0.cell.m, $0.cell.nx, $0.cell.threads) == (largest.m, largest.nx, largest.threads)
        }
        return other.map { section("The same in \($0.cell.scalar.rawValue)", $0) }
    }

    private func section(_ title: String, _ cell: CellResult) -> String {
        let slow = cell.timed.compactMap { Slowdown($0, in: cell, on: results.machine)?.sentence }
        let about =
            "\(Prose.shape(cell.cell)); X has \(ByteCount(cell.cell.xBytes)). A step is J, dw, db and the "
            + "update of w and b. Times are medians, ± half the interval of the median; factors are medians "
            + "of the rounds' ratios, and the bars show them on a logarithmic scale. GB/s counts X once a step."
        let parts = ["## \(title)", about, LadderTable(cell).markdown, Markdown.list(slow)]
        return parts.filter { !$0.isEmpty }.joined(separator: "\n\n")
    }

    private var growth: String? {
        let tables = GrowthSection(results).markdown
        return tables.isEmpty ? nil : "## Growth\n\n" + tables.joined(separator: "\n\n")
    }

    private var training: String? { results.training.map { TrainingSection($0).markdown } }
}
