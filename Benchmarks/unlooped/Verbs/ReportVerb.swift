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
    @Option("--force", "replace the files of the report where they exist") var force: Bool

    func run() throws -> ExitCode {
        let results = try ResultFiles.read(paths)
        let store =
            folder.map { ResultStore(folder: $0, force: force) } ?? ResultStore(json: paths[0], force: force)
        try store.checkReport()
        try store.writeReport(results)
        print(Report(results).keyLines.joined(separator: "\n"))
        Terminal.note("wrote \(store.report), and next to it the same as report.md, and results.csv")
        return .success
    }
}

extension ResultStore {
    /// Results in a file, next to which their report goes.
    ///
    /// - Parameter force: whether files that exist may be written over.
    init(json: String, force: Bool) {
        self.init(json: json, force: force, reportNames: Report.fileNames) { results in
            Report(results).files().map { ($0.name, $0.text) }
        }
    }

    /// The same with the usual name, in a folder.
    init(folder: String, force: Bool) {
        self.init(json: folder + (folder.hasSuffix("/") ? "" : "/") + "results.json", force: force)
    }
}
