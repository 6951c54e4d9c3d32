import Foundation
import Measurement

/// What `bench` and the main job do alike: time a plan, block by block, and keep all of it.
struct TimedRun {
    /// What was found so far.
    var results: Results

    /// Where it is kept; nil where it is only printed.
    let store: ResultStore?

    /// The peers that take part; nil where there are none.
    private let crew: PeerCrew?

    /// Who has not been asked yet to take part.
    private var candidates: [PeerCommand] = []

    private var outOfTime = false

    /// A run that begins anew.
    ///
    /// - Parameters:
    ///   - keepsPrevious: whether results in the same place are renamed; where not, they are an error
    ///     unless `force`.
    init(_ settings: GridSettings, store: ResultStore?, keepsPrevious: Bool, force: Bool) throws {
        try Self.checkBuild(allowsDebug: settings.allowsDebug)
        try settings.checkMemory()
        try store?.check(force: force || keepsPrevious)
        if keepsPrevious, let kept = try store?.keepPrevious() {
            Terminal.note("the results that were there are now \(kept)")
        }
        (results, self.store) = (settings.results(), store)
        crew = try settings.peers.isEmpty ? nil : PeerCrew()
        candidates = settings.peers
    }

    /// A run that goes on where another stopped.
    init(resuming path: String, allowsDebug: Bool) throws {
        let old = try Results(contentsOf: path)
        let settings = GridSettings(resuming: old, allowsDebug: allowsDebug)
        try Self.checkBuild(allowsDebug: allowsDebug)
        let now = settings.results()
        if let difference = old.differenceForResuming(now) {
            throw InputError(
                message:
                    "'\(path)' cannot be continued here: \(difference); make new results, or continue where "
                    + "and with what it was begun")
        }
        try Self.checkData(of: old.plan, in: path)
        try settings.checkMemory()
        crew = try old.plan.peers.isEmpty ? nil : PeerCrew(old.plan.peers)
        (results, store) = (old, ResultStore(json: path))
        try AtomicFile.check(path)
    }

    /// Makes sure that a data set is still the one that a run was begun with. One that cannot be read is told
    /// when it is read.
    private static func checkData(of plan: Plan, in path: String) throws {
        guard let words = plan.data, let old = plan.dataFingerprint,
            let now = try DataChoice(commandWords: words).fingerprint, now != old
        else { return }
        throw InputError(
            message:
                "'\(path)' cannot be continued: '\(words[0])' is no longer what it was begun with (fingerprint "
                + "\(now); it was \(old)); put that back in its place, or make new results")
    }

    private static func checkBuild(allowsDebug: Bool) throws(UsageError) {
        #if DEBUG
        guard allowsDebug else {
            throw UsageError(
                "this is a debug build, up to 100 times slower, and its times say nothing; use "
                    + "'swift run -c release unlooped', or --allow-debug to try the program itself")
        }
        #endif
        DebugWarning.give()
    }

    /// Samples what is missing.
    ///
    /// - Parameter show: has each cell that something was found of, as soon as it has all its blocks, or
    ///   else at the end, and all that was found so far.
    mutating func time(_ show: (CellResult, Results) -> Void) throws {
        Interrupt.watch(saying: farewell)
        SlowedRung.warn()
        defer { crew?.end() }
        try hirePeers()
        // Before anything is measured, so that a place that cannot be written to is told at once.
        try store?.save(results)
        if results.ceilings == nil {
            results.ceilings = Ceilings.measured(for: results.plan) { Interrupt.isRequested }
        }
        if results.functions == nil, results.plan.preset == Preset.limits.rawValue {
            results.functions = FunctionStudy.results(for: results.plan) { Interrupt.isRequested }
        }
        var run = GridRun(crew: crew)
        var shown: Set<Cell> = []
        do {
            try run.run(&results) {
                try store?.save($0)
            } cellDone: {
                shown.insert($0.cell)
                show($0, $1)
            }
        } catch let error as OutputError {
            throw OutputError(path: error.path, reason: error.reason, advice: howToResume)
        }
        for failure in run.failures { Terminal.warn("a fresh process failed in \(failure)") }
        outOfTime = run.isOutOfTime
        for cell in results.cells where !shown.contains(cell.cell) { show(cell, results) }
    }

    /// Starts the peers that were asked for; those that are there become a part of the plan.
    private mutating func hirePeers() throws(PeerFailure) {
        guard let crew, !candidates.isEmpty else { return }
        Terminal.note("starting \(candidates.count) \(candidates.count == 1 ? "peer" : "peers")")
        crew.hire(
            candidates, threads: results.plan.cells.map { $0.threads }.max() ?? 1, report: Terminal.warn)
        if Interrupt.isRequested {
            throw PeerFailure("it was ended before anything was timed", kind: .interrupted)
        }
        (results.plan.peers, candidates) = (crew.peers, [])
    }

    /// Writes everything, gives advice, and says how the program ends.
    mutating func finish() throws -> ExitCode {
        results.advice = Advice.all(of: results)
        try store?.finish(results)
        for advice in results.advice where advice.kind != .incomplete { Terminal.warn(advice.message) }
        if !results.isComplete {
            let cells = results.plan.cells.count { !results.missingBlocks(of: $0).isEmpty }
            let reason =
                outOfTime
                ? "the time for the run (--max-time) was over"
                : Interrupt.isRequested ? "it was ended" : "a fresh process failed"
            Terminal.note(
                "\(cells) of \(results.plan.cells.count) cells are not complete, as \(reason); \(howToResume)"
            )
        }
        return results.explainEnd()
    }

    private var howToResume: String {
        guard let store else { return "with --out FILE it could be continued" }
        return "continue with: unlooped bench --resume \(CommandText.quoted(store.json))"
    }

    /// What is said where Ctrl-C has to end a step that takes long.
    private var farewell: String {
        "\nunlooped: ended in the middle of a step"
            + (store.map { "; all finished blocks are in \($0.json)" } ?? "") + "; \(howToResume)\n"
    }
}
