import DataFiles
import Problems

/// `unlooped evaluate`: how often a model is right.
struct Evaluate: Verb {
    static let name = "evaluate"
    static let summary = "compare what a model of 'train --model' predicts with the labels of data"
    static let discussion = """
        Computed in double. A measure that divides by nothing, such as the precision where no sample is
        predicted as 1, is shown as '–', and as null in JSON.
        \(DataChoice.discussion)
        What the labels are called follows from the model where it is not given.
        """
    static let positionals = [Positional("MODEL", "a file of 'train --model'"), DataChoice.positional]
    static let options: [Option] = DataChoice.options + [.json]

    private let model: String
    private let choice: DataChoice
    private let json: Bool

    init(_ arguments: Arguments) throws(UsageError) {
        model = arguments.positionals[0]
        choice = try DataChoice(arguments.positionals[1], arguments)
        json = arguments.has("--json")
    }

    func run() throws -> ExitCode {
        let model = try TrainedModel(contentsOf: model)
        let choice = choice.labelled(as: model)
        try choice.checkLabels()
        let evaluation =
            switch model.training.scalar {
            case .float: try evaluate(model, try choice.read(as: Float.self), choice)
            case .double: try evaluate(model, try choice.read(as: Double.self), choice)
            }
        let report = EvaluationReport(evaluation, model)
        print(json ? try JSONText.line(report) : report.text)
        return .success
    }

    private func evaluate<Scalar: RealScalar>(
        _ model: TrainedModel, _ table: LabelledTable<Scalar>, _ choice: DataChoice
    ) throws -> Evaluation {
        if choice.namesLabels,
            (table.negative, table.positive) != (model.names.negative, model.names.positive)
        {
            throw InputError(
                message: "\(choice.name): the classes are '\(table.negative)' and '\(table.positive)'; "
                    + "expected '\(model.names.negative)' and '\(model.names.positive)', as in the model")
        }
        // z, labels and probabilities, and an order of them with what sorting it takes.
        let z = try Scores.of(table.samples, model, choice, bytesPerSample: 40)
        return Evaluation(z: z, labels: table.data.y.elements.map { Double($0) })
    }
}
