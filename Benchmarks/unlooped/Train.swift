import DataFiles
import Foundation
import Ladders
import Problems

/// `unlooped train`: gradient descent on data of one's own.
struct Train: Verb {
    static let name = "train"
    static let summary = "run gradient descent on data of your own, or on the built-in data set 'wdbc'"
    static let discussion = """
        \(DataChoice.discussion)
        J and the length of the gradient are printed at 0, 1, 2, 5, 10, 20, 50, … updates and at the end.
        '--alpha auto' is 1/L, L being a quarter of the greatest eigenvalue of X̃X̃ᵀ/m, where X̃ is X with a
        row of ones: with it the cost falls in every step. A cost that rises is told, with a learning rate
        to try; one that is no number ends the run (exit code 1). Ctrl-C ends it after the current step,
        prints what it led to and keeps the model so far (exit code 130).
        --history has a row for each update, with the columns updates and cost; with --validation also
        validation_cost, J of the samples kept aside: for the first 20 updates, then each about a tenth
        later than the one before, and the last; elsewhere that is empty.
        """
    static let positionals = [DataChoice.positional]
    static let options: [Option] =
        DataChoice.options + [
            .value("--alpha", "A", "learning rate, or 'auto'", default: "0.1"),
            .value("--iterations", "N", "the greatest number of updates", default: "1000"),
            .value("--tolerance", "T", "end once an update changes J by no more than this"),
            .toggle("--standardize", "shift and scale each feature to mean 0 and standard deviation 1"),
            .value("--validation", "PART", "samples to keep aside, such as 0.2: told of, not trained on"),
            .value("--seed", "N", "what the choice of these samples follows from", default: "1"),
            .value(
                "--implementation", "NAME",
                "one of 'unlooped list'; where not given, one that is fast on such data"),
            .value("--scalar", "KIND", "float or double", default: "double"),
            .value(
                "--threads", "N", "threads that may work at the same time; all processors where not given"),
        ] + TrainingFiles.options + [.json]

    private let settings: TrainingSettings
    private let json: Bool
    private let choice: DataChoice
    private let standardizes: Bool
    private let validation: Double?
    private let seed: UInt64
    private let files: TrainingFiles

    init(_ arguments: Arguments) throws(UsageError) {
        settings = try TrainingSettings(arguments)
        json = arguments.has("--json")
        choice = try DataChoice(arguments.positionals[0], arguments)
        try choice.checkLabels()
        standardizes = arguments.has("--standardize")
        validation = try arguments.fraction("--validation")
        seed = UInt64(try arguments.int("--seed", in: 0...Int.max) ?? 1)
        files = try TrainingFiles(arguments)
        if let validation, !(validation > 0 && validation < 1) {
            throw UsageError(
                option: "--validation", found: arguments.text("--validation") ?? "",
                expected: "a part such as 20% or 0.2, more than nothing and less than all")
        }
    }

    func run() throws -> ExitCode {
        try files.check()
        return switch settings.scalar {
        case .double: try train(in: Double.self)
        case .float: try train(in: Float.self)
        }
    }

    private func train<Scalar: LaneScalar>(in _: Scalar.Type) throws -> ExitCode {
        if !settings.isAutomatic { _ = try settings.descent(for: Scalar.self, automatic: 1) }
        let data = try TrainingData<Scalar>.prepare(
            choice, standardizes: standardizes, validation: validation, seed: seed)
        let descent = try settings.descent(
            for: Scalar.self, automatic: settings.isAutomatic ? try automaticRate(data) : 1)
        let kind = try settings.implementation.type(for: data.training, threads: settings.threads)
        let implementation = kind.prepare(data.training, threads: settings.threads)
        var report = TrainingReport(
            implementation: kind.name, data: data, descent: descent,
            isAutomatic: settings.isAutomatic, json: json)
        report.begin()
        Interrupt.watch(patience: nil)
        var curve = files.needsCurve(data) ? LearningCurve(data) : nil
        let run = descent.run(implementation, from: Model(zeros: data.training.nx)) {
            updates, gradient, model in
            report.update(updates, gradient)
            curve?.note(updates, gradient, model)
            return gradient.J.isFinite && !Interrupt.isRequested
        }
        try report.end(run)
        curve?.end(run, implementation.gradient(at: run.model))
        let isKept = try files.write(run, data, curve, implementation: kind.name, descent: descent)
        if let curve, let path = files.report {
            let page = curve.page(
                run, implementation: kind.name, threads: settings.threads, descent: descent)
            try AtomicFile.write(page.html, to: path)
            Terminal.note("the learning curve is in \(path)")
        }
        if !run.finalCost.isFinite || !isKept { return .failure }
        return run.end == .cancelled ? .interrupted : .success
    }

    /// 1/L.
    private func automaticRate<Scalar: RealScalar>(_ data: TrainingData<Scalar>) throws -> Double {
        let greatest = Curvature.greatest(of: data.training) ?? .infinity
        guard greatest.isFinite, 1 / greatest > 0 else {
            throw InputError(
                message: "\(choice.name): the values are so large that no learning rate follows from them; "
                    + "use --standardize, or give --alpha a number")
        }
        return 1 / greatest
    }
}
