import DataFiles
import Ladders
import Measurement
import Problems
import Study

/// `unlooped predict`: what a model says of samples.
struct Predict: Verb {
    static let name = "predict"
    static let summary = "give the probability and the label of each sample, by a model of 'train --model'"
    static let discussion = """
        A line for each sample, in the order of the data: P(y = 1 | x), and the word for 1 where it is at
        least the threshold, else the word for 0. Computed in double. Labels are not needed: a CSV file may have
        the label's column or not, and columns that the model does not have; of a folder all images count, those in
        its subfolders too, each with the name of its file; a single image is one sample.
        """

    @Positional("MODEL", "a file of 'train --model', or - for standard input") var path: String
    @Positional("DATA", DataOptions.help) var data: String
    private let sampleOptions = SampleOptions()
    @Option(.threshold) var threshold: Double
    @Option(.json) var json: Bool

    func run() throws -> ExitCode {
        if path == "-", data == "-" { throw UsageError.twiceStandardInput }
        let given = try sampleOptions.source(data)
        let model = try TrainedModel(contentsOf: path)
        var source = given.labelled(as: model)
        // A line for each sample: none is left out unless that is asked for.
        if given.rules.missing == nil, model.missing?.rule == .drop { source.rules.missing = nil }
        let (z, ids) = try scores(model, source, model.dataScalar.type)
        if json { try printJSON(z, ids, model) } else { printCSV(z, ids, model) }
        return .success
    }

    @specialized(where Scalar == Float)
    @specialized(where Scalar == Double)
    private func scores<Scalar: LaneScalar>(
        _ model: TrainedModel, _ source: DataSource, _: Scalar.Type
    ) throws -> (z: [Double], ids: (name: String, values: [String])?) {
        let table = try source.readSamples(as: Scalar.self)
        for note in table.notes { Terminal.note("\(source.name): \(note)") }
        return (try Scores.of(table, model, source), table.ids)
    }

    private func printCSV(_ z: [Double], _ ids: (name: String, values: [String])?, _ model: TrainedModel) {
        print((ids.map { CSV.field($0.name) + "," } ?? "") + "probability,label")
        let (negative, positive) = (CSV.field(model.names.negative), CSV.field(model.names.positive))
        for (i, z) in z.enumerated() {
            let row = Row(z, nil, model, threshold)
            let id = ids.map { CSV.field($0.values[i]) + "," } ?? ""
            print("\(id)\(row.probability),\(row.label == model.names.positive ? positive : negative)")
        }
    }

    /// One array, some rows at a time: as a whole the encoder would take hundreds of bytes for each.
    private func printJSON(
        _ z: [Double], _ ids: (name: String, values: [String])?, _ model: TrainedModel
    ) throws {
        print("[", terminator: "")
        for start in stride(from: 0, to: z.count, by: 10_000) {
            let rows = (start..<min(start + 10_000, z.count)).map {
                Row(z[$0], ids?.values[$0], model, threshold)
            }
            print(start == 0 ? "" : ",", terminator: "")
            print(try JSONText.line(rows).dropFirst().dropLast(), terminator: "")
        }
        print("]")
    }

    private struct Row: Encodable {
        let id: String?
        let probability: Double
        let label: String

        init(_ z: Double, _ id: String?, _ model: TrainedModel, _ threshold: Double) {
            self.id = id
            probability = sigmoid(z)
            label = model.word(for: probability, threshold: threshold)
        }
    }
}

extension Option<Double> {
    /// From where on a probability stands for the label 1.
    static var threshold: Self {
        Self(
            "--threshold", "P", "the least probability that stands for the label 1",
            Reader { text, flag throws(UsageError) in
                guard let value = Double(text), (0...1).contains(value) else {
                    throw UsageError(option: flag, found: text, expected: "a probability, from 0 to 1")
                }
                return value
            }, default: 0.5)
    }
}

/// z of samples by a model: wᵀx + b, or that of a network's last layer.
enum Scores {
    /// z for each sample.
    ///
    /// - Parameter bytes: what a sample takes of memory here, and later on.
    /// - Throws: `FileError` where the samples are not the model's; `InputError` where there is no room for
    ///   what comes of them, or one is so far out that z is no number.
    @specialized(where Scalar == Float)
    @specialized(where Scalar == Double)
    static func of<Scalar: RealScalar>(
        _ table: SampleTable<Scalar>, _ model: TrainedModel, _ source: DataSource,
        bytesPerSample bytes: Int = MemoryLayout<Double>.size
    ) throws -> [Double] {
        try model.check(features: table.features, of: source.name)
        // Samples in a mapped file can be more than the memory holds numbers for.
        guard table.m <= Memory.availableBytes / bytes else {
            throw InputError(
                "\(source.name): has \(table.m) samples, which take \(bytes) bytes each, and "
                    + "\(ByteCount(Memory.availableBytes)) of memory are free; give a part of the data")
        }
        let z = model.linear(UnsafeBufferPointer(table.x.elements))
        if let i = z.firstIndex(where: \.isNaN) {
            throw InputError(
                "\(source.name): sample \(i + 1) has values so large that z is no number; "
                    + "expected values like those that the model was trained on")
        }
        return z
    }
}
