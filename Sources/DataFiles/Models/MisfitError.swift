/// Samples with other features than a model has.
package struct MisfitError: Error, Equatable {
    /// The names of the features that were offered.
    package let found: [String]
    /// Those that the model has.
    package let expected: [String]
}

extension MisfitError: CustomStringConvertible {
    /// What was found, what was expected, and what to do.
    package var description: String {
        func count(_ names: [String]) -> String {
            "\(names.count) \(names.count == 1 ? "feature" : "features")"
        }
        guard found.count == expected.count else {
            let extra = found.filter { !expected.contains($0) }
            let missing = expected.filter { !found.contains($0) }
            var hints: [String] = []
            if !extra.isEmpty, extra.count < found.count { hints.append("not the model's: \(list(extra))") }
            if !missing.isEmpty, missing.count < expected.count {
                hints.append("missing: \(list(missing))")
            }
            return "has \(count(found)); the model was trained on \(expected.count)"
                + (hints.isEmpty ? "" : " (" + hints.joined(separator: "; ") + ")")
        }
        let j = zip(found, expected).enumerated().first { $1.0 != $1.1 }?.offset ?? 0
        return "feature \(j + 1) is '\(CSVError.shown(found[j]))'; expected "
            + "'\(CSVError.shown(expected[j]))', as in the model: give the columns in its order"
    }

    private func list(_ names: [String]) -> String {
        names.prefix(6).map { "'\(CSVError.shown($0))'" }.joined(separator: ", ")
            + (names.count > 6 ? " and \(names.count - 6) more" : "")
    }
}
