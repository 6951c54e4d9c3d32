import DataFiles
import Problems

/// What `unlooped evaluate` prints.
struct EvaluationReport: Encodable {
    private let m: Int
    private let accuracy, precision, recall, f1: Double?
    private let logLoss: JSONNumber<Double>
    private let rocAUC: Double?
    private let confusion: Confusion
    private let labels: Labels

    private struct Labels: Encodable {
        let name, negative, positive: String
    }

    private enum CodingKeys: CodingKey {
        case m, accuracy, precision, recall, f1, logLoss, rocAUC, confusion, labels
    }

    init(_ evaluation: Evaluation, _ model: TrainedModel) {
        confusion = evaluation.confusion
        m = confusion.count
        (accuracy, precision) = (confusion.accuracy, confusion.precision)
        (recall, f1) = (confusion.recall, confusion.f1)
        (logLoss, rocAUC) = (JSONNumber(evaluation.logLoss), evaluation.rocAUC)
        labels = Labels(
            name: model.names.label, negative: model.names.negative, positive: model.names.positive)
    }

    func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: CodingKeys.self)
        try container.encode(m, forKey: .m)
        // Each key is there, also where there is no value.
        try container.encode(accuracy, forKey: .accuracy)
        try container.encode(precision, forKey: .precision)
        try container.encode(recall, forKey: .recall)
        try container.encode(f1, forKey: .f1)
        try container.encode(logLoss, forKey: .logLoss)
        try container.encode(rocAUC, forKey: .rocAUC)
        try container.encode(confusion, forKey: .confusion)
        try container.encode(labels, forKey: .labels)
    }

    /// For people.
    var text: String {
        let (zero, one) = ("\(labels.name) = \(labels.negative)", "\(labels.name) = \(labels.positive)")
        let counts = TextTable(
            ["", "predicted \(labels.negative)", "predicted \(labels.positive)"],
            [
                [zero, "\(confusion.trueNegatives)", "\(confusion.falsePositives)"],
                [one, "\(confusion.falseNegatives)", "\(confusion.truePositives)"],
            ])
        func shown(_ value: Double?) -> String { value.map { "\($0)" } ?? "–" }
        let measures = TextTable(
            ["measure", "value"],
            [
                ["accuracy", shown(accuracy)], ["precision", shown(precision)], ["recall", shown(recall)],
                ["F1", shown(f1)], ["log-loss", shown(logLoss.value)], ["ROC AUC", shown(rocAUC)],
            ])
        return (["m = \(m)", ""] + counts.lines + [""] + measures.lines).joined(separator: "\n")
    }
}
