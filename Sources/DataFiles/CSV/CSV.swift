import Foundation
import Problems

/// Numeric data as comma-separated values: a row for each sample, and a header with a name for each
/// column above them, or none. One column holds the label; all others are features.
///
/// UTF-8, with or without a byte order mark; lines end with LF or CRLF; fields may be quoted (RFC 4180);
/// empty lines at the end do not count.
package struct CSV: Sendable, Equatable {
    /// One column of the file.
    package enum Column: Sendable, Equatable {
        /// By its name in the header.
        case name(String)
        /// By its place, counted from 1.
        case number(Int)
    }

    /// Words for the two labels, as the file spells them.
    package struct Words: Sendable, Equatable {
        /// The word for 1.
        package let positive: String
        /// The word for 0; where nil, the first other word that the column holds.
        package let negative: String?

        /// Words for 1 and for 0.
        package init(positive: String, negative: String? = nil) {
            (self.positive, self.negative) = (positive, negative)
        }
    }

    /// What stands between two fields.
    package enum Separator: UInt8, Sendable, CaseIterable {
        /// `,`
        case comma = 0x2C
        /// `;`
        case semicolon = 0x3B
        /// The tabulator.
        case tab = 0x09
    }

    /// The column with the labels.
    package let label: Column
    /// The words for the labels; where nil, they are the numbers 0 and 1.
    package let words: Words?
    /// Whether the first row holds the names of the columns.
    package let hasHeader: Bool
    /// What stands between two fields.
    package let separator: Separator

    /// How to read files.
    package init(
        label: Column, words: Words? = nil, hasHeader: Bool = true, separator: Separator = .comma
    ) {
        (self.label, self.words, self.hasHeader, self.separator) = (label, words, hasHeader, separator)
    }

    /// Reads the file at `path`.
    ///
    /// Takes the memory of the file and of the data set, at most a small multiple of the file's size.
    /// All processors take part. A number is rounded to the nearest `Double`, and that to `Scalar`.
    ///
    /// - Throws: `CSVError` naming the first thing that is wrong, and its place.
    @specialized(where Scalar == Float)
    @specialized(where Scalar == Double)
    package func read<Scalar: RealScalar>(
        _ path: String, as scalar: Scalar.Type = Scalar.self
    ) throws(CSVError) -> LabelledTable<Scalar> {
        try parse(try Self.contents(path), named: path)
    }

    /// Reads the features alone of the file at `path`. The column of the labels is left out, and may be
    /// missing where it is given by name.
    ///
    /// - Throws: `CSVError` naming the first thing that is wrong, and its place.
    @specialized(where Scalar == Float)
    @specialized(where Scalar == Double)
    package func readSamples<Scalar: RealScalar>(
        _ path: String, as scalar: Scalar.Type = Scalar.self
    ) throws(CSVError) -> SampleTable<Scalar> {
        try parseSamples(try Self.contents(path), named: path)
    }

    /// Reads a file that is in memory already.
    ///
    /// - Parameters:
    ///   - contents: its bytes.
    ///   - name: what errors call it.
    /// - Throws: `CSVError` naming the first thing that is wrong, and its place.
    @specialized(where Scalar == Float)
    @specialized(where Scalar == Double)
    package func parse<Scalar: RealScalar>(
        _ contents: Data, named name: String, as scalar: Scalar.Type = Scalar.self
    ) throws(CSVError) -> LabelledTable<Scalar> {
        try reading(contents, named: name) { reader throws(CSVError) in try reader.read() }
    }

    /// Reads the features alone of a file that is in memory already.
    @specialized(where Scalar == Float)
    @specialized(where Scalar == Double)
    package func parseSamples<Scalar: RealScalar>(
        _ contents: Data, named name: String, as scalar: Scalar.Type = Scalar.self
    ) throws(CSVError) -> SampleTable<Scalar> {
        try reading(contents, named: name) { reader throws(CSVError) in try reader.readSamples() }
    }

    private func reading<Table>(
        _ contents: Data, named name: String, _ read: (CSVReader) throws(CSVError) -> Table
    ) throws(CSVError) -> Table {
        // withUnsafeBytes passes typed errors on only by way of a value.
        let result = contents.withUnsafeBytes { raw in
            raw.withMemoryRebound(to: UInt8.self) { bytes -> Result<Table, CSVError> in
                Result { () throws(CSVError) in try read(CSVReader(bytes, file: name, format: self)) }
            }
        }
        return try result.get()
    }

    private static func contents(_ path: String) throws(CSVError) -> Data {
        do {
            return try OpenFile(path).readToEnd()
        } catch {
            throw CSVError(file: path, line: nil, column: nil, problem: .file(error))
        }
    }
}
