import Measurement

/// Words that several topics use.
enum Prose {
    /// A capital at its beginning and a full stop at its end.
    static func sentence(_ text: String) -> String { capitalized(text) + "." }

    /// A capital at its beginning.
    static func capitalized(_ text: String) -> String { text.prefix(1).uppercased() + text.dropFirst() }

    /// `loops.flat, arrays.whole and simd.fused`.
    static func list(_ words: [String]) -> String {
        guard let last = words.last, words.count > 1 else { return words.first ?? "" }
        return words.dropLast().joined(separator: ", ") + " and " + last
    }

    /// The sign of n_x.
    static let nx = "nₓ"

    /// `m = 100 000, nₓ = 128`, or `m = 12 000, 784-128-1 ReLU`.
    static func shape(_ cell: Cell) -> String {
        "m = \(Numbers.grouped(cell.m)), "
            + (cell.problem == .network
                ? "\(cell.shape.widths) \(cell.network.activation.symbol)"
                : "\(nx) = \(Numbers.grouped(cell.nx))")
    }

    /// `m = 100 000, nₓ = 128, float, 2 threads`; before it the name of the data, where they have one.
    static func cell(_ cell: Cell) -> String {
        (cell.data.map { "\($0), " } ?? "")
            + "\(shape(cell)), \(cell.scalar.rawValue), \(Numbers.threads(cell.threads))"
    }

    /// Why a rung has no time.
    static func absence(_ rung: RungResult) -> String {
        rung.verdict?.passed == false ? "disagrees with the reference" : "skipped"
    }

    /// Implementations, or peers, that have no time in some cells: a sentence for each of them and each reason.
    static func absences(_ results: Results, of rungs: (CellResult) -> [RungResult]) -> [Phrase] {
        var found: [(rung: String, what: String, reason: String, cells: [Cell])] = []
        for cell in results.cells {
            for rung in rungs(cell) {
                guard let reason = rung.skipped else { continue }
                let what = rung.samples.isEmpty ? "has no time" : "was not timed in all rounds"
                if let i = found.firstIndex(where: {
                    ($0.rung, $0.what, $0.reason) == (rung.rung, what, reason)
                }) {
                    found[i].cells.append(cell.cell)
                } else {
                    found.append((rung.rung, what, reason, [cell.cell]))
                }
            }
        }
        return found.map { rung, what, reason, cells in
            let place = cells.count == 1 ? "at " + Self.cell(cells[0]) : "in \(cells.count) cells"
            return "\(strong: rung) \(what) \(place): \(reason)."
        }
    }
}

extension [Item] {
    /// A line in place of what the results hold nothing for.
    ///
    /// - Parameters:
    ///   - reason: the end of a sentence.
    ///   - command: what would fill it.
    ///   - circumstance: how that has to be run, where it matters.
    static func leftOut(
        _ what: String, since reason: String, command: String, run circumstance: String? = nil
    ) -> [Item] {
        let how = circumstance.map { ", run \($0)," } ?? ""
        return [
            .leftOut("Left out: \(what), since \(reason). \(code: command)\(how) would fill it in.")
        ]
    }
}
