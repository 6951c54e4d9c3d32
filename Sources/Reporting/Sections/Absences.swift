import Measurement

/// Implementations that have no time in some cells, each with its reasons.
struct Absences {
    private let results: Results

    init(_ results: Results) { self.results = results }

    /// A sentence for each rung and reason.
    var sentences: [Phrase] {
        var found: [(rung: String, reason: String, cells: [Cell])] = []
        for cell in results.cells {
            for rung in cell.rungs {
                guard let reason = rung.skipped else { continue }
                if let i = found.firstIndex(where: { $0.rung == rung.rung && $0.reason == reason }) {
                    found[i].cells.append(cell.cell)
                } else {
                    found.append((rung.rung, reason, [cell.cell]))
                }
            }
        }
        return found.map { rung, reason, cells in
            let place = cells.count == 1 ? "at " + Captions.cell(cells[0]) : "in \(cells.count) cells"
            return "\(strong: rung) has no time \(place): \(reason)."
        }
    }
}
