import DataFiles
import Ladders
import Problems
import Study

/// `unlooped evaluate`: how often a model is right.
struct Evaluate: Verb {
    static let name = "evaluate"
    static let summary = "compare what a model of 'train --model' predicts with the labels of data"
    static let discussion = """
        Computed in double. A measure that divides by nothing, such as the precision where no sample is
        predicted as 1, is shown as '–', and as null in JSON.
        \(DataOptions.discussion)
        What the labels are called follows from the model where it is not given.
        """

    @Positional("MODEL", "a file of 'train --model'") var path: String
    @Positional("DATA", DataOptions.help) var data: String
    private let dataOptions = DataOptions()
    @Option(.json) var json: Bool

    func run() throws -> ExitCode {
        let given = try dataOptions.source(data)
        let model = try TrainedModel(contentsOf: path)
        let source = given.labelled(as: model)
        try source.checkLabels()
        let report = EvaluationReport(try evaluate(model, source, in: model.training.scalar.type), model)
        print(json ? try JSONText.line(report) : report.text)
        return .success
    }

    @specialized(where Scalar == Float)
    @specialized(where Scalar == Double)
    private func evaluate<Scalar: LaneScalar>(_ model: TrainedModel, _ source: DataSource, in _: Scalar.Type)
        throws -> Evaluation
    {
        let table = try source.read(as: Scalar.self)
        if source.namesLabels,
            (table.negative, table.positive) != (model.names.negative, model.names.positive)
        {
            throw InputError(
                "\(source.name): the classes are '\(table.negative)' and '\(table.positive)'; "
                    + "expected '\(model.names.negative)' and '\(model.names.positive)', as in the model")
        }
        // z, labels and probabilities, and an order of them with what sorting it takes.
        let z = try Scores.of(table.samples, model, source, bytesPerSample: 40)
        return Evaluation(z: z, labels: table.data.y.elements.map { Double($0) })
    }
}

/// The output of `unlooped evaluate`.
private struct EvaluationReport: Encodable {
    private let m: Int
    private let accuracy, precision, recall, f1, logLoss, rocAUC: JSONNumber<Double>
    private let confusion: Confusion
    private let labels: Labels

    private struct Labels: Encodable { let name, negative, positive: String }

    init(_ evaluation: Evaluation, _ model: TrainedModel) {
        confusion = evaluation.confusion
        m = confusion.count
        (accuracy, precision) = (JSONNumber(confusion.accuracy), JSONNumber(confusion.precision))
        (recall, f1) = (JSONNumber(confusion.recall), JSONNumber(confusion.f1))
        (logLoss, rocAUC) = (JSONNumber(evaluation.logLoss), JSONNumber(evaluation.rocAUC))
        labels = Labels(
            name: model.names.label, negative: model.names.negative, positive: model.names.positive)
    }

    var text: String {
        let (zero, one) = ("\(labels.name) = \(labels.negative)", "\(labels.name) = \(labels.positive)")
        let counts = TextTable(
            ["", "predicted \(labels.negative)", "predicted \(labels.positive)"],
            [
                [zero, "\(confusion.trueNegatives)", "\(confusion.falsePositives)"],
                [one, "\(confusion.falseNegatives)", "\(confusion.truePositives)"],
            ])
        func shown(_ number: JSONNumber<Double>) -> String { number.value.map { "\($0)" } ?? "–" }
        let measures = TextTable(
            ["measure", "value"],
            [
                ["accuracy", shown(accuracy)], ["precision", shown(precision)], ["recall", shown(recall)],
                ["F1", shown(f1)], ["log-loss", shown(logLoss)], ["ROC AUC", shown(rocAUC)],
            ])
        return (["m = \(m)", ""] + counts.lines + [""] + measures.lines).joined(separator: "\n")
    }
}
