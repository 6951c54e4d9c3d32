/// A file that should hold results, and does not.
package struct ResultsError: Error, Equatable {
    /// What is wrong.
    package enum Problem: Sendable, Equatable {
        /// There is no such file.
        case missing
        /// It cannot be read.
        case unreadable
        /// It holds nothing.
        case empty
        /// It starts like results and does not end like them.
        case truncated
        /// It is something else.
        case notResults
        /// Another version of the format.
        case version(Int)
        /// A field that is not there, or not as expected.
        case field(String, String)
    }

    /// The file.
    package let path: String

    /// What is wrong with it.
    package let problem: Problem

    init(_ path: String, _ problem: Problem) { (self.path, self.problem) = (path, problem) }
}

extension ResultsError: CustomStringConvertible {
    /// What was wrong, what was expected, and what to do.
    package var description: String {
        let expected = "expected results that 'unlooped' or 'unlooped bench' wrote"
        return switch problem {
        case .missing: "'\(path)' does not exist; \(expected)"
        case .unreadable: "'\(path)' cannot be read; \(expected)"
        case .empty: "'\(path)' is empty; \(expected)"
        case .truncated: "'\(path)' is cut off or damaged: it is no complete JSON; make it again"
        case .notResults: "'\(path)' holds no results; \(expected)"
        case .version(let version):
            "'\(path)' has schema version \(version); expected \(Results.currentSchemaVersion): "
                + "read it with the program that wrote it, or make it again"
        case .field(let field, let what): "'\(path)': \(field) \(what); \(expected)"
        }
    }
}
