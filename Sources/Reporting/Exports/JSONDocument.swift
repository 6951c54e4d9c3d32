import Measurement

/// The results themselves, with all that they hold: what `results.json` has (Reports/RESULTS.md).
package struct JSONDocument: ResultsExport {
    private let results: Results

    /// The document of `results`.
    package init(_ results: Results) { self.results = results }

    /// The document, whose format has the version `Results.currentSchemaVersion`.
    package func text() throws -> String { String(decoding: try results.json(), as: UTF8.self) }
}
