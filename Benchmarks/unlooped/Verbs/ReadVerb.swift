import DataFiles
import Foundation
import Ladders
import Measurement
import Problems
import Study

/// `unlooped read`: what is in data, and how long it takes to read them.
struct ReadVerb: Verb {
    static let name = "read"
    static let summary = "read data as 'train' does, and show their shape, their labels and how long it took"
    static let discussion = """
        \(DataOptions.discussion)
        Without --label, or --labels, all columns are read as features.
        """

    @Positional("DATA", DataOptions.help) var data: String
    private let dataOptions = DataOptions()
    @Option(.scalar) var scalar: ScalarKind
    @Option(.json) var json: Bool

    func run() throws -> ExitCode {
        let answer = try read(try dataOptions.source(data), as: scalar.type)
        print(json ? try JSONText.line(answer) : answer.text.printable)
        return .success
    }

    @specialized(where Scalar == Float)
    @specialized(where Scalar == Double)
    private func read<Scalar: LaneScalar>(_ source: DataSource, as _: Scalar.Type) throws -> Answer {
        let start = ContinuousClock.now
        let table = source.hasLabels ? try source.read(as: Scalar.self) : nil
        let samples = try table?.samples ?? source.readSamples(as: Scalar.self)
        let seconds = (ContinuousClock.now - start) / .seconds(1)
        for note in table?.notes ?? samples.notes { Terminal.note("\(source.name): \(note)") }
        return Answer(
            m: samples.m, nx: samples.nx, scalar: Scalar.kind, label: table?.label,
            negative: table?.negative, positive: table?.positive,
            positives: table?.data.y.elements.count { $0 == 1 }, features: samples.features,
            isMapped: samples.x.isMapped, seconds: seconds, bytes: source.fileBytes)
    }

    private struct Answer: Encodable {
        let m, nx: Int
        let scalar: ScalarKind
        let label, negative, positive: String?
        let positives: Int?
        let features: [String]
        let isMapped: Bool
        let seconds: Double
        let bytes: Int?

        var text: String {
            let rate = bytes.map { ", \(ByteCount($0)), \(ByteCount(Int(Double($0) / seconds)))/s" } ?? ""
            let counts =
                if let label, let negative, let positive, let positives {
                    "\(label): \(m - positives) × \(negative), \(positives) × \(positive)"
                } else {
                    "no labels; features: " + features.prefix(20).joined(separator: ", ")
                        + (features.count > 20 ? " and \(features.count - 20) more" : "")
                }
            return """
                m = \(m), n_x = \(nx), \(scalar.rawValue)
                \(counts)
                \(isMapped ? "mapped and checked" : "read") in \(TimeSpan(seconds * 1e9))\(rate)
                """
        }
    }
}

extension DataSource {
    /// The size of the file that X is in, as it lies there; nil where that is none, or a folder.
    fileprivate var fileBytes: Int? {
        let attributes = (try? path).flatMap { try? FileManager.default.attributesOfItem(atPath: $0) }
        guard attributes?[.type] as? FileAttributeType == .typeRegular else { return nil }
        return attributes?[.size] as? Int
    }
}
