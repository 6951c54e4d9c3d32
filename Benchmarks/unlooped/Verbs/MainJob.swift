import Agreement
import Foundation
import Measurement
import Problems
import Reporting
import Study

/// `unlooped` without a verb: judge, time, train, report.
struct MainJob: Verb {
    static let name = ""
    static let summary = "judge, time and train with every implementation, and write the report"
    static let discussion = """
        It takes about a minute and a half, and writes report.html, the same as report.md with its pictures,
        results.csv and results.json. Ctrl-C ends it within two seconds, keeps what there is and says how to
        go on (exit code 130).
        """

    private let grid = GridOptions()
    @Option(
        "--iterations", "N", "updates of training; on Fashion-MNIST 500 at most", .int(in: 1...10_000_000),
        default: 1000)
    var iterations: Int
    @Option("--out", "FOLDER", "where the report goes (default: Reports/latest)", .path("a folder"))
    var out: String?
    @Option("--force", "replace the files in --out where they exist") var force: Bool

    func run() throws -> ExitCode {
        let settings = try grid.settings()
        let store = ResultStore(folder: out ?? "Reports/latest", force: force || out == nil)
        grid.noteAbsence(settings)
        try grid.checkBuild()
        let run = try TimedRun(
            settings, command: Unlooped.command, store: store, keepsPrevious: out == nil,
            report: Terminal.reporter())

        Terminal.note("judging \(settings.implementations) implementations")
        let verdicts = try Verify.verdicts(
            names: settings.plan.rungs, scalars: settings.scalars, suite: .quick, seed: settings.seed)
        guard Verify.explain(verdicts) != .failure else { return .failure }

        let (rungs, cells) = (settings.implementations, settings.plan.cells.count)
        Terminal.note("timing \(rungs) implementations in \(cells) cells")
        Interrupt.watch(saying: run.farewell)
        try run.time { _, _ in }

        if !Interrupt.isRequested { run.results.trainings = try trainings(settings) }
        let code = ExitCode(try run.finish())
        print((Report(run.results).keyLines + [store.whereabouts]).joined(separator: "\n"))
        let strays = run.results.trainings.flatMap { $0.entries }.filter { !$0.holds }
        for entry in strays {
            Terminal.fail(
                "trained with \(entry.rung) in \(entry.scalar.rawValue), J is off by \(entry.costDistance) and "
                    + "(w, b) by \(entry.weightDistance); expected at most \(entry.costBound ?? .infinity) and "
                    + "\(entry.weightBound ?? .infinity)")
        }
        return code == .success && !strays.isEmpty ? .failure : code
    }

    /// Training on the built-in data, and on Fashion-MNIST where it was timed too, 500 updates at the most;
    /// without one that Ctrl-C ended.
    private func trainings(_ settings: GridSettings) throws -> [TrainingOutcome] {
        func outcome(_ name: String, _ task: StudyTask) throws -> TrainingOutcome? {
            Terminal.note("training on '\(name)'")
            return try StudyTraining(task, settings).run()
        }
        let first = try outcome("wdbc", .wisconsin(iterations: iterations))
        guard settings.timesFashionMNIST, !Interrupt.isRequested else { return [first].compactMap(\.self) }
        let second = try outcome(
            FashionMNIST.training.rawValue, .fashionMNIST(iterations: min(iterations, 500)))
        return [first, second].compactMap(\.self)
    }
}

extension ExitCode {
    /// How the program ends after timing.
    init(_ end: TimedRun.End) {
        self =
            switch end {
            case .completed: .success
            case .rejected, .incomplete: .failure
            case .interrupted: .interrupted
            }
    }
}

/// The other end of `FreshProcess`: reads requests, each in a line of JSON, samples the blocks, and answers with their
/// results. Not for people, and in no list of verbs.
struct BlockWorker: Verb {
    static let name = FreshProcess.verb
    static let summary = "sample blocks, for 'bench'"

    func run() throws -> ExitCode {
        Interrupt.watch()
        Self.endWithParent()
        var peers: PeerSession?
        defer { peers?.end() }
        var isFirst = true
        while let line = readLine() {
            guard let request = try? JSONDecoder().decode(BlockRequest.self, from: Data(line.utf8)) else {
                throw UsageError("expected a request as JSON in each line of standard input")
            }
            guard !isFirst || request.fingerprint == Executable.fingerprint else {
                throw InputError("the program was built anew in the middle of a run; begin it again")
            }
            isFirst = false
            if peers == nil, !request.peers.isEmpty { peers = try PeerSession() }
            guard let result = try CellRunner(request, isFreshProcess: true, peers: peers).run() else {
                return .interrupted
            }
            try MappedFiles.check()
            print(String(decoding: try result.json(), as: UTF8.self))
            Terminal.flush()
        }
        guard !isFirst else { throw UsageError("expected a request as JSON in each line of standard input") }
        return .success
    }

    /// Ends this process where its input is closed while it samples: then the one that started it is gone. Between two
    /// blocks it ends by itself.
    private static func endWithParent() {
        let thread = Thread {
            var source = pollfd(fd: 0, events: 0, revents: 0)
            while poll(&source, 1, -1) < 0 || source.revents == 0 {}
            usleep(500_000)
            _exit(ExitCode.interrupted.rawValue)
        }
        thread.start()
    }
}
