/// Results that cannot be merged with others.
package struct MergeError: Error, Equatable {
    /// Why not.
    package enum Problem: Sendable, Equatable {
        /// They were not timed alike.
        case difference(Difference)
        /// Both hold the same block of a cell, which would then count twice.
        case sameBlock(Cell)
        /// A peer of one and another peer of the same name.
        case peers(Peer, Peer)
    }

    /// Which of those that were to be merged it is, from 0.
    package let index: Int

    /// Why not.
    package let problem: Problem
}

extension MergeError: CustomStringConvertible {
    /// Why not, and what to do.
    package var description: String {
        switch problem {
        case .difference(let difference):
            "\(difference); merge only what was timed on one machine with one build and the same data"
        case .sameBlock(let cell):
            "both hold the same block of the cell \(cell), which would count twice; name each run once"
        case .peers(let first, let second):
            "the peer \(first.name) is not the same in both (\(first.version), by '\(first.command)'; "
                + "\(second.version), by '\(second.command)'); merge only what was timed with the same peers"
        }
    }
}
