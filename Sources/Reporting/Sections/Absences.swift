import Measurement

/// Implementations, or peers, that have no time in some cells, each with its reasons.
struct Absences {
    private let results: Results
    private let rungs: (CellResult) -> [RungResult]

    /// - Parameter rungs: whose absences.
    init(_ results: Results, of rungs: @escaping (CellResult) -> [RungResult] = { $0.rungs }) {
        (self.results, self.rungs) = (results, rungs)
    }

    /// A sentence for each rung and reason.
    var sentences: [Phrase] {
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
            let place = cells.count == 1 ? "at " + Captions.cell(cells[0]) : "in \(cells.count) cells"
            return "\(strong: rung) \(what) \(place): \(reason)."
        }
    }
}
