import Measurement
import Reporting

/// What `unlooped bench` prints of a cell.
struct CellTable {
    let result: CellResult

    /// The table, in lines.
    var lines: [String] {
        let head = ["rung", "time/step", "±", "GB/s", "× first", "× before", "error/bound"]
        let rows = [head] + result.rungs.map(row)
        let widths = head.indices.map { column in rows.map { $0[column].count }.max() ?? 0 }
        let table = rows.map { row in
            row.indices.map { $0 == 0 ? row[$0].padded(to: widths[$0]) : row[$0].leftPadded(to: widths[$0]) }
                .joined(separator: "  ")
        }
        let notes = result.rungs.compactMap { rung in rung.skipped.map { "\(rung.rung): \($0)" } }
        let title = Terminal.styled("\(result.cell)", .bold, on: .output) + ending
        return [title] + table + notes
    }

    private var ending: String {
        switch result.end {
        case .completed: ""
        case .budget: "; ended early, after the time for a cell (--max-cell-time)"
        case .interrupted: "; interrupted"
        }
    }

    private func row(_ rung: RungResult) -> [String] {
        [
            rung.rung, Figures.time(rung.stepTime), Figures.spread(rung.stepTime),
            result.gigabytesPerSecond(rung).map(Figures.three) ?? "–",
            Figures.factor(result.factorOverReference(rung)),
            Figures.factor(result.factorOverPrevious(rung)), Figures.verdict(rung.verdict),
        ]
    }
}
