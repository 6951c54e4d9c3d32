/// The columns of one file, by which its errors name places.
struct CSVColumns: Sendable {
    /// The path, or what the file is called.
    let file: String
    /// From the header, or x1, x2 and so on.
    let names: [String]
    /// Whether the names are those of a header.
    let hasHeader: Bool
    /// The index of the column with the labels; nil where the file has none.
    let label: Int?
    /// Whether the labels are read; where not, their column is left out.
    let readsLabels: Bool

    var count: Int { names.count }

    /// n_x: all columns but the label's.
    var featureCount: Int { label == nil ? count : count - 1 }

    /// The names of all columns but the label's.
    var features: [String] { names.indices.filter { $0 != label }.map { names[$0] } }

    /// Bytes of a complete row, at least: a byte for each field and one behind it. A label that is not
    /// read may be empty.
    var leastBytesOfRow: Int { 2 * featureCount + (label == nil ? 0 : readsLabels ? 2 : 1) }

    /// An error in the column of this index, which may be one too many.
    func error(_ problem: CSVError.Problem, line: Int, column index: Int) -> CSVError {
        let column: CSVError.Column? =
            index < count ? .init(number: index + 1, name: hasHeader ? names[index] : nil) : nil
        return CSVError(file: file, line: line, column: column, problem: problem)
    }

    /// An error of a whole row.
    func error(_ problem: CSVError.Problem, line: Int) -> CSVError {
        CSVError(file: file, line: line, column: nil, problem: problem)
    }
}

extension CSVError.Problem {
    /// What the scanner found, and the line.
    static func of(_ failure: CSVScanner.Failure) -> (problem: Self, line: Int) {
        switch failure {
        case .unterminatedQuote(let line): (.unterminatedQuote, line)
        case .textAfterQuote(let line): (.textAfterQuote, line)
        }
    }
}
