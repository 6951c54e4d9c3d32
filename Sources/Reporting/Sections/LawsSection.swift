import Problems
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

    /// The section.
    var section: Section {
        let parts: [(name: String, about: String, items: [Item])] = [
            ("laws", LawTable.about, items { LawTable(series(of: $0), caches: caches)?.items ?? [] }),
            (
                "slopes", SlopeTable.about,
                items { scalar, axis in SlopeTable(series(of: scalar), along: axis)?.item }
            ),
            (
                "crossovers", CrossoverTable.about,
                items { scalar, axis in
                    CrossoverTable(factors.filter { $0.scalar == scalar }, along: axis)?.item
                }
            ),
        ]
        let found = parts.filter { !$0.items.isEmpty }.flatMap { part in
            [.heading(Prose.capitalized(part.name)), .paragraph(Phrase(part.about))] + part.items
        }
        let missing = parts.filter { $0.items.isEmpty }.map { $0.name }
        let rest = missing.isEmpty ? [] : [leftOut(missing)]
        return Section("laws", "Laws of growth", found + rest)
    }

    private func leftOut(_ names: [String]) -> Item {
        .leftOut(
            Prose.list(names), since: "there are too few cells",
            command: "unlooped bench --preset standard")
    }

    private func series(of scalar: ScalarKind) -> [GrowthSeries] { series.filter { $0.scalar == scalar } }

    private func items(_ items: (ScalarKind) -> [Item]) -> [Item] { ScalarKind.allCases.flatMap(items) }

    private func items(_ item: (ScalarKind, GrowthAxis) -> Item?) -> [Item] {
        ScalarKind.allCases.flatMap { scalar in GrowthAxis.allCases.compactMap { item(scalar, $0) } }
    }
}
