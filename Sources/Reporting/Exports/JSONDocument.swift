public import Measurement

/// The results themselves, with all that they hold: what `results.json` has (Reports/RESULTS.md).
public struct JSONDocument: ResultsExport {
    private let results: Results

    /// The document of `results`.
    public init(_ results: Results) { self.results = results }

    /// The document, whose format has the version `Results.currentSchemaVersion`.
    public func text() throws -> String { String(decoding: try results.json(), as: UTF8.self) }
}
