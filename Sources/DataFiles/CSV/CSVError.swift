/// What is wrong with a CSV file, and where. Lines and columns are counted from 1, as editors do; a line
/// is one of the file, also where a quoted field spans several.
package struct CSVError: Error, Equatable {
    /// A column of the file.
    package struct Column: Sendable, Equatable {
        /// Counted from 1.
        package let number: Int
        /// From the header, where there is one.
        package let name: String?
    }

    /// What can be wrong.
    package enum Problem: Error, Sendable, Equatable {
        /// It cannot be read at all.
        case file(FileProblem)
        /// Not a byte in it, or nothing but empty lines.
        case empty
        /// A header and nothing below it.
        case headerOnly
        /// Its first bytes are those of UTF-16 or UTF-32.
        case encoding
        /// A row has another number of fields than the header, or the first row.
        case fieldCount(found: Int, expected: Int)
        /// A quoted field without an end.
        case unterminatedQuote
        /// Text between a quoted field and the next separator.
        case textAfterQuote
        /// A field that is no decimal number.
        case notANumber(String)
        /// A NaN, an infinity, or a number beyond the greatest `Double`.
        case notFinite(String)
        /// A number in range for a `Double`, but not for a `Float`.
        case beyondFloat(String)
        /// A label other than 0 and 1.
        case label(String)
        /// A label other than the two words; the negative one may not be known yet.
        case word(String, positive: String, negative: String?)
        /// Both labels are to be the same word.
        case sameWords(String)
        /// No column has the name of the label; the ones there are.
        case missingLabel(String, columns: [String], separator: CSV.Separator)
        /// No column has the number of the label.
        case labelNumber(Int, columns: Int)
        /// The label is given by a name, and the file has none.
        case nameWithoutHeader(String)
        /// A column has the name of an earlier one, whose number is given.
        case duplicateName(String, first: Int)
        /// Nothing but the label.
        case noFeatures
        /// What was read is not a data set after all.
        case dataset(String)
    }

    /// The path, as it was given.
    package let file: String
    /// The line, where the problem is in one.
    package let line: Int?
    /// The column, where the problem is in one.
    package let column: Column?
    /// What is wrong.
    package let problem: Problem
}

extension CSVError: CustomStringConvertible {
    /// Where, what was found, and what was expected.
    package var description: String {
        var place = file
        if let line { place += ", line \(line)" }
        if let column { place += ", column \(column.number)" }
        if let name = column?.name { place += " ('\(Self.shown(name))')" }
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
    package var description: String {
        switch self {
        case .file(let problem): problem.message(expected: "a CSV file")
        case .empty: "is empty; expected a header with the names of the columns, and rows below it"
        case .headerOnly: "has a header but no rows; expected at least one"
        case .encoding: "looks like UTF-16 or UTF-32; expected UTF-8: save it as that"
        case .fieldCount(let found, let expected):
            "found \(found) \(found == 1 ? "field" : "fields"); expected \(expected), as in the first row"
        case .unterminatedQuote: "the quoted field that starts here has no end; expected a closing \""
        case .textAfterQuote: "found text behind a closing \"; expected a separator or the end of the line"
        case .notANumber(""): "found an empty field; expected a number"
        case .notANumber(let text): "found '\(CSVError.shown(text))'; expected a decimal number"
        case .notFinite(let text): "found '\(CSVError.shown(text))'; expected a finite number"
        case .beyondFloat(let text):
            "found '\(CSVError.shown(text))', which is beyond the greatest float; read it as double"
        case .label(let text):
            "found the label '\(CSVError.shown(text))'; expected 0 or 1, or give the words that stand for them"
        case .word(let text, let positive, let negative):
            "found the label '\(CSVError.shown(text))'; expected '\(CSVError.shown(positive))' or "
                + (negative.map { "'\(CSVError.shown($0))'" } ?? "one other word")
        case .sameWords(let word):
            "both labels are to be '\(CSVError.shown(word))'; expected two words"
        case .missingLabel(let name, let columns, let separator): missingLabel(name, columns, separator)
        case .labelNumber(let number, let columns):
            "column \(number) is to be the label; expected a number from 1 to \(columns)"
        case .nameWithoutHeader(let name):
            "the label is to be column '\(CSVError.shown(name))', and a file without a header has no names; "
                + "give the column by its number"
        case .duplicateName(let name, let first):
            "the name '\(CSVError.shown(name))' is that of column \(first) too; expected a name once"
        case .noFeatures: "has no column besides the label; expected at least one feature"
        case .dataset(let reason): reason
        }
    }

    private func missingLabel(_ name: String, _ columns: [String], _ separator: CSV.Separator) -> String {
        var list = columns.prefix(40).map { "'\(CSVError.shown($0))'" }.joined(separator: ", ")
        if columns.count > 40 { list += " and \(columns.count - 40) more" }
        let hint =
            columns.count == 1 && columns[0].contains { ",;\t|".contains($0) }
            ? "; expected \(separator.name) between columns" : ""
        return "no column is named '\(CSVError.shown(name))'; the columns are \(list)\(hint)"
    }
}

extension CSV.Separator {
    /// As in "expected commas".
    fileprivate var name: String {
        switch self {
        case .comma: "commas"
        case .semicolon: "semicolons"
        case .tab: "tabs"
        }
    }
}
