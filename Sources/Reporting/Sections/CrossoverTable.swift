import Foundation
import Measurement

/// Where rungs overtake the ones that they build on along one axis in one scalar type, as a table.
struct CrossoverTable {
    static let about =
        "A crossover is the size from which a rung is faster, or slower, than the one it builds on. It lies "
        + "between two cells, where the factor is taken to be straight on log-log axes; its interval holds all "
        + "sizes where the factor's interval holds 1, and knows nothing of what happens between the cells. "
        + "Faster and slower are so at each size; pairs without a crossover are left out."

    private let axis: GrowthAxis
    private let scalar: String
    private let pairs: [(name: String, outcomes: [Int: Overtaking])]

    /// Nil where no pair has two sizes.
    init?(_ series: [FactorSeries], along axis: GrowthAxis) {
        pairs = series.map { ("\($0.rung) over \($0.previous)", $0.overtakings(along: axis)) }
            .filter { !$0.1.isEmpty }
        guard let first = series.first, !pairs.isEmpty else { return nil }
        (self.axis, scalar) = (axis, first.scalar.rawValue)
    }

    /// The table, or a sentence where nothing crosses.
    var item: Item {
        let sizes = Set(pairs.flatMap { $0.outcomes.keys }).sorted()
        let crossing = pairs.filter { pair in
            pair.outcomes.values.contains { if case .crosses = $0 { true } else { false } }
        }
        let title = "Crossovers as \(axis.sign) grows, \(scalar)"
        guard !crossing.isEmpty else { return .paragraph("\(strong: title): no clear crossing.") }
        let rows = crossing.map { pair in
            [pair.name] + sizes.map { pair.outcomes[$0].map(text) ?? "–" }
        }
        return .table(title, DataTable(["pair"] + sizes.map(axis.fixed), rows))
    }

    private func text(_ outcome: Overtaking) -> String {
        switch outcome {
        case .faster: "faster"
        case .slower: "slower"
        case .unclear: "no clear crossing"
        case .crosses(let crossovers): crossovers.map(text).joined(separator: "; ")
        }
    }

    private func text(_ crossover: Crossover) -> String {
        let low = crossover.low.map(Self.size) ?? "below the smallest"
        let high = crossover.high.map(Self.size) ?? "above the largest"
        return "\(crossover.overtakes ? "faster" : "slower") from \(Self.size(crossover.size)) "
            + "(\(low) to \(high))"
    }

    /// A size as a whole number, which sizes are, with three digits, which is more than is known.
    private static func size(_ value: Double) -> String {
        let unit = pow(10, max(0, log10(value).rounded(.down) - 2))
        return Int(exactly: (value / unit).rounded() * unit).map(Prose.grouped) ?? Figures.three(value)
    }
}
