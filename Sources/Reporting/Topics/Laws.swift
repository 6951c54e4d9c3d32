import Problems
import Measurement

/// How the time of a step grows with m and n_x: laws and crossovers, for the number of threads that the
/// largest cell has.
struct LawsTopic: Topic {
    static let id = "laws"
    static let title = "Laws of growth"
    static let about =
        "Fixed cost and cost of a value for each version, and from which size on one overtakes another."

    private let series: [GrowthSeries]
    private let factors: [FactorSeries]
    private let caches: [Machine.Cache]

    init(results: Results) {
        let threads = results.largestCell?.cell.threads
        series = results.growthSeries.filter { $0.threads == threads }
        factors = results.factorSeries.filter { $0.threads == threads }
        caches = results.machine.caches
    }

    var items: [Item] {
        let scalars = ScalarKind.allCases
        let axes = scalars.flatMap { scalar in GrowthAxis.allCases.map { (scalar, $0) } }
        let parts: [(name: String, about: String, items: [Item])] = [
            (
                "laws",
                """
                A law is T = c₀ + c₁·m + c₂·nₓ + c₃·m·nₓ with coefficients that are not negative, fitted to \
                relative differences over the cells where X is in the same place: the nearest cache that holds it, \
                or memory. It holds with at least \(GrowthLaw.fewestCells) cells and where it is off by \
                \(Numbers.percent(GrowthLaw.greatestAllowedResidual)) at most; ± is the root mean square of \
                how far it is off.
                """, scalars.flatMap(laws)
            ),
            (
                "crossovers",
                """
                A crossover is the size from which a rung is faster, or slower, than the one it builds on. It lies \
                between two cells, where the factor is taken to be straight on log-log axes; its interval holds all \
                sizes where the factor's interval holds 1, and knows nothing of what happens between the cells. \
                Faster and slower are so at each size; pairs without a crossover are left out.
                """, axes.compactMap(crossovers)
            ),
        ]
        let found = parts.filter { !$0.items.isEmpty }.flatMap { part in
            [.heading(Prose.capitalized(part.name)), .paragraph(Phrase(part.about))] + part.items
        }
        let missing = parts.filter { $0.items.isEmpty }.map { $0.name }
        guard !missing.isEmpty else { return found }
        return found
            + [Item].leftOut(
                Prose.list(missing), since: "there are too few cells",
                command: "unlooped bench --preset standard")
    }

    /// The laws of each rung in one scalar type, for each place where X is, and where no rung has a law; nothing
    /// where the cells determine none.
    private func laws(_ scalar: ScalarKind) -> [Item] {
        let laws = series.filter { $0.scalar == scalar }.flatMap { series in
            series.laws(caches: caches).sorted { $0.key < $1.key }
                .map { (rung: series.rung, regime: $0.key, law: $0.value) }
        }
        let fitted = Set(laws.filter { $0.law.terms != nil }.map { $0.regime })
        guard !fitted.isEmpty else { return [] }
        let head = [
            "rung", "X in", "c₀", "c₁, each sample", "c₂, each feature", "c₃, each value", "cells",
            "±",
        ]
        let (holding, others) = (laws.filter { $0.law.holds }, laws.filter { !$0.law.holds })
        let rows = holding.compactMap { rung, regime, law in
            law.terms.map { terms in
                [rung, "\(regime)"]
                    + [
                        terms.nanoseconds, terms.nanosecondsPerSample, terms.nanosecondsPerFeature,
                        terms.nanosecondsPerValue,
                    ].map(Self.time)
                    + [
                        "\(law.count)",
                        law.rootMeanSquareResidual.map { Numbers.percent($0, digits: 1) } ?? Numbers.none,
                    ]
            }
        }
        let places = Dictionary(grouping: others) { $0.regime }.sorted { $0.key < $1.key }.map {
            regime, laws in
            let rungs = Set(laws.map { $0.rung })
            return
                "\(rungs.count == 1 ? laws[0].rung : Numbers.count(rungs.count, "rung")) where X is in \(regime)"
        }
        let rest: Phrase = "No law holds, or can be told, for \(Prose.list(places))."
        return
            (rows.isEmpty
            ? [] : [.table("Laws, \(scalar.rawValue)", DataTable(head, rows, leading: 2))])
            + (places.isEmpty ? [] : [.paragraph(rest)])
    }

    /// A time, or its digits where it is too short for two decimals.
    private static func time(_ nanoseconds: Double) -> String {
        nanoseconds == 0
            ? "0"
            : nanoseconds < 1 ? Numbers.three(nanoseconds) + " ns" : Numbers.nanoseconds(nanoseconds)
    }

    /// Where rungs overtake the ones that they build on along one axis in one scalar type, or a sentence where
    /// nothing crosses; nil where no pair has two sizes.
    private func crossovers(_ scalar: ScalarKind, along axis: GrowthAxis) -> Item? {
        let pairs = factors.filter { $0.scalar == scalar }
            .map { (name: "\($0.rung) over \($0.previous)", outcomes: $0.overtakings(along: axis)) }
            .filter { !$0.outcomes.isEmpty }
        guard !pairs.isEmpty else { return nil }
        let crossing = pairs.filter { pair in
            pair.outcomes.values.contains { if case .crosses = $0 { true } else { false } }
        }
        let title = "Crossovers as \(axis.sign) grows, \(scalar.rawValue)"
        guard !crossing.isEmpty else { return .paragraph("\(strong: title): no clear crossing.") }
        let sizes = Set(pairs.flatMap { $0.outcomes.keys }).sorted()
        let rows = crossing.map { pair in
            [pair.name] + sizes.map { pair.outcomes[$0].map(text) ?? Numbers.none }
        }
        return .table(title, DataTable(["pair"] + sizes.map(axis.fixed), rows))
    }

    private func text(_ outcome: Overtaking) -> String {
        switch outcome {
        case .faster: "faster"
        case .slower: "slower"
        case .unclear: "no clear crossing"
        case .crosses(let crossovers):
            crossovers.map { crossover in
                let low = crossover.low.map(Numbers.roundedSize) ?? "below the smallest"
                let high = crossover.high.map(Numbers.roundedSize) ?? "above the largest"
                return "\(crossover.overtakes ? "faster" : "slower") from "
                    + "\(Numbers.roundedSize(crossover.size)) (\(low) to \(high))"
            }.joined(separator: "; ")
        }
    }
}
