public import Measurement
/// The report.
public struct MarkdownReport {
    private let results: Results
    /// Of results.
    public init(_ results: Results) { self.results = results }
    /// Markdown.
    public var text: String { "# Unlooped\n" }
}
