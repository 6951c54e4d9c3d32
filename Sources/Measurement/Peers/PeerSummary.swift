import Foundation

/// What several matches come to.
public struct PeerSummary: Sendable, Equatable {
    /// How many there are.
    public let count: Int

    /// The geometric mean of their factors: each cell counts the same, and twice as fast in one makes up for
    /// half as fast in another.
    public let geometricMean: Double

    /// The one with the smallest factor.
    public let worst: PeerMatch

    private let outcomes: [PeerMatch.Outcome: Int]

    /// Nil without matches.
    public init?(_ matches: [PeerMatch]) {
        guard let worst = matches.min(by: { $0.factor.median < $1.factor.median }) else { return nil }
        (self.worst, count) = (worst, matches.count)
        geometricMean = exp(matches.reduce(0) { $0 + log($1.factor.median) } / Double(matches.count))
        outcomes = Dictionary(grouping: matches) { $0.outcome }.mapValues { $0.count }
    }

    /// How many ended so.
    public func count(of outcome: PeerMatch.Outcome) -> Int { outcomes[outcome] ?? 0 }
}
