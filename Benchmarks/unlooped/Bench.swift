import Foundation
import Measurement
import Reporting

/// `unlooped bench`: times of one's own grid.
struct Bench: Verb {
    static let name = "bench"
    static let summary = "time every implementation"
    static let discussion = """
        Every m is timed with every n_x, scalar and number of threads; or with --data a data set in place of
        random data, in every scalar and on every number of threads. Implementations take turns in random
        order, and each is judged on the very data first: one that disagrees has no time, and the exit code
        is then 1. Results are kept after every block, so that a run that was cut short can be continued:
        Ctrl-C ends it within two seconds (exit code 130) and says how.
        Without --out they go to Reports/latest/results.json, and results that are there are kept under
        another name; with --format, files are written only where --out is given.
        A peer (--peer) runs in the same rounds, is judged on the same data and gives its own time;
        Benchmarks/Peers/README.md tells how a program becomes one. Whichever is not set up, dies, gives no
        answer within a minute (UNLOOPED_PEER_TIMEOUT, in seconds), or disagrees is named and left out,
        which is no failure of the run.
        """
    static let options: [Option] =
        GridSettings.options + [DataChoice.option] + DataChoice.options + [
            .value("--out", "FILE.json", "the results; beside a file named results.json comes the report"),
            .toggle("--force", "replace the files of --out where they exist"),
            .value("--resume", "FILE.json", "continue the run that left these results"),
            .toggle("--dry-run", "print the cells, their memory and the expected time, and do nothing"),
            .value(
                "--format", "NAME", "what is printed: table, json, google-benchmark, csv", default: "table"),
            .toggle("--json", "the same as --format json"),
        ]

    /// What standard output gets.
    enum Format: String, CaseIterable {
        case table
        case json
        case googleBenchmark = "google-benchmark"
        case csv

        /// What makes one text of all results; nil where each cell is printed when it is done.
        var export: (any ResultsExport.Type)? {
            switch self {
            case .table: nil
            case .json: JSONDocument.self
            case .googleBenchmark: GoogleBenchmark.self
            case .csv: CSVSamples.self
            }
        }
    }

    private let settings: GridSettings
    private let data: DataChoice?
    private let format: Format
    private let resume: String?
    private let out: String?
    private let force, isDryRun: Bool

    init(_ arguments: Arguments) throws(UsageError) {
        settings = try GridSettings(arguments)
        data = arguments.has("--resume") ? nil : try Self.data(arguments)
        let format = try arguments.choice("--format", as: Format.self) ?? .table
        if arguments.has("--json"), arguments.has("--format"), format != .json {
            throw UsageError("--json and --format \(format.rawValue) ask for two formats; expected one")
        }
        self.format = arguments.has("--json") ? .json : format
        (resume, out) = (arguments.text("--resume"), arguments.text("--out"))
        (force, isDryRun) = (arguments.has("--force"), arguments.has("--dry-run"))
        for flag in ["--out", "--resume"] where arguments.text(flag) == "" {
            throw UsageError(option: flag, found: "", expected: "the path of a file")
        }
        if resume != nil {
            let flags = (GridSettings.options + [DataChoice.option] + DataChoice.options).map { $0.flag }
            let others = (flags + ["--out", "--force", "--dry-run"])
                .filter { $0 != "--allow-debug" && arguments.has($0) }
            if let other = others.first {
                throw UsageError(
                    "--resume goes on with what the file was begun with; expected no \(other) beside it")
            }
        }
    }

    /// What `--data` names; nil where it is not given.
    private static func data(_ arguments: Arguments) throws(UsageError) -> DataChoice? {
        guard let name = arguments.text("--data") else {
            if let option = arguments.words(of: DataChoice.options).first {
                throw UsageError("\(option) is for --data, which is not given")
            }
            return nil
        }
        for flag in ["--m", "--nx"] where arguments.has(flag) {
            throw UsageError("--data has a shape of its own; expected no \(flag) beside it")
        }
        let choice = try DataChoice(name, arguments)
        try choice.checkLabels()
        return choice
    }

    func run() throws -> ExitCode {
        if resume == nil, data == nil { settings.noteAbsence() }
        let settings = try data.map { try self.settings.timing($0) } ?? self.settings
        if isDryRun {
            try settings.checkMemory()
            print(
                try DryRun(plan: settings.plan, settings: settings.sampler, peers: settings.peers.count)
                    .lines().joined(separator: "\n"))
            return .success
        }
        var run = try makeRun(settings)
        try run.time { cell, results in
            guard format == .table else { return }
            print(CellTable(result: cell, results: results).lines.joined(separator: "\n") + "\n")
            Terminal.flush()
        }
        let code = try run.finish()
        if let export = format.export { print(try export.init(run.results).text(), terminator: "") }
        if let store = run.store { Terminal.note(store.whereabouts) }
        return code
    }

    private func makeRun(_ settings: GridSettings) throws -> TimedRun {
        if let resume { return try TimedRun(resuming: resume, allowsDebug: settings.allowsDebug) }
        let path = out ?? (format == .table ? "Reports/latest/results.json" : nil)
        return try TimedRun(
            settings, store: path.map { ResultStore(json: $0) }, keepsPrevious: out == nil, force: force)
    }
}
