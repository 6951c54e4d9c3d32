import Measurement
import Reporting
import Study

/// `unlooped bench`: times of one's own grid.
struct Bench: Verb {
    static let name = "bench"
    static let summary = "time every implementation"
    static let discussion = """
        Every m is timed with every n_x, network (--hidden; without it, logistic regression), scalar and number
        of threads; or with --data a data set in place of random data, in every scalar and on every number of
        threads. Implementations take turns in random order, and each is judged on the very data first: one that
        disagrees has no time, and the exit code is then 1. Results are kept after every block, so that a run
        that was cut short can be continued: Ctrl-C ends it within two seconds (exit code 130) and says how, and
        where a block could not be sampled the exit code is 1. No other run writes to them meanwhile.
        Without --out they go to Reports/latest/results.json, and results that are there are kept under
        another name; with --format, files are written only where --out is given.
        A peer (--peer) runs in the same rounds, is judged on the same data and gives its own time;
        Benchmarks/Peers/README.md says how a program becomes one. Whichever is not set up, dies, gives no
        answer within a minute (UNLOOPED_PEER_TIMEOUT, in seconds), or disagrees is named and left out,
        which is no failure of the run.
        """
    private let grid = GridOptions()
    @Option("--data", "DATA", "time on data of your own in place of random ones: " + DataOptions.help, .text)
    var data: String?
    private let dataOptions = DataOptions()
    @Option("--out", "FILE.json", "the results; next to a file named results.json goes the report", .path())
    var out: String?
    @Option("--force", "replace the files of --out where they exist") var force: Bool
    @Option("--resume", "FILE.json", "continue the run that left these results", .path()) var resume: String?
    @Option("--allow-commands", "with --resume: run the command lines that the file has for its peers")
    var allowsCommands: Bool
    @Option("--dry-run", "print the cells, their memory and the expected time, and do nothing")
    var isDryRun: Bool
    @Option(
        "--format", "NAME", "what is printed: table, json, google-benchmark, csv", .choice, default: .table)
    var givenFormat: Format
    @Option("--json", "the same as --format json") var json: Bool

    enum Format: String, CaseIterable {
        case table
        case json
        case googleBenchmark = "google-benchmark"
        case csv

        /// The export of all results as one text; nil where each cell is printed when it is done.
        var export: (any ResultsExport.Type)? {
            switch self {
            case .table: nil
            case .json: JSONDocument.self
            case .googleBenchmark: GoogleBenchmark.self
            case .csv: CSVSamples.self
            }
        }
    }

    private var format: Format { json ? .json : givenFormat }

    func run() throws -> ExitCode {
        var settings = try grid.settings()
        if json, $givenFormat.isGiven, givenFormat != .json {
            throw UsageError("--json and --format \(givenFormat.rawValue) ask for two formats; expected one")
        }
        if resume == nil, allowsCommands {
            throw UsageError("--allow-commands is for --resume, which is not given")
        }
        if resume != nil {
            try checkResume()
        } else if let source = try source() {
            settings = try settings.timing(source)
        } else {
            grid.noteAbsence(settings)
        }
        if isDryRun {
            try settings.checkMemory()
            print(try lines(of: settings).joined(separator: "\n"))
            return .success
        }
        try grid.checkBuild()
        let run = try timedRun(settings)
        Interrupt.watch(saying: run.farewell)
        var isFirst = true
        try run.time { cell, results in
            guard format == .table else { return }
            if isFirst { print(CellTable.legend.wrapped(to: Terminal.width) + "\n") }
            isFirst = false
            print(CellTable(result: cell, results: results).lines.joined(separator: "\n") + "\n")
            Terminal.flush()
        }
        let end = try run.finish()
        if let export = format.export { print(try export.init(run.results).text(), terminator: "") }
        if let store = run.store { Terminal.note(store.whereabouts) }
        return ExitCode(end)
    }

    /// The data that `--data` names; nil where it is not given.
    private func source() throws(UsageError) -> DataSource? {
        guard let data else {
            if let word = dataOptions.options.flatMap(\.words).first {
                throw UsageError("\(word) is for --data, which is not given")
            }
            return nil
        }
        for option in grid.options where option.isGiven && ["--m", "--nx"].contains(option.flag) {
            throw UsageError("--data has a shape of its own; expected no \(option.flag) beside it")
        }
        return try dataOptions.labelledSource(data)
    }

    private func checkResume() throws(UsageError) {
        let others: [AnyOption] = [$data, $out, $force, $isDryRun]
        let all = grid.options + dataOptions.options + others
        if let other = all.first(where: { $0.isGiven && $0.flag != "--allow-debug" }) {
            throw UsageError(
                "--resume goes on with what the file was begun with; expected no \(other.flag) beside it")
        }
    }

    private func timedRun(_ settings: GridSettings) throws -> TimedRun {
        let reporter = Terminal.reporter()
        if let resume {
            return try TimedRun(
                resuming: ResultStore(json: resume, force: true), allowsCommands: allowsCommands,
                report: reporter
            ) { try DataOptions.source(stored: $0) }
        }
        let path = out ?? (format == .table ? "Reports/latest/results.json" : nil)
        return try TimedRun(
            settings, command: Unlooped.command,
            store: path.map { ResultStore(json: $0, force: force || out == nil) },
            keepsPrevious: out == nil, report: reporter)
    }

    /// The output of `--dry-run`: the cells of a plan with their time and memory.
    private func lines(of settings: GridSettings) throws -> [String] {
        let (plan, sampler) = (settings.plan, settings.sampler)
        let expectation = try Expectation(plan, sampler)
        let hasNetworks = plan.cells.contains { !$0.hidden.isEmpty }
        let head =
            ["m", "n_x"] + (hasNetworks ? ["hidden"] : [])
            + ["scalar", "threads", "X", "memory", "about", "data"]
        let rows = plan.cells.map { cell in
            ["\(cell.m)", "\(cell.nx)"] + (hasNetworks ? [Self.layers(of: cell)] : []) + [
                cell.scalar.rawValue, "\(cell.threads)",
                "\(ByteCount(cell.xBytes))", "\(ByteCount(CellMemory.bytes(of: cell, plan.rungs)))",
                "\(TimeSpan(expectation.seconds(cell) * 1e9))", cell.data ?? "random",
            ]
        }
        let limit = sampler.maximumRunNanoseconds.map { Double($0) / 1e9 } ?? .infinity
        // Where the least number of blocks leaves time, further ones take it.
        let refining = sampler.precision == nil ? 0 : Double(sampler.refiningNanoseconds ?? 0) / 1e9
        let seconds = min(limit, max(refining, plan.cells.reduce(0) { $0 + expectation.seconds($1) }))
        return TextTable(head, rows, leading: 0, spare: ["memory", "X"]).lines
            + [
                "\(plan.cells.count) cells, \(plan.rungs.count) implementations, \(sampler.rounds) rounds in "
                    + "\(sampler.blocks) blocks at least: about \(Self.duration(seconds))"
                    + (settings.peers.isEmpty ? "" : ", and what \(settings.peers.count) peers take")
            ].map { $0.wrapped(to: Terminal.width) }
    }

    /// `128-64 relu`.
    private static func layers(of cell: Cell) -> String {
        cell.hidden.isEmpty
            ? Numbers.none : cell.hidden.map(String.init).joined(separator: "-") + " \(cell.activation ?? "")"
    }

    /// `40 s`, `12 min`, `3.4 h`.
    private static func duration(_ seconds: Double) -> String {
        if seconds < 100 { return "\(Int(seconds.rounded(.up))) s" }
        if seconds < 5400 { return "\(Int((seconds / 60).rounded())) min" }
        let tenths = Int((seconds / 360).rounded())
        return "\(tenths / 10).\(tenths % 10) h"
    }
}

/// The output of `unlooped bench` for a cell.
private struct CellTable {
    let result: CellResult

    /// The results that the cell is a part of, for their ceilings.
    let results: Results

    var lines: [String] {
        let head = [
            "rung", "on", "time", "±", isNetwork ? "of peak" : "GB/s", "GFLOP/s", "of limit", "× first",
            "× base", "error",
        ]
        let rows = (result.rungs + result.peers + result.controls).map(row)
        let notes = (result.rungs + result.peers).compactMap { rung in
            rung.skipped.map { "\(rung.rung): \($0)" }
        }
        let title = ("\(result.cell)" + ending).wrapped(to: Terminal.width)
        let remarks = notes + [disturbance, standIn, otherX, choice, besidePeers].compactMap(\.self)
        return [Terminal.styled(title, .bold, on: .output)]
            + TextTable(head, rows, spare: ["GFLOP/s", "GB/s", "× base", "of limit"]).lines
            + remarks.map { $0.wrapped(to: Terminal.width, indent: 2) }
    }

    /// The meaning of the columns.
    static let legend = """
        on: threads that worked; time: of a step; ±: half the width of its 95 % interval; of limit: of what memory or \
        arithmetic allows; × first: times as fast as the first rung, × base: as the one that it builds on (≈: the \
        interval holds 1); error: as a part of its bound. A wide terminal (COLUMNS=120) shows GB/s and GFLOP/s too.
        """

    /// Its limit is arithmetic, where that of logistic regression is reading X.
    private var isNetwork: Bool { result.cell.problem == .network }

    private var ending: String {
        let samples = (result.rungs + result.peers).flatMap { $0.samples }
        let disturbed = samples.count { $0.isDisturbed }
        return ", \(result.blocks.count) \(result.blocks.count == 1 ? "block" : "blocks")"
            + (disturbed > 0 ? "; \(disturbed) of \(samples.count) samples disturbed" : "")
            + (result.budgetEnded ? "; ended early, after the time for a cell (--max-cell-time)" : "")
    }

    private var disturbance: String? {
        result.strayControl.map { stray in
            "something disturbed this cell: \(stray.control.after ?? "") is \(Numbers.factor(stray.factor)) as fast as "
                + "itself, so no summary counts it"
        }
    }

    private var standIn: String? {
        guard result.referenceIsStandIn, let name = result.reference?.rung else { return nil }
        return "× first: over \(name), the slowest that ran"
    }

    private var otherX: String? {
        let names = result.timed.filter { $0.storage != .scalar }.map { $0.rung }
        guard !names.isEmpty, result.contenders.count < result.timed.count else { return nil }
        return "on X as rounded to 16 bits, so never called the fastest: " + names.joined(separator: ", ")
    }

    private var choice: String? {
        guard let chosen = result.chosen, result.timed.count > 1, let factor = result.factorOfChosen else {
            return nil
        }
        return "where none is named: \(chosen), \(Numbers.factor(factor)) as fast as the fastest here"
    }

    private var besidePeers: String? {
        guard let (rung, peer, factor) = result.fastestAndPeer else { return nil }
        let times = factor.holdsOne == true ? "about" : Numbers.factor(factor)
        return "\(rung.rung) is \(times) as fast as \(peer.rung), the fastest peer"
    }

    private func row(_ rung: RungResult) -> [String] {
        [
            rung.rung,
            rung.stepTime == nil
                ? Numbers.none : "\(rung.isThreaded ? rung.workers ?? result.cell.threads : 1)",
            Numbers.time(rung.stepTime), Numbers.spread(rung.stepTime),
            isNetwork
                ? Numbers.percent(results.fractionOfPeak(rung, in: result))
                : Numbers.giga(result.rates(rung)?.bytesPerSecond),
            Numbers.giga(result.rates(rung)?.operationsPerSecond),
            Numbers.percent(results.roofline(rung, in: result)?.fraction),
            rung.rung == result.reference?.rung
                ? "1×" : Numbers.marked(result.factorOverReference(rung)),
            Numbers.marked(result.factorOverPrevious(rung)), Numbers.verdict(rung.verdict),
        ]
    }
}
