/// A cell, or an implementation in a cell, that has a time in only one of two results.
package struct Unmatched: Codable, Sendable, Equatable {
    /// One of the two results.
    package enum Side: String, Codable, Sendable { case old, new }

    /// The cell.
    package let cell: Cell

    /// The implementation; nil where the whole cell is missing.
    package let rung: String?

    /// Where it has a time.
    package let onlyIn: Side

    /// Why it has none in the other; nil where it is not there at all.
    package let reason: String?

    /// What has a time in only one of two results, as far as it is wanted.
    static func all(
        _ old: Results, _ new: Results, _ isWanted: (Cell, String) -> Bool
    ) -> [Unmatched] {
        func all(in old: Results, without new: Results, _ side: Side) -> [Unmatched] {
            old.cells.flatMap { before in
                let wanted = before.timed.filter { isWanted(before.cell, $0.rung) }
                guard let after = new[before.cell] else {
                    let cell = Unmatched(cell: before.cell, rung: nil, onlyIn: side, reason: nil)
                    return wanted.isEmpty ? [] : [cell]
                }
                return wanted.map { (rung: $0.rung, other: after.rung($0.rung)) }
                    .filter { $0.other?.stepTime == nil }
                    .map {
                        Unmatched(
                            cell: before.cell, rung: $0.rung, onlyIn: side,
                            reason: $0.other?.reasonForNoTime)
                    }
            }
        }
        return all(in: old, without: new, .old) + all(in: new, without: old, .new)
    }
}

extension RungResult {
    fileprivate var reasonForNoTime: String {
        verdict?.passed == false ? "it disagrees with the reference" : skipped ?? "it was not sampled"
    }
}
