import Foundation
import Testing

@Suite("Bad files are told by each verb that reads them, and nothing is written")
struct BadInputTests {
    static let seeds = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .appendingPathComponent("Fuzz/Seeds").path

    static func bad(_ reader: String) throws -> [String] {
        let folder = "\(seeds)/\(reader)/bad"
        return try FileManager.default.contentsOfDirectory(atPath: folder).sorted().map { "\(folder)/\($0)" }
    }

    /// Runs the program in a way that must fail because of the file at `path`.
    func expectTold(_ words: [String], _ path: String, code: Int32 = 65) async throws {
        let run = try await Program.run(arguments: words)
        #expect(run.code == code, "\(words)")
        #expect(run.output.isEmpty, "\(words)")
        #expect(["", "'"].contains { run.error.hasPrefix("unlooped: \($0)\(path)") }, "\(run.error)")
        #expect(run.error.split(separator: "\n").count == 1, "\(run.error)")
    }

    @Test("train, with data of each kind")
    func train() async throws {
        let folder = try TemporaryFolder()
        let files = ["--model", folder.path("m.json"), "--history", folder.path("h.csv")]
        for path in try Self.bad("csv") {
            try await expectTold(["train", path, "--label", "y"] + files, path)
        }
        for path in try Self.bad("npy") {
            let labels = "\(Self.seeds)/npy/good/truths.npy"
            try await expectTold(["train", path, "--labels", labels] + files, path)
        }
        for path in try Self.bad("idx") + Self.bad("gzip") {
            let labels = ["--labels", "\(Self.seeds)/idx/bad/labels.idx", "--classes", "0,1"]
            try await expectTold(["train", path] + labels + files, path)
        }
        #expect(try folder.names.isEmpty)
    }

    @Test("train, with images of which one is bad, and with three classes")
    func images() async throws {
        let folder = try TemporaryFolder()
        let manager = FileManager.default
        for name in ["a", "b", "c"] {
            let place = folder.path("images/\(name)")
            try manager.createDirectory(atPath: place, withIntermediateDirectories: true)
            try manager.copyItem(atPath: "\(Self.seeds)/netpbm/good/grey.pgm", toPath: "\(place)/1.pgm")
        }
        let images = folder.path("images")
        let words = ["train", images, "--model", folder.path("m.json")]
        try await expectTold(words, "\(images): has 3 subfolders (a, b, c); expected two")
        try manager.removeItem(atPath: "\(images)/c")
        for path in try Self.bad("netpbm") {
            try manager.copyItem(atPath: path, toPath: "\(images)/b/2.pgm")
            try await expectTold(words, "\(images)/b/2.pgm: ")
            try manager.removeItem(atPath: "\(images)/b/2.pgm")
        }
        #expect(try folder.names == ["images"])
    }

    @Test("predict and evaluate, with bad models and with bad data")
    func models() async throws {
        let (model, data) = ("\(Self.seeds)/model/good/plain.json", "\(Self.seeds)/csv/good/plain.csv")
        for verb in ["predict", "evaluate"] {
            for path in try Self.bad("model") { try await expectTold([verb, path, data], path) }
        }
        for path in try Self.bad("csv") {
            try await expectTold(["evaluate", model, path, "--label", "y"], path)
        }
        for path in try Self.bad("npy") { try await expectTold(["predict", model, path], path) }
        for path in try Self.bad("idx") { try await expectTold(["predict", model, path], path) }
    }

    @Test("A folder in place of a file")
    func folders() async throws {
        let folder = try TemporaryFolder()
        let labels = folder.url.path
        for (data, more) in [("npy/good/floats.npy", []), ("idx/good/images.idx", ["--classes", "0,1"])] {
            try await expectTold(
                ["train", "\(Self.seeds)/\(data)", "--labels", labels, "--model", folder.path("m.json")]
                    + more,
                "\(labels): is a folder; expected an", code: 66)
        }
        #expect(try folder.names.isEmpty)
    }

    @Test("report, with bad results")
    func report() async throws {
        let folder = try TemporaryFolder()
        for path in try Self.bad("results") {
            try await expectTold(["report", path, "--out", folder.path("out")], path)
        }
        #expect(try folder.names.isEmpty)
    }
}
