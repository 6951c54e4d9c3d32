import Foundation

/// What several matches come to.
package struct PeerSummary: Sendable, Equatable {
    /// How many there are.
    package let count: Int

    /// The geometric mean of their factors: each cell counts the same, and twice as fast in one makes up for
    /// half as fast in another.
    package let geometricMean: Double

    /// The one with the smallest factor.
    package let worst: PeerMatch

    private let outcomes: [PeerMatch.Outcome: Int]

    /// Nil without matches.
    package init?(_ matches: [PeerMatch]) {
        guard let worst = matches.min(by: { $0.factor.median < $1.factor.median }) else { return nil }
        (self.worst, count) = (worst, matches.count)
        geometricMean = exp(matches.reduce(0) { $0 + log($1.factor.median) } / Double(matches.count))
        outcomes = Dictionary(grouping: matches) { $0.outcome }.mapValues { $0.count }
    }

    /// How many ended so.
    package func count(of outcome: PeerMatch.Outcome) -> Int { outcomes[outcome] ?? 0 }
}
