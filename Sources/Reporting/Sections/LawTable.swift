import Foundation
import Measurement

/// The laws of each rung in one scalar type, for each place where X is, as a table.
struct LawTable {
    static let about =
        "A law is T = c₀ + c₁·m + c₂·nₓ + c₃·m·nₓ with coefficients that are not negative, fitted to "
        + "relative differences over the cells where X is in the same place: the nearest cache that holds it, "
        + "or memory. It holds with at least \(GrowthLaw.fewestCells) cells and where it is off by "
        + String(format: "%.0f", 100 * GrowthLaw.greatestAllowedResidual)
        + " % at most; ± is the root mean square of how far it is off."

    private let title: String
    private let laws: [(rung: String, regime: CacheRegime, law: GrowthLaw)]

    /// Nil where the cells determine no law.
    init?(_ series: [GrowthSeries], caches: [Machine.Cache]) {
        guard let first = series.first else { return nil }
        title = "Laws, \(first.scalar.rawValue)"
        laws = series.flatMap { series in
            series.laws(caches: caches).sorted { $0.key < $1.key }.map { (series.rung, $0.key, $0.value) }
        }
        guard laws.contains(where: { $0.law.terms != nil }) else { return nil }
    }

    /// The table, and where no rung has a law.
    var items: [Item] {
        let regimes = Set(laws.map { $0.regime }).sorted()
        let fitted = regimes.filter { regime in
            laws.contains { $0.regime == regime && $0.law.terms != nil }
        }
        let head = [
            "rung", "X in", "holds", "c₀", "c₁, each sample", "c₂, each feature", "c₃, each value", "cells",
            "±",
        ]
        let rows = laws.filter { fitted.contains($0.regime) }.map { row($0.rung, $0.regime, $0.law) }
        let none = regimes.filter { !fitted.contains($0) }.map { regime in
            let doubts = Set(laws.filter { $0.regime == regime }.compactMap { $0.law.doubt?.description })
            return "\(regime) (\(doubts.sorted().joined(separator: ", ")))"
        }
        let rest = "No rung has a law where X is in \(none.joined(separator: ", "))."
        return [.table(title, DataTable(head, rows, leading: 3))]
            + (none.isEmpty ? [] : [.paragraph(Phrase(rest))])
    }

    private func row(_ rung: String, _ regime: CacheRegime, _ law: GrowthLaw) -> [String] {
        let terms = law.terms
        let coefficients = [
            terms?.nanoseconds, terms?.nanosecondsPerSample, terms?.nanosecondsPerFeature,
            terms?.nanosecondsPerValue,
        ]
        return [rung, "\(regime)"]
            + [law.doubt.map { "no: \($0)" } ?? "yes"]
            + coefficients.map { value in value.map { $0 == 0 ? "0" : "\(time($0))" } ?? "–" }
            + [
                "\(law.count)",
                law.rootMeanSquareResidual.map { String(format: "%.1f %%", 100 * $0) } ?? "–",
            ]
    }

    /// A time, or its digits where it is too short for two decimals.
    private func time(_ nanoseconds: Double) -> String {
        nanoseconds < 1 ? Figures.three(nanoseconds) + " ns" : "\(TimeSpan(nanoseconds))"
    }
}
