import DataFiles
import Foundation
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
        What the labels are called follows from the model where it is not given. Of the data that a model was
        trained on with --validation, --held-out takes the samples that it was not trained on.
        """

    @Positional("MODEL", "a file of 'train --model', or - for standard input") var path: String
    @Positional("DATA", DataOptions.help) var data: String
    private let dataOptions = DataOptions()
    @Option("--held-out", "of the data of training, the samples of its --validation alone") var heldOut: Bool
    @Option(.threshold) var threshold: Double
    @Option(.json) var json: Bool

    func run() throws -> ExitCode {
        if path == "-", data == "-" { throw UsageError.twiceStandardInput }
        let given = try dataOptions.source(data)
        let model = try TrainedModel(contentsOf: path)
        let source = given.labelled(as: model)
        try source.checkLabels()
        let (z, labels) = try scores(model, source, in: model.dataScalar.type)
        let report = EvaluationReport(z, labels, threshold, model)
        print(json ? try JSONText.line(report) : report.text.printable)
        return .success
    }

    /// z and the label of each sample.
    @specialized(where Scalar == Float)
    @specialized(where Scalar == Double)
    private func scores<Scalar: LaneScalar>(_ model: TrainedModel, _ source: DataSource, in _: Scalar.Type)
        throws -> (z: [Double], labels: [Double])
    {
        let table = try source.read(as: Scalar.self)
        for note in table.notes { Terminal.note("\(source.name): \(note)") }
        if source.namesLabels,
            (table.negative, table.positive) != (model.names.negative, model.names.positive)
        {
            throw InputError(
                "\(source.name): the classes are '\(table.negative)' and '\(table.positive)'; "
                    + "expected '\(model.names.negative)' and '\(model.names.positive)', as in the model")
        }
        // z, labels and probabilities, and an order of them with what sorting it takes.
        let z = try Scores.of(table.samples, model, source, bytesPerSample: 40)
        let labels = table.data.y.elements.map { Double($0) }
        let training = model.training
        guard let validation = training.validation else {
            guard heldOut else { return (z, labels) }
            throw InputError("\(path): the model was trained without --validation, or before models noted it")
        }
        let isWhole = table.data.m == training.m + validation.m
        guard heldOut else {
            if isWhole {
                Terminal.note(
                    "these are as many samples as the model was trained on and validated with; --held-out takes "
                        + "the \(validation.m) of them that it was not trained on")
            }
            return (z, labels)
        }
        guard isWhole else {
            throw InputError(
                "\(source.name): has \(table.data.m) samples; expected the data that the model was trained on, which "
                    + "are \(training.m) samples and \(validation.m) for validation")
        }
        let samples = try table.data.split(validation: validation.part, seed: validation.seed).validation
        guard samples.count == validation.m else {
            throw InputError(
                "\(source.name): its labels make a validation set of \(samples.count) samples; expected "
                    + "\(validation.m), as in the data that the model was trained on")
        }
        return (samples.map { z[$0] }, samples.map { labels[$0] })
    }
}

/// The output of `unlooped evaluate`.
private struct EvaluationReport: Encodable {
    private let m: Int
    private let accuracy, precision, recall, f1, logLoss, rocAUC: JSONNumber<Double>
    private let confusion: Confusion
    private let labels: Labels
    private let threshold: Double
    private let thresholds: [Threshold]

    private struct Labels: Encodable { let name, negative, positive: String }

    /// The measures at another threshold.
    private struct Threshold: Encodable {
        let threshold: Double
        let accuracy, precision, recall, f1: JSONNumber<Double>

        init(_ threshold: Double, _ confusion: Confusion) {
            self.threshold = threshold
            (accuracy, precision) = (JSONNumber(confusion.accuracy), JSONNumber(confusion.precision))
            (recall, f1) = (JSONNumber(confusion.recall), JSONNumber(confusion.f1))
        }
    }

    init(_ z: [Double], _ labels: [Double], _ threshold: Double, _ model: TrainedModel) {
        let evaluation = Evaluation(z: z, labels: labels, threshold: threshold)
        self.threshold = threshold
        thresholds = (1...9).map { tenths in
            let threshold = Double(tenths) / 10
            return Threshold(threshold, Confusion(z: z, labels: labels, threshold: threshold))
        }
        confusion = evaluation.confusion
        m = confusion.count
        (accuracy, precision) = (JSONNumber(confusion.accuracy), JSONNumber(confusion.precision))
        (recall, f1) = (JSONNumber(confusion.recall), JSONNumber(confusion.f1))
        (logLoss, rocAUC) = (JSONNumber(evaluation.logLoss), JSONNumber(evaluation.rocAUC))
        self.labels = Labels(
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
        func shown(_ number: JSONNumber<Double>) -> String { number.value.map(\.fourDigits) ?? "–" }
        func short(_ number: JSONNumber<Double>) -> String {
            number.value.map { String(format: "%.4f", $0) } ?? "–"
        }
        let measures = TextTable(
            ["measure", "value"],
            [
                ["accuracy", shown(accuracy)], ["precision", shown(precision)], ["recall", shown(recall)],
                ["F1", shown(f1)], ["log-loss", shown(logLoss)], ["ROC AUC", shown(rocAUC)],
            ])
        let others = TextTable(
            ["threshold", "accuracy", "precision", "recall", "F1"],
            thresholds.map { ["\($0.threshold)"] + [$0.accuracy, $0.precision, $0.recall, $0.f1].map(short) })
        return
            (["m = \(m)" + (threshold == 0.5 ? "" : ", \(labels.positive) from \(threshold) on"), ""]
            + counts.lines + [""] + measures.lines + [""] + others.lines).joined(separator: "\n")
    }
}
