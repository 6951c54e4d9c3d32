public import Measurement

/// The ladder in one cell, as a table: what each rung changes and what that is worth.
public struct LadderTable {
    private let result: CellResult

    /// The ladder in `result`.
    public init(_ result: CellResult) { self.result = result }

    /// A row for each rung, those without a time too; ≈ marks a factor that cannot be told from no
    /// difference.
    public var table: DataTable {
        let first = result.reference?.rung ?? "the first"
        return DataTable(
            [
                "rung", "what it changes", "time per step", "±", "over the one it builds on", "over \(first)",
                "GB/s of X", "error / bound",
            ],
            result.rungs.map { rung in
                [
                    rung.rung, rung.idea, rung.stepTime == nil ? absence(rung) : Figures.time(rung.stepTime),
                    Figures.spread(rung.stepTime),
                    Figures.factor(result.factorOverPrevious(rung), in: result),
                    overReference(rung), Figures.gigabytesPerSecond(result.rates(rung)),
                    Figures.verdict(rung.verdict),
                ]
            }, leading: 2)
    }

    /// The table in Markdown.
    public var markdown: String { Markdown.table(table) }

    private func overReference(_ rung: RungResult) -> String {
        let factor = result.factorOverReference(rung)
        // That the reference is as fast as itself needs no doubt.
        return rung.rung == result.reference?.rung
            ? Figures.factor(factor) : Figures.factor(factor, in: result)
    }

    private func absence(_ rung: RungResult) -> String {
        rung.verdict?.passed == false ? "disagrees" : "skipped"
    }
}
