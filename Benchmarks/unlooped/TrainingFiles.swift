import DataFiles
import Foundation
import Problems

/// The files that `unlooped train` leaves.
struct TrainingFiles {
    /// `--model`.
    let model: String?

    /// `--history`.
    let history: String?

    /// `--report`.
    let report: String?

    private let force: Bool

    static let options: [Option] = [
        .value("--model", "FILE", "keep the model, for 'predict' and 'evaluate'"),
        .value("--history", "FILE", "write the cost after each update as CSV"),
        .value("--report", "FILE.html", "write the learning curve and what came of it, as a page"),
        .toggle("--force", "replace these files where they exist"),
    ]

    init(_ arguments: Arguments) throws(UsageError) {
        (model, history) = (arguments.text("--model"), arguments.text("--history"))
        (report, force) = (arguments.text("--report"), arguments.has("--force"))
        var flags: [String: String] = [:]
        for flag in ["--model", "--history", "--report"] {
            guard let path = arguments.text(flag) else { continue }
            guard !path.isEmpty else {
                throw UsageError(option: flag, found: "", expected: "the path of a file")
            }
            if let other = flags.updateValue(flag, forKey: path) {
                throw UsageError("\(other) and \(flag) are both '\(path)'; expected two files")
            }
        }
    }

    /// Makes sure, before any work, that the files can be written, and that nothing is lost by it.
    func check() throws(OutputError) {
        for path in [model, history, report].compactMap(\.self) { try AtomicFile.check(path, force: force) }
    }

    /// Whether any of them wants the learning curve.
    func needsCurve<Scalar: RealScalar>(_ data: TrainingData<Scalar>) -> Bool {
        report != nil || history != nil && data.validation != nil
    }

    /// Writes what was asked for, and says so.
    ///
    /// - Parameter curve: of the run; nil where nothing needs it.
    /// - Returns: false where a model was to be kept, and there is none that could be.
    func write<Scalar: RealScalar>(
        _ run: TrainingRun<Scalar>, _ data: TrainingData<Scalar>, _ curve: LearningCurve<Scalar>?,
        implementation: String, descent: GradientDescent<Scalar>
    ) throws -> Bool {
        // The model first: the run was for its sake, and another file may fail.
        let isKept = try keepModel(run, data, implementation: implementation, descent: descent)
        if let history {
            let validated = data.validation == nil ? nil : curve?.course
            try AtomicFile.write(parts: TrainingHistory(costs: run.costs, validated: validated), to: history)
        }
        return isKept
    }

    private func keepModel<Scalar: RealScalar>(
        _ run: TrainingRun<Scalar>, _ data: TrainingData<Scalar>, implementation: String,
        descent: GradientDescent<Scalar>
    ) throws -> Bool {
        guard let model else { return true }
        let updates = "\(run.iterations) \(run.iterations == 1 ? "update" : "updates")"
        let training = TrainedModel.Training(
            data: data.source, m: data.training.m, implementation: implementation, scalar: Scalar.kind,
            alpha: Double(descent.learningRate), iterations: run.iterations, end: run.end.rawValue,
            cost: Double(run.finalCost), accuracy: run.model.accuracy(on: data.training))
        let trained: TrainedModel
        do {
            trained = try TrainedModel(
                run.model, data.names, standardization: data.standardization, training: training, for: model)
        } catch {
            Terminal.fail("no model is kept in '\(model)': after \(updates) \(error.message)")
            return false
        }
        try AtomicFile.write(try trained.json(), to: model)
        let so = run.end == .cancelled ? "interrupted; the model so far" : "the model"
        Terminal.note("\(so), after \(updates), is in \(model)")
        return true
    }
}
