import DataFiles
import Foundation
import Implementations
import LogisticRegression

/// `unlooped train`: gradient descent on data of one's own.
struct Train: Verb {
    static let name = "train"
    static let summary = "run gradient descent on a CSV file, or on the built-in data set 'wdbc'"
    static let discussion = """
        The file has a header, and a row of numbers for each sample; one column holds the label, 0 or 1.
        J is printed at 0, 1, 2, 5, 10, 20, 50, … updates and at the end. Ctrl-C ends the run after the
        current step and prints what it led to (exit code 130).
        """
    static let positionals = [
        Positional("FILE.csv", "the data, or 'wdbc': breast cancer, 569 samples of 30 features")
    ]
    static let options: [Option] = [
        .value("--label", "COLUMN", "the column with the labels; for 'wdbc' it is malignant"),
        .value("--alpha", "A", "learning rate", default: "0.1"),
        .value("--iterations", "N", "the greatest number of updates", default: "1000"),
        .value("--tolerance", "T", "end once an update changes J by no more than this"),
        .toggle("--standardize", "shift and scale each feature to mean 0 and standard deviation 1"),
        .value("--implementation", "NAME", "one of 'unlooped list'; the last where not given"),
        .value("--scalar", "KIND", "float or double", default: "double"),
        .value("--threads", "N", "threads that may work at the same time; all processors where not given"),
        .json,
    ]

    /// What the user asked for.
    let settings: TrainingSettings

    /// `--json`.
    let json: Bool

    private let file: String
    private let label: String?
    private let standardizes: Bool

    init(_ arguments: Arguments) throws(UsageError) {
        settings = try TrainingSettings(arguments)
        json = arguments.has("--json")
        file = arguments.positionals[0]
        label = arguments.text("--label") ?? (file == "wdbc" ? "malignant" : nil)
        standardizes = arguments.has("--standardize")
        guard label != nil else {
            throw UsageError("--label is missing; expected the name of the column with the labels, 0 or 1")
        }
    }

    func run() throws -> ExitCode {
        let path = file == "wdbc" ? try Resources.data("wdbc.csv") : file
        let table = try CSV(label: .name(label ?? "")).read(path, as: Double.self)
        let data = standardizes ? try Self.standardized(table.data, path) : table.data
        switch settings.scalar {
        case .double: return try train(data, table)
        case .float:
            do {
                return try train(Dataset<Float>(rounding: data), table)
            } catch let error as DatasetError {
                throw InputError(message: "\(path), rounded to float: \(error); use --scalar double")
            }
        }
    }

    private static func standardized(_ data: Dataset<Double>, _ path: String) throws -> Dataset<Double> {
        do {
            return try Standardization(data).applied(to: data)
        } catch {
            throw InputError(message: "\(path), standardized: \(error)")
        }
    }

    private func train<Scalar: LaneScalar>(
        _ data: Dataset<Scalar>, _ table: LabelledTable<Double>
    ) throws -> ExitCode {
        let kind = try settings.implementation(for: Scalar.self)
        let descent = try settings.descent(for: Scalar.self)
        let implementation = kind.init(data, threads: settings.threads)
        var report = TrainingReport(
            implementation: kind.rung.name, data: data, features: table.features, descent: descent, json: json
        )
        report.begin()
        Interrupt.watch()
        let run = descent.run(implementation, from: Model(zeros: data.nx)) { updates, cost in
            report.update(updates, cost)
            return !Interrupt.isRequested
        }
        try report.end(run)
        return run.end == .cancelled ? .interrupted : .success
    }
}
