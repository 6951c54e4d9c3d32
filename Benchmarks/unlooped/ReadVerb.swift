import DataFiles
import Foundation
import Problems
import Measurement

/// `unlooped read`: what is in data, and how long it takes to read them.
struct ReadVerb: Verb {
    static let name = "read"
    static let summary = "read data as 'train' does, and tell their shape, their labels and how long it took"
    static let discussion = DataChoice.discussion
    static let positionals = [DataChoice.positional]
    static let options: [Option] =
        DataChoice.options + [
            .value("--scalar", "KIND", "float or double", default: "double"), .json,
        ]

    private let choice: DataChoice
    private let scalar: ScalarKind
    private let json: Bool

    init(_ arguments: Arguments) throws(UsageError) {
        choice = try DataChoice(arguments.positionals[0], arguments)
        try choice.checkLabels()
        scalar = try arguments.choice("--scalar") ?? .double
        json = arguments.has("--json")
    }

    func run() throws -> ExitCode {
        let answer =
            switch scalar {
            case .float: try read(as: Float.self)
            case .double: try read(as: Double.self)
            }
        print(json ? try JSONText.line(answer) : answer.text)
        return .success
    }

    private func read<Scalar: RealScalar>(as _: Scalar.Type) throws -> Answer {
        let start = ContinuousClock.now
        let table = try choice.read(as: Scalar.self)
        let seconds = (ContinuousClock.now - start) / .seconds(1)
        return Answer(
            m: table.data.m, nx: table.data.nx, scalar: Scalar.kind, label: table.label,
            negative: table.negative, positive: table.positive,
            positives: table.data.y.elements.count { $0 == 1 }, isMapped: table.data.x.isMapped,
            seconds: seconds, bytes: choice.fileBytes)
    }

    private struct Answer: Encodable {
        let m, nx: Int
        let scalar: ScalarKind
        let label, negative, positive: String
        let positives: Int
        let isMapped: Bool
        let seconds: Double
        let bytes: Int?

        var text: String {
            let rate = bytes.map { ", \(ByteCount($0)), \(ByteCount(Int(Double($0) / seconds)))/s" } ?? ""
            return """
                m = \(m), n_x = \(nx), \(scalar.rawValue)
                \(label): \(m - positives) × \(negative), \(positives) × \(positive)
                \(isMapped ? "mapped and checked" : "read") in \(TimeSpan(seconds * 1e9))\(rate)
                """
        }
    }
}

extension DataChoice {
    /// The size of the file that X is in, as it lies there; nil where that is none, or a folder.
    fileprivate var fileBytes: Int? {
        let attributes = (try? path).flatMap { try? FileManager.default.attributesOfItem(atPath: $0) }
        guard attributes?[.type] as? FileAttributeType == .typeRegular else { return nil }
        return attributes?[.size] as? Int
    }
}
