import Measurement

/// Results as text for other programs. A format is a type that conforms.
package protocol ResultsExport {
    init(_ results: Results)

    /// With a line feed at its end.
    func text() throws -> String
}

/// All that the results hold, in the format of `results.json` (Reports/RESULTS.md).
package struct JSONDocument: ResultsExport {
    private let results: Results

    package init(_ results: Results) { self.results = results }

    /// Of the version `Results.currentSchemaVersion`.
    package func text() throws -> String { String(decoding: try results.json(), as: UTF8.self) }
}

extension Double {
    /// Nil for an infinity or a NaN, which most formats cannot hold.
    var finite: Double? { isFinite ? self : nil }
}
