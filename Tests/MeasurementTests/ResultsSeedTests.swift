import Foundation
import Measurement
import Testing

/// The files of results that the fuzzer starts from (Tests/Fuzz).
@Suite("Results that the fuzzer starts from are read, or rejected with what is wrong and where")
struct ResultsSeedTests {
    static let seeds = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .appendingPathComponent("Fuzz/Seeds/results")

    /// The error for each bad file, after its path in quotes.
    static let messages = [
        "2-to-the-62-blocks.json": ": settings.blocks is 4611686018427387904; expected 1 to 1000",
        "2-to-the-63-samples.json": ": a number is out of range",
        "cut.json": " is cut off or damaged",
        "deep.json": " holds no results",
        "deepest.json": " holds no results",
        "empty.json": " is empty",
        "formula.json": ": cells[0].rungs[0].rung is no name: '=",
        "missing.json": ": seed is missing",
        "model.json": " holds no results",
        "no-blocks.json": ": settings.blocks is 0",
        "no-end.json": ": settings.maximumRunNanoseconds is 9223372036854775807; expected 1 to",
        "no-rate.json": ": settings.learningRate is nan; expected a finite number",
        "no-features.json": ": plan.cells[0] cannot be timed: m = 100, n_x = 0, float, 2 threads",
        "no-time.json": ": cells[0].rungs[0].samples[0].nanoseconds cannot be 0 (was the file edited?)",
        "twice.json": ": cells[0].blocks[1].index is 0",
        "version.json": " has schema version 9; expected 3 to 5",
    ]

    @Test("Good results are read, and written again as they are")
    func good() throws {
        let folder = Self.seeds.appendingPathComponent("good")
        let files = try FileManager.default.contentsOfDirectory(atPath: folder.path)
        #expect(files.count == 7)
        for file in files {
            let results = try Results(contentsOf: folder.appendingPathComponent(file).path)
            #expect(results.isComplete, "\(file)")
            let again = try Results(json: try results.json(), name: "again")
            #expect(again == results, "\(file)")
        }
    }

    @Test("Bad results are rejected")
    func bad() throws {
        let folder = Self.seeds.appendingPathComponent("bad")
        let files = try FileManager.default.contentsOfDirectory(atPath: folder.path)
        #expect(Set(files) == Set(Self.messages.keys))
        for file in files {
            let path = folder.appendingPathComponent(file).path
            let error = #expect(throws: ResultsError.self) { try Results(contentsOf: path) }
            let found = error.map { "\($0)" } ?? ""
            #expect(found.hasPrefix("'\(path)'" + (Self.messages[file] ?? "")), "\(found)")
        }
    }

    @Test(
        "A device without an end, a folder and a missing file are rejected, and not read for ever",
        arguments: ["/dev/zero", "/", "/none"])
    func noFile(path: String) {
        let error = #expect(throws: ResultsError.self) { try Results(contentsOf: path) }
        #expect(error?.problem == (path == "/none" ? .missing : .unreadable))
    }

    @Test("A file that is larger than the memory is rejected before it is read")
    func larger() throws {
        let path = FileManager.default.temporaryDirectory.appendingPathComponent("unlooped-\(UUID())").path
        defer { try? FileManager.default.removeItem(atPath: path) }
        try Data().write(to: URL(fileURLWithPath: path))
        // A hole takes no room on the disk.
        try #require(truncate(path, 1 << 42) == 0)
        let error = #expect(throws: ResultsError.self) { try Results(contentsOf: path) }
        #expect(error?.problem == .unreadable)
    }
}
