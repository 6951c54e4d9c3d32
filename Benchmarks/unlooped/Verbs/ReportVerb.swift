import Foundation
import Measurement
import Reporting
import Study

/// `unlooped report`: the report of results that are there, without timing anything.
struct ReportVerb: Verb {
    static let name = "report"
    static let summary = "make the report of stored results"
    static let discussion = """
        Nothing is timed. It makes report.html, one file that needs nothing else; report.md with its
        pictures, for the web view of a repository; and results.csv with all samples. Several files are put
        together, where they come from the same machine and the same kind of build.
        """

    @Positional(repeating: "RESULTS.json", "what 'bench' left") var paths: [String]
    @Option(
        "--out", "FOLDER", "where the report goes; next to the first file where not given", .path("a folder"))
    var folder: String?

    func run() throws -> ExitCode {
        let results = try ResultFiles.read(paths)
        let first = URL(fileURLWithPath: paths[0])
        let place = folder.map { URL(fileURLWithPath: $0).appendingPathComponent("results.json") } ?? first
        let store = ResultStore(json: place.relativePath)
        try store.writeReport(results)
        print(Report(results).keyLines.joined(separator: "\n"))
        Terminal.note("wrote \(store.report), and next to it the same as report.md, and results.csv")
        return .success
    }
}

extension ResultStore {
    /// Results in a file, next to which their report goes.
    init(json: String) {
        self.init(json: json, reportNames: Report.fileNames) { results in
            Report(results).files().map { ($0.name, $0.text) }
        }
    }
}
