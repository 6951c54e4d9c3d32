import DataFiles
import LogisticRegression

/// `unlooped predict`: what a model says of samples.
struct Predict: Verb {
    static let name = "predict"
    static let summary = "give the probability and the label of each sample, by a model of 'train --model'"
    static let discussion = """
        A line for each sample, in the order of the data: P(y = 1 | x), and the word for 1 where it is at
        least one half, else the word for 0. Computed in double. Labels are not needed: a CSV file may have
        the label's column or not; of a folder all images count, those in its subfolders too.
        """
    static let positionals = [Positional("MODEL", "a file of 'train --model'"), DataChoice.positional]
    static let options: [Option] = DataChoice.sampleOptions + [.json]

    private let model: String
    private let choice: DataChoice
    private let json: Bool

    init(_ arguments: Arguments) throws(UsageError) {
        model = arguments.positionals[0]
        choice = try DataChoice(arguments.positionals[1], arguments, isLabelled: false)
        json = arguments.has("--json")
    }

    func run() throws -> ExitCode {
        let model = try TrainedModel(contentsOf: model)
        let choice = choice.labelled(as: model)
        let z =
            switch model.training.scalar {
            case .float: try Scores.of(try choice.readSamples(as: Float.self), model, choice)
            case .double: try Scores.of(try choice.readSamples(as: Double.self), model, choice)
            }
        let rows = z.map { z in
            let probability = sigmoid(z)
            return Row(probability: probability, label: model.word(for: probability))
        }
        if json {
            print(try JSONText.line(rows))
        } else {
            print("probability,label")
            let words = [model.names.negative, model.names.positive].map(CSV.field)
            for row in rows {
                print("\(row.probability),\(row.label == model.names.positive ? words[1] : words[0])")
            }
        }
        return .success
    }

    private struct Row: Encodable {
        let probability: Double
        let label: String
    }
}
