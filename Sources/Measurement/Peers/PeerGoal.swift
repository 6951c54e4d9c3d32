/// How much faster than peers the fastest implementation of each cell is meant to be.
public struct PeerGoal: Sendable, Equatable {
    /// Which peer it is measured by.
    public enum Rival: Sendable, Equatable {
        /// The fastest of each cell.
        case best
        /// The one with this name.
        case named(String)
    }

    /// What has to reach the factor.
    public enum Measure: Sendable { case everyCell, geometricMean }

    /// How far it is reached.
    public enum Answer: Sendable {
        /// It is.
        case met
        /// It is not, but no interval lies wholly below the factor.
        case unclear
        /// It is not.
        case missed
    }

    /// Which peer it is measured by.
    public let rival: Rival

    /// The factor to be reached.
    public let factor: Double

    /// What has to reach it.
    public let measure: Measure

    /// Whether it is for narrow and tall shapes only.
    public let isNarrow: Bool

    /// The most features of a narrow shape.
    public static let narrowestFeatures = 8

    /// The fewest samples of a narrow shape.
    public static let fewestSamples = 100_000

    /// What the study sets out to reach.
    public static let all = [
        PeerGoal(rival: .best, factor: 1, measure: .everyCell, isNarrow: false),
        PeerGoal(rival: .best, factor: 1.75, measure: .geometricMean, isNarrow: false),
        PeerGoal(rival: .named("numpy"), factor: 4, measure: .geometricMean, isNarrow: false),
        PeerGoal(rival: .best, factor: 3, measure: .everyCell, isNarrow: true),
        PeerGoal(rival: .named("numpy"), factor: 10, measure: .everyCell, isNarrow: true),
    ]

    /// The matches that it is about.
    public func matches(in comparison: PeerComparison) -> [PeerMatch] {
        let matches =
            switch rival {
            case .best: comparison.matches
            case .named(let name): comparison.standings.first { $0.name == name }?.matches ?? []
            }
        return isNarrow ? matches.filter { Self.isNarrow($0.cell.cell) } : matches
    }

    /// How far it is reached; nil without matches.
    public func answer(in comparison: PeerComparison) -> Answer? {
        let matches = matches(in: comparison)
        guard let summary = PeerSummary(matches) else { return nil }
        switch measure {
        case .geometricMean: return summary.geometricMean >= factor ? .met : .missed
        case .everyCell:
            if summary.worst.factor.median >= factor { return .met }
            return matches.contains { isMissed(by: $0) } ? .missed : .unclear
        }
    }

    /// Whether a cell alone misses it clearly: its interval lies below the factor, and where that is 1, apart
    /// from those of the controls.
    private func isMissed(by match: PeerMatch) -> Bool {
        factor == 1 ? match.outcome == .behind : match.factor.interval.high < factor
    }

    /// Whether a cell has narrow and tall data.
    public static func isNarrow(_ cell: Cell) -> Bool {
        cell.nx <= narrowestFeatures && cell.m >= fewestSamples
    }
}
