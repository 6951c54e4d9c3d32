import Agreement
import DataFiles
import Foundation
import Ladders
import Problems

/// `unlooped gradient-check`: the formulas of the gradient against differences of J.
struct GradientCheckVerb: Verb {
    static let name = "gradient-check"
    static let summary = "hold the gradient to numeric differences of J, on data of your own"
    static let discussion = """
        At a random w and b each derivative that the implementation computes is compared with
        (J(w_j + h) − J(w_j − h)) / 2h, which knows nothing of the formulas and is computed with 32 digits.
        The difference must be within what rounding allows. Exit status 1 where it is not.
        \(DataChoice.discussion)
        """
    static let positionals = [DataChoice.positional]
    static let options: [Option] =
        DataChoice.options + [
            .toggle("--standardize", "shift and scale each feature to mean 0 and standard deviation 1"),
            .value("--samples", "N", "samples drawn from the data; by default as many as take some seconds"),
            .value("--seed", "N", "what w, b and the draw follow from", default: "1"),
            .value(
                "--implementation", "NAME",
                "one of 'unlooped list'; where not given, one that is fast on such data"),
            .value("--scalar", "KIND", "float or double", default: "double"),
            .json,
        ]

    private let choice: DataChoice
    private let standardizes: Bool
    private let samples: Int?
    private let seed: UInt64
    private let implementation: ImplementationChoice
    private let scalar: ScalarKind
    private let json: Bool

    init(_ arguments: Arguments) throws(UsageError) {
        choice = try DataChoice(arguments.positionals[0], arguments)
        try choice.checkLabels()
        standardizes = arguments.has("--standardize")
        samples = try arguments.int("--samples")
        seed = UInt64(try arguments.int("--seed", in: 0...Int.max) ?? 1)
        scalar = try arguments.choice("--scalar") ?? .double
        implementation = try ImplementationChoice(arguments, in: scalar)
        json = arguments.has("--json")
    }

    func run() throws -> ExitCode {
        switch scalar {
        case .float: try check(in: Float.self)
        case .double: try check(in: Double.self)
        }
    }

    private func check<Scalar: LaneScalar>(in _: Scalar.Type) throws -> ExitCode {
        let prepared = try TrainingData<Scalar>.prepare(
            choice, standardizes: standardizes, validation: nil, seed: seed)
        let data = try drawn(from: prepared.training)
        let threads = ProcessInfo.processInfo.activeProcessorCount
        let kind = try implementation.type(for: data, threads: threads)
        let model = Model<Scalar>.random(data.nx, seed: seed)
        let gradient = kind.prepare(data, threads: threads).gradient(at: model)
        // Beyond that J changes by less than its last digit.
        guard gradient.J < 1e15 else {
            throw InputError(
                message: "\(choice.name): J is \(gradient.J) at a random model, since the values are so "
                    + "large, and its differences say nothing; use --standardize")
        }
        var line = ProgressLine()
        let check = GradientCheck(
            gradient, data, model, sums: kind.info.sums, storage: kind.info.storage
        ) { done in
            line.update("differences of J: \(Int(done * 100)) %")
        }
        line.finish()
        let report = GradientCheckReport(
            check, features: prepared.names.features, implementation: kind.name, scalar: Scalar.kind,
            m: data.m, of: prepared.training.m, J: Double(gradient.J))
        print(json ? try JSONText.line(report) : report.text)
        return check.holds ? .success : .failure
    }

    /// All samples, or as many as were asked for.
    private func drawn<Scalar: RealScalar>(from data: Dataset<Scalar>) throws -> Dataset<Scalar> {
        // About a million differences, some microseconds each.
        let count = samples ?? max(1, 1_000_000 / data.nx)
        guard count < data.m else { return data }
        let part = Double(count) / Double(data.m)
        return try data.subset(Dataset<Scalar>.split(m: data.m, validation: part, seed: seed).validation)
    }
}
