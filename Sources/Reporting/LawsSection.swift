import LogisticRegression
import Measurement

/// How the time of a step grows with m and n_x: laws, slopes and crossovers.
struct LawsSection {
    private let series: [GrowthSeries]
    private let factors: [FactorSeries]
    private let caches: [Machine.Cache]

    /// Of the number of threads that the largest cell has.
    init(_ results: Results) {
        let threads = results.largestCell?.cell.threads
        series = results.growthSeries.filter { $0.threads == threads }
        factors = results.factorSeries.filter { $0.threads == threads }
        caches = results.machine.caches
    }

    /// The section, with its heading; nil where nothing was timed.
    var markdown: String? {
        guard !series.isEmpty else { return nil }
        let parts = [
            ("laws", LawTable.about, tables { LawTable(series(of: $0), caches: caches)?.markdown }),
            (
                "slopes", SlopeTable.about,
                tables { scalar, axis in SlopeTable(series(of: scalar), along: axis)?.markdown }
            ),
            (
                "crossovers", CrossoverTable.about,
                tables { scalar, axis in
                    CrossoverTable(factors.filter { $0.scalar == scalar }, along: axis)?.markdown
                }
            ),
        ]
        let found = parts.filter { !$0.2.isEmpty }.flatMap { [$0.1] + $0.2 }
        let missing = parts.filter { $0.2.isEmpty }.map { $0.0 }
        let advice =
            "Too few cells for \(missing.joined(separator: ", ")): `unlooped bench --preset standard` times "
            + "enough."
        return (["## Laws of growth"] + found + (missing.isEmpty ? [] : [advice])).joined(separator: "\n\n")
    }

    private func series(of scalar: ScalarKind) -> [GrowthSeries] { series.filter { $0.scalar == scalar } }

    private func tables(_ table: (ScalarKind) -> String?) -> [String] {
        ScalarKind.allCases.compactMap(table)
    }

    private func tables(_ table: (ScalarKind, GrowthAxis) -> String?) -> [String] {
        ScalarKind.allCases.flatMap { scalar in GrowthAxis.allCases.compactMap { table(scalar, $0) } }
    }
}

extension GrowthAxis {
    /// The size that grows: `m` or `n_x`, in Markdown.
    var symbol: String { self == .samples ? "m" : "n\\_x" }

    /// A value of the size that stays as it is, in Markdown.
    func fixed(_ size: Int) -> String { (self == .samples ? "n\\_x = " : "m = ") + Prose.grouped(size) }
}
