/// The fastest implementation of a cell beside a peer, in the same rounds and with as many threads.
package struct PeerMatch: Sendable, Equatable {
    /// How it ended.
    package enum Outcome: Sendable { case ahead, unclear, behind }

    /// Where.
    package let cell: CellResult

    /// The fastest implementation: of those that the judge did not reject, the one with the shortest median.
    package let rung: RungResult

    /// The peer.
    package let peer: RungResult

    /// How many times faster the implementation is.
    package let factor: Factor

    /// The fastest implementation of `cell` beside `peer`; nil where one of them has no time, or no round
    /// has both.
    package init?(_ peer: RungResult, in cell: CellResult) {
        guard let rung = cell.fastest, let factor = cell.factor(of: rung, over: peer) else { return nil }
        (self.cell, self.rung, self.peer, self.factor) = (cell, rung, peer, factor)
    }

    /// Which of them is faster, as far as can be told.
    package var outcome: Outcome {
        if cell.isIndistinguishable(factor) { return .unclear }
        return factor.median > 1 ? .ahead : .behind
    }
}
