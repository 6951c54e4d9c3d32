/// A table for the terminal.
struct TextTable {
    private let rows: [[String]]
    private let leading: Int

    /// A table under `head`; the first `leading` columns are set to the left, all others to the right.
    init(_ head: [String], _ rows: [[String]], leading: Int = 1) {
        (self.rows, self.leading) = ([head] + rows, leading)
    }

    /// Its lines.
    var lines: [String] {
        let columns = rows.map { $0.count }.max() ?? 0
        let widths = (0..<columns).map { column in
            rows.map { $0.indices.contains(column) ? $0[column].count : 0 }.max() ?? 0
        }
        return rows.map { row in
            row.indices.map {
                $0 < leading ? row[$0].padded(to: widths[$0]) : row[$0].leftPadded(to: widths[$0])
            }.joined(separator: "  ")
        }
    }
}

extension String {
    /// The text with spaces behind it, at least `width` characters in all.
    func padded(to width: Int) -> String { self + String(repeating: " ", count: max(0, width - count)) }

    /// The text with spaces before it, at least `width` characters in all.
    func leftPadded(to width: Int) -> String { String(repeating: " ", count: max(0, width - count)) + self }
}
