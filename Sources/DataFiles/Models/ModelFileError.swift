/// What is wrong with a model file.
package struct ModelFileError: Error, Equatable {
    /// What can be wrong.
    package enum Problem: Error, Sendable, Equatable {
        /// It cannot be read at all.
        case file(FileProblem)
        /// Not a byte in it.
        case empty
        /// It is no complete JSON.
        case notJSON
        /// It is JSON, but no model.
        case notAModel
        /// Another version of the format; nil where it has none.
        case version(Int?)
        /// A field, and what is wrong with it.
        case field(String, String)
    }

    /// The path, as it was given.
    package let file: String
    /// What is wrong.
    package let problem: Problem
}

extension ModelFileError: CustomStringConvertible {
    /// Where, what was found, and what was expected.
    package var description: String { "\(file): \(problem)" }
}

extension ModelFileError.Problem: CustomStringConvertible {
    /// What was found and what was expected.
    package var description: String {
        let expected = "expected a model that 'unlooped train --model' wrote"
        return switch self {
        case .file(let problem): problem.message(expected: "a model file")
        case .empty: "is empty; \(expected)"
        case .notJSON: "is no complete JSON: damaged, or something else; \(expected)"
        case .notAModel: "holds no model; \(expected)"
        case .version(nil): "has no version; \(expected)"
        case .version(let version?):
            "has version \(version) of the format; expected \(StoredModel.version): read it with the program "
                + "that wrote it, or train again"
        case .field(let field, let what): "\(CSVError.shown(field)) \(CSVError.shown(what))"
        }
    }
}
