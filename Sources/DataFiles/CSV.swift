import Foundation
import LogisticRegression

/// Numeric data as comma-separated values: a header with a name for each column, then a row for each
/// sample. One column, chosen by name, holds the label, 0 or 1; all others are features.
///
/// UTF-8, with or without a byte order mark; lines end with LF or CRLF; fields may be quoted (RFC 4180);
/// empty lines at the end do not count.
public enum CSV {
    /// Reads the file at `path`.
    ///
    /// Takes the memory of the file and of the data set, at most a small multiple of the file's size.
    ///
    /// - Parameter label: the name of the column with the labels.
    /// - Throws: `CSVError` naming the first thing that is wrong, and its place.
    public static func read(_ path: String, label: String) throws(CSVError) -> LabelledTable {
        let contents: Data
        do {
            contents = try FileContents.read(path)
        } catch {
            throw CSVError(file: path, line: nil, column: nil, problem: problem(error))
        }
        return try parse(contents, named: path, label: label)
    }

    /// Reads a file that is in memory already.
    ///
    /// - Parameters:
    ///   - contents: its bytes.
    ///   - name: what errors call it.
    ///   - label: the name of the column with the labels.
    /// - Throws: `CSVError` naming the first thing that is wrong, and its place.
    public static func parse(
        _ contents: Data, named name: String, label: String
    ) throws(CSVError) -> LabelledTable {
        // withUnsafeBytes passes typed errors on only by way of a value.
        let result = contents.withUnsafeBytes { raw in
            raw.withMemoryRebound(to: UInt8.self) { bytes -> Result<LabelledTable, CSVError> in
                Result { () throws(CSVError) in try CSVReader(bytes, file: name, label: label).read() }
            }
        }
        return try result.get()
    }

    private static func problem(_ failure: FileContents.Failure) -> CSVError.Problem {
        switch failure {
        case .missing: .missing
        case .isFolder: .isFolder
        case .isDevice: .isDevice
        case .system(let reason): .unreadable(reason)
        }
    }
}
