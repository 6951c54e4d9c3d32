import Foundation
import Problems

/// Numeric data as comma-separated values: a row for each sample, and a header with a name for each
/// column above them, or none. One column holds the label; all others are features.
///
/// UTF-8, with or without a byte order mark, packed by gzip or not; lines end with LF or CRLF, or all with CR;
/// fields may be quoted (RFC 4180); lines that are empty, or hold nothing but blanks, do not count.
package struct CSV: Sendable, Equatable {
    /// One column of the file.
    package enum Column: Sendable, Equatable {
        /// By its name in the header.
        case name(String)
        /// By its place, counted from 1.
        case number(Int)
        /// By its name, or, where no column has this name, by the number that it is.
        case nameOrNumber(String)
    }

    /// Words for the two labels, as the file spells them.
    package struct Words: Sendable, Equatable {
        /// The word for 1.
        package let positive: String
        /// The word for 0; where nil, the first other word in the column.
        package let negative: String?

        package init(positive: String, negative: String? = nil) {
            (self.positive, self.negative) = (positive, negative)
        }
    }

    /// The byte between two fields.
    package enum Separator: UInt8, Sendable, CaseIterable {
        case comma = 0x2C
        case semicolon = 0x3B
        case tab = 0x09
    }

    /// The column with the labels.
    package let label: Column
    /// The words for the labels; where nil, they are the numbers 0 and 1.
    package let words: Words?
    /// Whether the first row holds the names of the columns.
    package let hasHeader: Bool
    package let separator: Separator
    /// How the other columns are taken.
    package var rules = Rules()

    package init(
        label: Column, words: Words? = nil, hasHeader: Bool = true, separator: Separator = .comma
    ) {
        (self.label, self.words, self.hasHeader, self.separator) = (label, words, hasHeader, separator)
    }

    /// Reads the file at `path`.
    ///
    /// Takes the memory of the file and of the data set, at most a small multiple of the file's size.
    /// All processors take part. A number is rounded to the nearest `Double`, and that to `Scalar`.
    @specialized(where Scalar == Float)
    @specialized(where Scalar == Double)
    package func read<Scalar: RealScalar>(
        _ path: String, as scalar: Scalar.Type = Scalar.self
    ) throws(FileError) -> LabelledTable<Scalar> {
        try parse(try Self.contents(path), named: path)
    }

    /// Reads the features alone of the file at `path`. The column of the labels is left out, and may be
    /// missing where it is given by name; an empty name stands for none.
    @specialized(where Scalar == Float)
    @specialized(where Scalar == Double)
    package func readSamples<Scalar: RealScalar>(
        _ path: String, as scalar: Scalar.Type = Scalar.self
    ) throws(FileError) -> SampleTable<Scalar> {
        try parseSamples(try Self.contents(path), named: path)
    }

    /// Reads a file that is in memory already; errors call it `name`.
    @specialized(where Scalar == Float)
    @specialized(where Scalar == Double)
    package func parse<Scalar: RealScalar>(
        _ contents: Data, named name: String, as scalar: Scalar.Type = Scalar.self
    ) throws(FileError) -> LabelledTable<Scalar> {
        try reading(contents, named: name) { reader throws(FileError) in try reader.read() }
    }

    /// Reads the features alone of a file that is in memory already; errors call it `name`.
    @specialized(where Scalar == Float)
    @specialized(where Scalar == Double)
    package func parseSamples<Scalar: RealScalar>(
        _ contents: Data, named name: String, as scalar: Scalar.Type = Scalar.self
    ) throws(FileError) -> SampleTable<Scalar> {
        try reading(contents, named: name) { reader throws(FileError) in try reader.readSamples() }
    }

    private func reading<Table>(
        _ contents: Data, named name: String, _ read: (CSVReader) throws(FileError) -> Table
    ) throws(FileError) -> Table {
        // withUnsafeBytes passes typed errors on only by way of a value.
        let result = Self.withLineFeeds(contents).withUnsafeBytes { raw in
            raw.withMemoryRebound(to: UInt8.self) { bytes -> Result<Table, FileError> in
                Result { () throws(FileError) in try read(CSVReader(bytes, file: name, format: self)) }
            }
        }
        return try result.get()
    }

    private static func contents(_ path: String) throws(FileError) -> Data {
        try OpenFile(path, expecting: "a CSV file").unpackedToEnd()
    }

    /// The same with LF for each CR, where lines end with CR alone.
    private static func withLineFeeds(_ contents: Data) -> Data {
        let hasOnlyCR = contents.withUnsafeBytes { bytes in
            guard let start = bytes.baseAddress else { return false }
            return memchr(start, 0x0A, bytes.count) == nil && memchr(start, 0x0D, bytes.count) != nil
        }
        guard hasOnlyCR else { return contents }
        var contents = contents
        contents.withUnsafeMutableBytes { bytes in
            for place in bytes.indices where bytes[place] == 0x0D { bytes[place] = 0x0A }
        }
        return contents
    }

    /// `text` as a field of a file: in quotes where it holds a separator, a quote or a line end, or where
    /// blanks at its ends would be lost; with an apostrophe before what a spreadsheet would take for a formula.
    package static func field(_ text: String) -> String {
        let text = text.hasPrefix("=") || text.hasPrefix("@") ? "'" + text : text
        let special = text.unicodeScalars.contains { ",;\"\t\r\n".unicodeScalars.contains($0) }
        guard special || text.first == " " || text.last == " " else { return text }
        return "\"" + text.replacing("\"", with: "\"\"") + "\""
    }
}
