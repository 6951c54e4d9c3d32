import Foundation
import Measurement
import Reporting

/// `unlooped report`: the report of results that are there, without timing anything.
struct ReportVerb: Verb {
    static let name = "report"
    static let summary = "make the report of stored results"
    static let discussion = """
        Nothing is timed. It makes report.html, one file that needs nothing else; report.md with its
        pictures, for the web view of a repository; and results.csv with all samples. Several files are put
        together, where they come from the same machine and the same kind of build.
        """
    static let positionals = [Positional("RESULTS.json", "what 'bench' left", repeats: true)]
    static let options: [Option] = [
        .value("--out", "FOLDER", "where the report goes; beside the first file where not given")
    ]

    private let paths: [String]
    private let folder: String?

    init(_ arguments: Arguments) throws(UsageError) {
        (paths, folder) = (arguments.positionals, arguments.text("--out"))
        if folder?.isEmpty == true { throw UsageError(option: "--out", found: "", expected: "a folder") }
    }

    func run() throws -> ExitCode {
        let results = try ResultFiles.read(paths)
        let first = URL(fileURLWithPath: paths[0])
        let place = folder.map { URL(fileURLWithPath: $0).appendingPathComponent("results.json") } ?? first
        let store = ResultStore(json: place.relativePath)
        try store.writeReport(results)
        print(Report(results).keyLines.joined(separator: "\n"))
        Terminal.note("wrote \(store.report), and beside it the same as report.md, and results.csv")
        return .success
    }
}
