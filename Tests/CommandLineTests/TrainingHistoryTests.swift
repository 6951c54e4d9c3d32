import DataFiles
import Foundation
import Testing

@Suite("train --history writes a row for each update")
struct TrainingHistoryTests {
    let folder: TemporaryFolder

    init() throws { folder = try TemporaryFolder() }

    /// The lines of a history of 75 updates, by columns, and what the program printed.
    func history(_ more: String...) async throws -> (rows: [[Substring]], output: String) {
        let run = try await Program.run(
            arguments: [
                "train", "wdbc", "--standardize", "--iterations", "75", "--implementation",
                "loops.unchecked", "--json", "--history", folder.path("h.csv"),
            ] + more)
        #expect(run.code == 0, "\(run.error)")
        let lines = try folder.text("h.csv").split(separator: "\n")
        return (lines.map { $0.split(separator: ",", omittingEmptySubsequences: false) }, run.output)
    }

    @Test("J after each update is all there is where no samples are kept aside")
    func plain() async throws {
        let rows = try await history().rows
        #expect(rows[0] == ["updates", "cost"])
        #expect(rows.count == 77 && rows.allSatisfy { $0.count == 2 })
        #expect(rows.dropFirst().enumerated().allSatisfy { $1[0] == "\($0)" && Double($1[1]) != nil })
    }

    @Test("J of samples kept aside is there for the first updates, then for some, and for the last")
    func validation() async throws {
        let (rows, output) = try await history("--validation", "0.2")
        #expect(rows[0] == ["updates", "cost", "validation_cost"])
        #expect(rows.count == 77 && rows.allSatisfy { $0.count == 3 })
        let known = rows.dropFirst().filter { !$0[2].isEmpty }
        #expect(known.prefix(23).map { $0[0] } == (0...20).map { "\($0)" } + ["22", "24"])
        #expect(known.count < 50)
        #expect(known[0][2].hasPrefix("0.693147"))
        let last = try #require(known.last)
        #expect(last[0] == "75" && last[1] != last[2])
        let printed = try #require(output.firstMatch(of: /"validation":\{[^}]*"cost":([^,}]*)/))
        #expect(Double(last[2]) == Double(printed.1))
    }

    @Test(
        "A history that cannot be written costs no model",
        .enabled(if: FileManager.default.fileExists(atPath: "/dev/full")))
    func noRoom() async throws {
        let model = folder.path("m.json")
        let run = try await Program.run(
            "train", "wdbc", "--iterations", "3", "--model", model, "--history", "/dev/full", "--report",
            "/dev/full/x"
        )
        #expect(run.code == 73 && run.output.isEmpty)
        #expect(try folder.names.isEmpty)
        let later = try await Program.run(
            "train", "wdbc", "--iterations", "3", "--model", model, "--history", "/dev/full")
        #expect(later.code == 73)
        #expect(later.error.contains("cannot write '/dev/full'"))
        #expect(try TrainedModel(contentsOf: model).training.iterations == 3)
    }
}
