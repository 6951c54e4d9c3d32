/// A command line that cannot be followed.
package struct UsageError: ExitingError, Equatable {
    /// What was wrong, and what was expected.
    package let message: String

    /// What would have been possible, one line each.
    package let possible: [String]

    /// An error with a message of its own.
    package init(_ message: String, possible: [String] = []) {
        (self.message, self.possible) = (message, possible)
    }

    /// A name that is not one of `names`, with a guess at what was meant.
    ///
    /// - Parameter kind: what the name stands for, such as `verb` or `option`.
    package init(unknown kind: String, _ found: String, among names: [String]) {
        let meant = EditDistance.nearest(to: found, among: names).map { "; did you mean '\($0)'?" } ?? ""
        self.init(
            "unknown \(kind) '\(found)'\(meant)",
            possible: ["possible: " + names.joined(separator: ", ")])
    }

    /// A value that an option cannot take.
    package init(option: String, found: String, expected: String) {
        self.init("\(option) is '\(found)'; expected \(expected)")
    }

    /// Wrong usage.
    package var exitCode: ExitCode { .usage }

    /// The message, and below it what is possible.
    package var description: String {
        ([message] + possible.map { "  " + $0 }).joined(separator: "\n")
    }
}
