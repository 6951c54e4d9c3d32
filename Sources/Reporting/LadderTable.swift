import Foundation
public import Measurement

/// The ladder in one cell, as a table in Markdown: what each rung changes and what that is worth.
public struct LadderTable {
    private let result: CellResult

    /// The ladder in `result`.
    public init(_ result: CellResult) { self.result = result }

    /// The table, without a heading.
    public var markdown: String {
        let first = result.reference.map { Markdown.escaped($0.rung) } ?? "the first"
        let greatest = result.timed.compactMap { result.factorOverReference($0)?.median }.max() ?? 1
        let head = [
            "rung", "what it changes", "time per step", "±", "over the one it builds on", "over \(first)",
            "", "GB/s of X", "error / bound",
        ]
        let rows = result.rungs.map { rung -> [String] in
            let factor = result.factorOverReference(rung)
            return [
                "**" + Markdown.escaped(rung.rung) + "**", Markdown.escaped(rung.idea),
                rung.stepTime == nil ? absence(rung) : Figures.time(rung.stepTime),
                Figures.spread(rung.stepTime), Figures.factor(result.factorOverPrevious(rung)),
                Figures.factor(factor), Markdown.bar(Self.length(factor, greatest: greatest)),
                Figures.gigabytesPerSecond(result.rates(rung)), Figures.verdict(rung.verdict),
            ]
        }
        // The column of bars starts at the left.
        let table = Markdown.table(head, leading: 2, rows).split(
            separator: "\n", omittingEmptySubsequences: false)
        let rule =
            "| " + head.indices.map { $0 < 2 || $0 == 6 ? ":--" : "--:" }.joined(separator: " | ") + " |"
        return ([table[0], rule[...]] + table.dropFirst(2)).joined(separator: "\n")
    }

    private func absence(_ rung: RungResult) -> String {
        rung.verdict?.passed == false ? "disagrees" : "skipped"
    }

    /// How long a bar is, from 0 to 1, on a logarithmic scale from 1× to `greatest`.
    private static func length(_ factor: Factor?, greatest: Double) -> Double {
        guard let factor, factor.median > 1, greatest > 1 else { return 0 }
        return log(factor.median) / log(greatest)
    }
}
