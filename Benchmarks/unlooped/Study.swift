import Foundation
import Measurement
import Reporting

/// `unlooped` without a verb: judge, time, train, report.
struct Study: Verb {
    static let name = ""
    static let summary = "judge, time and train with every implementation, and write the report"
    static let discussion = """
        It takes a minute or two, and writes report.md, results.json and ladder.svg. Ctrl-C ends it and
        writes what there is (exit code 130).
        """
    static let options: [Option] = [
        GridSettings.m, GridSettings.nx, GridSettings.only, GridSettings.scalar, GridSettings.threads,
        GridSettings.seed, GridSettings.rounds(12), GridSettings.sampleTime,
        .value("--max-cell-time", "S", "how long timing a cell may take, in seconds", default: "20"),
        .value("--iterations", "N", "updates of the training on the built-in data", default: "1000"),
        .value("--out", "FOLDER", "where the report goes", default: "Reports/latest"),
    ]

    private let settings: GridSettings
    private let iterations: Int
    private let files: ResultFiles

    init(_ arguments: Arguments) throws(UsageError) {
        settings = try GridSettings(arguments)
        iterations = try arguments.int("--iterations", in: 1...10_000_000) ?? 1000
        guard let folder = arguments.text("--out"), !folder.isEmpty else {
            throw UsageError(option: "--out", found: "", expected: "a folder")
        }
        files = ResultFiles(json: folder + (folder.hasSuffix("/") ? "" : "/") + "results.json")
    }

    func run() throws -> ExitCode {
        try settings.grid.checkMemory()
        try files.check()
        var results = settings.results()
        DebugWarning.give(for: results.build)
        Interrupt.watch()

        guard try verify() else { return .failure }

        Terminal.note("timing \(settings.names.count) implementations in \(settings.grid.cells.count) cells")
        var grid = GridRun(settings)
        try grid.cells { results.cells.append($0) }

        if !Interrupt.isRequested {
            Terminal.note("training on 'wdbc'")
            results.training = try StudyTraining(
                names: Set(settings.names), scalars: settings.scalars, iterations: iterations,
                threads: settings.grid.cells.map { $0.threads }.max() ?? 1
            ).run()
        }
        try files.write(results)
        print(StudySummary(results: results, files: files).lines.joined(separator: "\n"))
        let strays = (results.training?.entries ?? []).filter { !$0.holds }
        for entry in strays {
            Terminal.fail(
                "trained with \(entry.rung) in \(entry.scalar.rawValue), J is off by \(entry.costDistance) and "
                    + "(w, b) by \(entry.weightDistance); expected at most \(entry.costBound ?? .infinity) and "
                    + "\(entry.weightBound ?? .infinity)")
        }
        let end = grid.end(of: results)
        return end == .success && !strays.isEmpty ? .failure : end
    }

    /// What `unlooped verify --quick` does. False where an implementation is wrong; it is then named on
    /// standard error.
    private func verify() throws -> Bool {
        Terminal.note("judging \(settings.names.count) implementations")
        let verdicts = try Verify.verdicts(
            names: settings.names, kinds: settings.scalars, suite: .quick, seed: settings.seed)
        return Verify.explain(verdicts) != .failure
    }
}
