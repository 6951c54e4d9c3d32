import Foundation
import Measurement
import Reporting

/// Where results go: a JSON file, and the report beside it.
struct ResultFiles {
    /// The raw results.
    let json: String

    /// `report.md`, in the same folder.
    var report: String { beside("report.md") }

    /// `ladder.svg`, in the same folder.
    var chart: String { beside("ladder.svg") }

    private func beside(_ name: String) -> String {
        URL(fileURLWithPath: json).deletingLastPathComponent().appendingPathComponent(name).relativePath
    }

    /// Makes sure that all could be written, before hours of work.
    func check() throws(OutputError) {
        for path in [json, report, chart] { try AtomicFile.check(path) }
    }

    /// Writes all; the raw results first, since everything else can be made from them.
    func write(_ results: Results) throws {
        try AtomicFile.write(try results.json(), to: json)
        try AtomicFile.write(MarkdownReport(results).text, to: report)
        if let cell = results.largestCell { try AtomicFile.write(LadderChart(cell).svg, to: chart) }
    }
}
