import Foundation
import Problems

/// All peers of a study compared with its implementations. Cells that something disturbed, as their controls show, are
/// left out.
package struct PeerComparison: Sendable, Equatable {
    /// The fastest implementation of each cell against its fastest peer, cell by cell; cells without a time of
    /// both are left out.
    package let matches: [PeerMatch]

    /// The same with the implementation that is taken where none is named, in place of the fastest.
    package let choices: [PeerMatch]

    /// All peers in the order of the plan, including those without a time.
    package let standings: [PeerStanding]

    package init(_ results: Results) {
        let cells = results.cells.filter { $0.strayControl == nil }
        matches = cells.compactMap { PeerMatch($0.contenders, $0.timedPeers, in: $0) }
        choices = cells.compactMap { cell in
            PeerMatch(cell.timed.filter { $0.rung == cell.chosen }, cell.timedPeers, in: cell)
        }
        let found = cells.flatMap { cell in cell.peers.map { (cell: cell, peer: $0) } }
        standings = found.map { $0.peer.rung }.uniqued.compactMap { name in
            PeerStanding(found.filter { $0.peer.rung == name })
        }
    }

    /// A scalar type and a number of threads, and the matches there.
    package typealias Group = (scalar: ScalarKind, threads: Int, matches: [PeerMatch])

    /// The matches by scalar and number of threads, in order of these.
    package var groups: [Group] {
        let threads = Set(matches.map { $0.cell.cell.threads }).sorted()
        return ScalarKind.allCases.flatMap { scalar in
            threads.map { count in
                (
                    scalar, count,
                    matches.filter { $0.cell.cell.scalar == scalar && $0.cell.cell.threads == count }
                )
            }
        }.filter { !$0.matches.isEmpty }
    }
}

/// The fastest of some implementations of a cell against the fastest of some peers, in the same rounds and with as many
/// threads.
package struct PeerMatch: Sendable, Equatable {
    package enum Outcome: Sendable { case ahead, unclear, behind }

    package let cell: CellResult

    /// Those with the shortest medians over all blocks.
    package let rung, peer: RungResult

    /// How many times faster the implementation is, where each side is chosen on half of the blocks and measured on the
    /// other half (`CellResult.factorOfFastest`); on a single block, of these two.
    package let factor: BlockEstimate

    /// Nil where a side has no time, or no round has both.
    package init?(_ rungs: [RungResult], _ peers: [RungResult], in cell: CellResult) {
        guard let (rung, peer, factor) = cell.match(rungs, against: peers) else { return nil }
        (self.cell, self.rung, self.peer, self.factor) = (cell, rung, peer, factor)
    }

    /// Which of them is faster; by the median alone where there are too few blocks for an interval.
    package var outcome: Outcome {
        if factor.holdsOne == true { return .unclear }
        return factor.median > 1 ? .ahead : .behind
    }
}

/// One peer over all cells.
package struct PeerStanding: Sendable, Equatable {
    package let name: String

    /// The libraries and compilers that it says it is made with.
    package let version: String

    package let isThreaded: Bool

    /// Its matches with the fastest implementation of each cell that both have a time in.
    package let matches: [PeerMatch]

    /// The verdict nearest to its bound; nil where it was not judged.
    package let verdict: CellVerdict?

    /// - Parameter found: what each cell has of the peer; not empty.
    init?(_ found: [(cell: CellResult, peer: RungResult)]) {
        guard let first = found.first?.peer else { return nil }
        (name, version, isThreaded) = (first.rung, first.idea, first.isThreaded)
        matches = found.compactMap { PeerMatch($0.cell.contenders, [$0.peer], in: $0.cell) }
        verdict = found.compactMap { $0.peer.verdict }.max { $1.isWorse(than: $0) }
    }
}

/// Several matches in numbers.
package struct PeerSummary: Sendable, Equatable {
    package let count: Int

    /// The geometric mean of their factors: each cell counts the same, and twice as fast in one makes up for
    /// half as fast in another.
    package let geometricMean: Double

    /// The match with the smallest factor.
    package let worst: PeerMatch

    /// Whether every factor has an interval, so that it can be called clear or unclear.
    package let hasIntervals: Bool

    private let outcomes: [PeerMatch.Outcome: Int]

    /// Nil without matches.
    package init?(_ matches: [PeerMatch]) {
        guard let worst = matches.min(by: { $0.factor.median < $1.factor.median }) else { return nil }
        (self.worst, count) = (worst, matches.count)
        geometricMean = exp(matches.reduce(0) { $0 + log($1.factor.median) } / Double(matches.count))
        hasIntervals = matches.allSatisfy { $0.factor.interval != nil }
        outcomes = Dictionary(grouping: matches) { $0.outcome }.mapValues { $0.count }
    }

    package func count(of outcome: PeerMatch.Outcome) -> Int { outcomes[outcome] ?? 0 }
}
