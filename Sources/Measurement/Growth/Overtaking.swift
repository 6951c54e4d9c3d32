/// How a pair of implementations stands along one axis.
package enum Overtaking: Sendable, Equatable {
    /// Faster at each size, by the whole interval of the factor.
    case faster
    /// Slower at each size, by the whole interval of the factor.
    case slower
    /// It overtakes or falls behind, by size.
    case crosses([Crossover])
    /// No clear crossing, and not clearly faster or slower throughout.
    case unclear

    /// How it stands at `points`; nil with fewer than two usable sizes.
    package init?(_ points: [FactorPoint], along axis: GrowthAxis) {
        let usable = points.filter { $0.isUsable }
        guard Set(usable.map { axis.size(of: $0.cell) }).count >= 2 else { return nil }
        let crossovers = Crossover.all(of: usable, along: axis)
        if !crossovers.isEmpty {
            self = .crosses(crossovers)
        } else if usable.allSatisfy({ $0.low > 1 }) {
            self = .faster
        } else if usable.allSatisfy({ $0.high < 1 }) {
            self = .slower
        } else {
            self = .unclear
        }
    }
}
