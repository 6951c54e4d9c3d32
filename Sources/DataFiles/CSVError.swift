/// What is wrong with a CSV file, and where. Lines and columns are counted from 1, as editors do; a line
/// is one of the file, also where a quoted field spans several.
public struct CSVError: Error, Equatable {
    /// A column of the file.
    public struct Column: Sendable, Equatable {
        /// Counted from 1.
        public let number: Int
        /// From the header.
        public let name: String
    }

    /// What can be wrong.
    public enum Problem: Sendable, Equatable {
        /// There is no such file.
        case missing
        /// The path is that of a folder.
        case isFolder
        /// The path is that of a device.
        case isDevice
        /// The system does not let us read it, for the reason given.
        case unreadable(String)
        /// Not a byte in it, or nothing but empty lines.
        case empty
        /// A header and nothing below it.
        case headerOnly
        /// Its first bytes are those of UTF-16 or UTF-32.
        case encoding
        /// A row has another number of fields than the header.
        case fieldCount(found: Int, expected: Int)
        /// A quoted field without an end.
        case unterminatedQuote
        /// Text between a quoted field and the next comma.
        case textAfterQuote
        /// A field that is no decimal number.
        case notANumber(String)
        /// A NaN, an infinity, or a number beyond the greatest `Double`.
        case notFinite(String)
        /// A label other than 0 and 1.
        case label(String)
        /// No column has the name of the label; the ones there are.
        case missingLabel(String, columns: [String])
        /// A column has the name of an earlier one, whose number is given.
        case duplicateName(String, first: Int)
        /// Nothing but the label.
        case noFeatures
        /// What was read is not a data set after all.
        case dataset(String)
    }

    /// The path, as it was given.
    public let file: String
    /// The line, where the problem is in one.
    public let line: Int?
    /// The column, where the problem is in one.
    public let column: Column?
    /// What is wrong.
    public let problem: Problem
}

extension CSVError: CustomStringConvertible {
    /// Where, what was found, and what was expected.
    public var description: String {
        var place = file
        if let line { place += ", line \(line)" }
        if let column { place += ", column \(column.number) ('\(Self.shown(column.name))')" }
        return "\(place): \(problem)"
    }

    /// Text of a file as it can stand in a message: short, and in one line.
    static func shown(_ text: String) -> String {
        let escaped = text.unicodeScalars.prefix(48).map { $0.escaped(asASCII: false) }.joined()
        return text.unicodeScalars.count > 48 ? escaped + "…" : escaped
    }
}

extension CSVError.Problem: CustomStringConvertible {
    /// What was found and what was expected.
    public var description: String {
        switch self {
        case .missing: "no such file; check the path"
        case .isFolder: "is a folder; expected a CSV file"
        case .isDevice: "is a device; expected a CSV file or a pipe"
        case .unreadable(let reason): "cannot be read: \(reason)"
        case .empty: "is empty; expected a header with the names of the columns, and rows below it"
        case .headerOnly: "has a header but no rows; expected at least one"
        case .encoding: "looks like UTF-16 or UTF-32; expected UTF-8: save it as that"
        case .fieldCount(let found, let expected):
            "found \(found) \(found == 1 ? "field" : "fields"); expected \(expected), as in the header"
        case .unterminatedQuote: "the quoted field that starts here has no end; expected a closing \""
        case .textAfterQuote: "found text behind a closing \"; expected a comma or the end of the line"
        case .notANumber(""): "found an empty field; expected a number"
        case .notANumber(let text): "found '\(CSVError.shown(text))'; expected a decimal number"
        case .notFinite(let text): "found '\(CSVError.shown(text))'; expected a finite number"
        case .label(let text): "found the label '\(CSVError.shown(text))'; expected 0 or 1"
        case .missingLabel(let name, let columns): missingLabel(name, columns)
        case .duplicateName(let name, let first):
            "the name '\(CSVError.shown(name))' is that of column \(first) too; expected a name once"
        case .noFeatures: "has no column besides the label; expected at least one feature"
        case .dataset(let reason): reason
        }
    }

    private func missingLabel(_ name: String, _ columns: [String]) -> String {
        var list = columns.prefix(40).map { "'\(CSVError.shown($0))'" }.joined(separator: ", ")
        if columns.count > 40 { list += " and \(columns.count - 40) more" }
        let hint =
            columns.count == 1 && columns[0].contains { ";\t|".contains($0) }
            ? "; expected commas between columns" : ""
        return "no column is named '\(CSVError.shown(name))'; the columns are \(list)\(hint)"
    }
}
