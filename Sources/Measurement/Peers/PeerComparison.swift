import Problems

/// All peers of a study beside its implementations.
package struct PeerComparison: Sendable, Equatable {
    /// The fastest implementation of each cell beside its fastest peer, cell by cell; cells without a time
    /// of both are left out.
    package let matches: [PeerMatch]

    /// Each peer, in the order of the plan, also those without a time.
    package let standings: [PeerStanding]

    /// The comparison that `results` hold.
    package init(_ results: Results) {
        matches = results.cells.compactMap { cell in cell.fastestPeer.flatMap { PeerMatch($0, in: cell) } }
        var names: [String] = []
        var found: [String: [(CellResult, RungResult)]] = [:]
        for cell in results.cells {
            for peer in cell.peers {
                if found[peer.rung] == nil { names.append(peer.rung) }
                found[peer.rung, default: []].append((cell, peer))
            }
        }
        standings = names.compactMap { PeerStanding(found[$0] ?? []) }
    }

    /// A scalar type and a number of threads, and the matches there.
    package typealias Group = (scalar: ScalarKind, threads: Int, matches: [PeerMatch])

    /// The matches by scalar and number of threads, in order of these.
    package var groups: [Group] {
        let threads = Set(matches.map { $0.cell.cell.threads }).sorted()
        return ScalarKind.allCases.flatMap { scalar in
            threads.map { threads in
                (
                    scalar, threads,
                    matches.filter { ($0.cell.cell.scalar, $0.cell.cell.threads) == (scalar, threads) }
                )
            }
        }.filter { !$0.matches.isEmpty }
    }
}
