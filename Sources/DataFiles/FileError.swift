/// A fault of a file, its place, and what was expected: the error of every reader.
package struct FileError: Error, Sendable, Equatable {
    /// The kinds of trouble that a program may end differently for.
    package enum Kind: Sendable {
        /// There is no such file.
        case missing
        /// It exists and cannot be read: a folder, a device, more than fits in memory, or refused by the
        /// system.
        case unreadable
        /// Reading it takes a program that this machine does not have.
        case unavailable
        /// It was read, and is not what was expected.
        case invalid
    }

    /// A place in a text, counted from 1, as editors do. A line is one of the file, also where a quoted field
    /// spans several.
    package enum Place: Sendable, Equatable {
        case line(Int)
        case byte(Int, line: Int)
        /// The name is from the header, where there is one.
        case column(Int, name: String?, line: Int)
    }

    /// The path, as it was given.
    package let file: String

    /// Where in the file, if the trouble is in one place.
    package let place: Place?

    package let kind: Kind

    /// The fault, what was expected and what to do, in one line.
    package let message: String

    init(_ file: String, at place: Place? = nil, kind: Kind = .invalid, _ message: String) {
        (self.file, self.place, self.kind, self.message) = (file, place, kind, message)
    }
}

extension FileError: CustomStringConvertible {
    /// As in "data.csv, line 3, column 2 ('age'): found 'x'; expected a decimal number".
    package var description: String {
        let file = file == "-" ? "standard input" : file
        return switch place {
        case nil: "\(file): \(message)"
        case .line(let line): "\(file), line \(line): \(message)"
        case .byte(let byte, let line): "\(file), line \(line), byte \(byte): \(message)"
        case .column(let column, let name, let line):
            "\(file), line \(line), column \(column)\(name.map { " ('\($0.shown)')" } ?? ""): \(message)"
        }
    }
}

extension String {
    /// Text of a file as it can be in a message: short, and in one line.
    var shown: String {
        let escaped = unicodeScalars.prefix(48).map { $0.escaped(asASCII: false) }.joined()
        return unicodeScalars.count > 48 ? escaped + "…" : escaped
    }
}
