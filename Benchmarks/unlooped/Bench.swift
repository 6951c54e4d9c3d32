import Foundation
import Measurement

/// `unlooped bench`: times of one's own grid.
struct Bench: Verb {
    static let name = "bench"
    static let summary = "time every implementation"
    static let discussion = """
        Every m is timed with every n_x and scalar. Implementations take turns in random order, and each
        is judged on the very data first: one that disagrees has no time, and the exit code is then 1.
        Ctrl-C ends the run and writes what there is (exit code 130).
        With --json, files are written only where --out is given.
        """
    static let options: [Option] = [
        GridSettings.m, GridSettings.nx, GridSettings.only, GridSettings.scalar, GridSettings.threads,
        GridSettings.seed, GridSettings.rounds(15), GridSettings.sampleTime, GridSettings.cellTime,
        .value(
            "--out", "FILE.json",
            "the results; report.md and ladder.svg come beside them "
                + "(default: Reports/latest/results.json)"),
        .json,
    ]

    private let settings: GridSettings
    private let json: Bool
    private let files: ResultFiles?

    init(_ arguments: Arguments) throws(UsageError) {
        settings = try GridSettings(arguments)
        json = arguments.has("--json")
        let out = arguments.text("--out") ?? (json ? nil : "Reports/latest/results.json")
        files = out.map { ResultFiles(json: $0) }
    }

    func run() throws -> ExitCode {
        try settings.grid.checkMemory()
        try files?.check()
        var results = settings.results()
        DebugWarning.give(for: results.build)
        Interrupt.watch()
        var run = GridRun(settings)
        try run.cells { cell in
            results.cells.append(cell)
            guard !json else { return }
            print(CellTable(result: cell).lines.joined(separator: "\n") + "\n")
            Terminal.flush()
        }
        try files?.write(results)
        if json { print(String(decoding: try results.json(pretty: false), as: UTF8.self)) }
        if let files { Terminal.note("wrote \(files.json) and \(files.report)") }
        return run.end(of: results)
    }
}
