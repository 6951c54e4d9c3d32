import DataFiles
import Problems

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
        if json { try printJSON(z, model) } else { printCSV(z, model) }
        return .success
    }

    private func printCSV(_ z: [Double], _ model: TrainedModel) {
        print("probability,label")
        let (negative, positive) = (CSV.field(model.names.negative), CSV.field(model.names.positive))
        for z in z {
            let row = Row(z, model)
            print("\(row.probability),\(row.label == model.names.positive ? positive : negative)")
        }
    }

    /// One array, some rows at a time: as a whole the encoder would take hundreds of bytes for each.
    private func printJSON(_ z: [Double], _ model: TrainedModel) throws {
        print("[", terminator: "")
        for start in stride(from: 0, to: z.count, by: 10_000) {
            let rows = z[start..<min(start + 10_000, z.count)].map { Row($0, model) }
            print(start == 0 ? "" : ",", terminator: "")
            print(try JSONText.line(rows).dropFirst().dropLast(), terminator: "")
        }
        print("]")
    }

    private struct Row: Encodable {
        let probability: Double
        let label: String

        init(_ z: Double, _ model: TrainedModel) {
            probability = sigmoid(z)
            label = model.word(for: probability)
        }
    }
}
