import Measurement

/// Results as text for other programs. A format is a type that conforms.
package protocol ResultsExport {
    /// The export of `results`.
    init(_ results: Results)

    /// All of it, with a line feed at its end.
    func text() throws -> String
}
