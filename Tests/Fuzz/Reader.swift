import DataFiles
import Foundation
import Problems
import Measurement

/// A reader that is fuzzed.
enum Reader: String, CaseIterable {
    case csv, npy, idx, gzip, netpbm, model, results, peer

    /// Where the bytes of an input go.
    var file: String { self == .netpbm ? "images/a/input" : "input" }

    /// Whether inputs that are packed belong to `gzip`, since each starts a program.
    var leavesPackedFiles: Bool { [.csv, .npy, .idx].contains(self) }

    /// Makes the files that do not change.
    func prepare() {
        switch self {
        case .idx, .gzip:
            // Four images of 1 × 2, and as many labels.
            write([0, 0, 8, 3, 0, 0, 0, 4, 0, 0, 0, 1, 0, 0, 0, 2, 1, 2, 3, 4, 5, 6, 7, 8], to: "images")
            write([0, 0, 8, 1, 0, 0, 0, 4, 0, 1, 1, 0], to: "labels")
        case .netpbm:
            for folder in ["images/a", "images/b"] {
                try! FileManager.default.createDirectory(
                    atPath: folder, withIntermediateDirectories: true)
            }
            try! FileManager.default.createSymbolicLink(
                atPath: "images/b/input", withDestinationPath: "../a/input")
        default: break
        }
    }

    private func write(_ bytes: [UInt8], to path: String) {
        try! Data(bytes).write(to: URL(fileURLWithPath: path))
    }

    /// Bytes that reading a file of `size` may have on the heap at a time. Tests/Fuzz/README.md derives them.
    func bound(ofFileWith size: Int) -> Int {
        // What seems to be empty is read piece by piece, since the files of /proc are.
        guard size > 0 else { return 1 << 17 }
        // Foundation takes JSON of up to 512 levels, each with an array of its own; its Process, and its list
        // of a folder, hold much too.
        let usesFoundation = [.model, .results, .gzip, .netpbm, .peer].contains(self)
        return 1 << (usesFoundation ? 18 : 14) + bytesPerByte * size
    }

    private var bytesPerByte: Int {
        switch self {
        case .npy, .idx: 32
        case .csv, .netpbm, .model: 64
        // An answer is decoded twice, and shown in part.
        case .results, .peer: 128
        // A packed byte is at most 1032 bytes, which the system's pipe hands on in growing pieces.
        case .gzip: 1032 * 64
        }
    }

    /// Reads the file in every way that there is.
    func read() {
        switch self {
        case .csv:
            let words = CSV(label: .number(1), words: .init(positive: "yes"), separator: .semicolon)
            attempt { check(try CSV(label: .name("y")).read(file, as: Double.self)) }
            attempt { check(try words.read(file, as: Float.self)) }
            attempt { check(try CSV(label: .number(1), hasHeader: false).readSamples(file, as: Float.self)) }
            for rule in CSV.Missing.allCases {
                var gaps = CSV(label: .name("y"), separator: .semicolon)
                (gaps.rules.missing, gaps.rules.hasDecimalComma) = (rule, true)
                gaps.rules.dropped = [.number(2)]
                attempt { check(try gaps.read(file, as: Double.self)) }
                gaps.rules.id = .number(1)
                attempt { check(try gaps.readSamples(file, as: Float.self)) }
            }
        case .npy:
            attempt { check(try NPY().readSamples(file, as: Float.self)) }
            attempt { check(try NPY(layout: .featuresFirst).readSamples(file, as: Double.self)) }
            attempt { check(try NPY().read(x: file, y: file, as: Double.self)) }
        case .idx, .gzip:
            let digits = IDX(negative: 0, positive: 1)
            attempt { check(try IDX.readSamples(images: file, as: Float.self)) }
            attempt { check(try digits.read(images: file, labels: "labels", as: Double.self)) }
            attempt { check(try digits.read(images: "images", labels: file, as: Float.self)) }
            guard self == .gzip else { break }
            attempt { check(try CSV(label: .name("y")).read(file, as: Double.self)) }
            attempt { check(try NPY().readSamples(file, as: Float.self)) }
        case .netpbm:
            attempt { check(try Netpbm.read(folder: "images", as: Double.self)) }
            attempt { check(try Netpbm.readSamples("images/a", as: Float.self)) }
        case .model: attempt { check(try TrainedModel(contentsOf: file)) }
        case .results: attempt { check(try Results(contentsOf: file)) }
        case .peer: answer()
        }
    }

    /// Takes the file for the answer of a peer to each request.
    private func answer() {
        let line = FileManager.default.contents(atPath: file) ?? Data()
        attempt(PeerHello(threads: 2), line)
        attempt(PeerGradient(w: [0.5, -1], b: 0), line)
        attempt(PeerRun(steps: 3, learningRate: 0.1), line)
        attempt(PeerUnload(), line)
    }

    /// A failure is short, and plain text in one line, whatever the answer is.
    private func attempt(_ request: some PeerRequest, _ line: Data) {
        do throws(PeerFailure) {
            _ = try request.answer(in: line)
        } catch {
            precondition(error.reason.utf8.count < 2500, "a long failure: \(error.reason.utf8.count) bytes")
            let isPlain = error.reason.unicodeScalars.allSatisfy { $0.properties.generalCategory != .control }
            precondition(isPlain, "a failure that is no plain text: \(error.reason)")
        }
    }

    /// An error names a file of ours, and says something of it, in one line.
    private func attempt(_ body: () throws -> Void) {
        do {
            try body()
        } catch {
            let text = "\(error)"
            let file = ["input", "'input'", "images", "labels"].first { text.hasPrefix($0) }
            precondition(file != nil, "an error without the file: \(text)")
            precondition(text.utf8.count > 16, "an error that says nothing: \(text)")
            precondition(!text.contains("\n"), "an error of several lines: \(text)")
        }
    }

    private func check<Scalar>(_ table: LabelledTable<Scalar>) {
        check(table.samples)
        precondition(table.data.y.count == table.data.m && table.negative != table.positive, "wrong labels")
    }

    private func check<Scalar>(_ table: SampleTable<Scalar>) {
        precondition(table.m > 0 && table.x.count == table.m * table.nx, "wrong counts")
        precondition(table.x.elements.allSatisfy(\.isFinite), "not finite")
    }

    /// What was read is written, and comes out the same.
    private func check(_ model: TrainedModel) {
        let again = try! TrainedModel(json: try! model.json(), named: file)
        precondition(again == model, "another model")
        try! model.check(features: model.names.features, of: file)
        _ = Array(repeating: 0.5, count: model.names.features.count).withUnsafeBufferPointer {
            model.linear($0)
        }
    }

    /// What was read is written, and comes out the same; what is asked of results first can be asked.
    private func check(_ results: Results) {
        // Compared as text, since a NaN is not equal to itself.
        let text = try! results.json()
        let again = try! Results(json: text, name: file)
        precondition(try! again.json() == text, "other results")
        _ = results.isComplete
        _ = results.largestCell
        _ = try? results.merging([results])
    }
}
