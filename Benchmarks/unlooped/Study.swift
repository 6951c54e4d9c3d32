import Foundation
import Measurement
import Reporting

/// `unlooped` without a verb: judge, time, train, report.
struct Study: Verb {
    static let name = ""
    static let summary = "judge, time and train with every implementation, and write the report"
    static let discussion = """
        It takes about a minute and a half, and writes report.html, the same as report.md with its pictures,
        results.csv and results.json. Ctrl-C ends it within two seconds, keeps what there is and says how to
        go on (exit code 130).
        """
    static let options: [Option] =
        GridSettings.options + [
            .value("--iterations", "N", "updates of training; on Fashion-MNIST 500 at most", default: "1000"),
            .value("--out", "FOLDER", "where the report goes (default: Reports/latest)"),
            .toggle("--force", "replace the files in --out where they exist"),
        ]

    private let settings: GridSettings
    private let iterations: Int
    private let store: ResultStore
    private let isGivenPlace, force: Bool

    init(_ arguments: Arguments) throws(UsageError) {
        settings = try GridSettings(arguments)
        iterations = try arguments.int("--iterations", in: 1...10_000_000) ?? 1000
        (isGivenPlace, force) = (arguments.has("--out"), arguments.has("--force"))
        let folder = arguments.text("--out") ?? "Reports/latest"
        guard !folder.isEmpty else { throw UsageError(option: "--out", found: "", expected: "a folder") }
        store = ResultStore(json: folder + (folder.hasSuffix("/") ? "" : "/") + "results.json")
    }

    func run() throws -> ExitCode {
        settings.noteAbsence()
        var run = try TimedRun(settings, store: store, keepsPrevious: !isGivenPlace, force: force)
        guard try verify() else { return .failure }

        let (rungs, cells) = (settings.plan.rungs.count, settings.plan.cells.count)
        Terminal.note("timing \(rungs) implementations in \(cells) cells")
        try run.time { _, _ in }

        if !Interrupt.isRequested {
            run.results.trainings = try trainings()
        }
        let code = try run.finish()
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
    private func trainings() throws -> [TrainingOutcome] {
        func outcome(_ name: String, _ task: StudyTask) throws -> TrainingOutcome? {
            Terminal.note("training on '\(name)'")
            return try StudyTraining(
                task: task, names: Set(settings.plan.rungs), scalars: settings.scalars,
                threads: settings.plan.cells.map { $0.threads }.max() ?? 1
            ).run()
        }
        let first = try outcome("wdbc", .wisconsin(iterations: iterations))
        guard settings.timesFashionMNIST, !Interrupt.isRequested else { return [first].compactMap(\.self) }
        let second = try outcome(
            FashionMNIST.training.rawValue, .fashionMNIST(iterations: min(iterations, 500)))
        return [first, second].compactMap(\.self)
    }

    /// What `unlooped verify --quick` does. False where an implementation is wrong; it is then named on
    /// standard error.
    private func verify() throws -> Bool {
        Terminal.note("judging \(settings.plan.rungs.count) implementations")
        let verdicts = try Verify.verdicts(
            names: settings.plan.rungs, kinds: settings.scalars, suite: .quick, seed: settings.seed)
        return Verify.explain(verdicts) != .failure
    }
}
