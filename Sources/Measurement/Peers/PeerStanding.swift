/// One peer over all cells.
package struct PeerStanding: Sendable, Equatable {
    /// Its name.
    package let name: String

    /// What it says that it is made with.
    package let version: String

    /// Whether it works with several threads.
    package let isThreaded: Bool

    /// Its matches with the fastest implementation of each cell that both have a time in.
    package let matches: [PeerMatch]

    /// The verdict nearest to its bound; nil where no judge was asked.
    package let verdict: CellVerdict?

    /// - Parameter found: what each cell has of the peer; not empty.
    init?(_ found: [(cell: CellResult, peer: RungResult)]) {
        guard let first = found.first?.peer else { return nil }
        (name, version, isThreaded) = (first.rung, first.idea, first.isThreaded)
        matches = found.compactMap { PeerMatch($0.peer, in: $0.cell) }
        verdict = found.compactMap { $0.peer.verdict }.max { $1.isWorse(than: $0) }
    }
}
