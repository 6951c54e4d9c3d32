import Foundation
import Reporting
import Testing

@Suite("report makes the report of stored results")
struct ReportVerbTests {
    private static let example = URL(filePath: #filePath).deletingLastPathComponent()
        .deletingLastPathComponent()
        .deletingLastPathComponent().appending(path: "Reports/2-core-epyc/results.json").path

    @Test(
        "The page, its Markdown, its pictures and the samples go to --out, and the key lines to the terminal")
    func out() async throws {
        let folder = try TemporaryFolder()
        let out = folder.path("there")
        let run = try await Program.run("report", Self.example, "--out", out)
        #expect(run.code == 0, "\(run.error)")
        #expect(run.output.hasPrefix("The fastest version, "))
        #expect(run.output.split(separator: "\n").count == 4)
        let names = Set(try FileManager.default.contentsOfDirectory(atPath: out))
        #expect(names.isSubset(of: Report.fileNames))
        #expect(names.isSuperset(of: ["report.html", "report.md", "results.csv", "ladder.svg"]))
    }

    @Test("Results whose name a file of the report has are not written over")
    func name() async throws {
        let folder = try TemporaryFolder()
        let file = folder.path("results.csv")
        try FileManager.default.copyItem(atPath: Self.example, toPath: file)
        let run = try await Program.run("report", file)
        #expect(run.code == 73)
        #expect(run.error.contains("the report has a file of that name"))
        #expect(try folder.names == ["results.csv"])
        #expect(try folder.text("results.csv").hasPrefix("{"))
    }

    @Test("What is no results file is told, and nothing is made")
    func wrong() async throws {
        let folder = try TemporaryFolder()
        let file = folder.path("r.json")
        try "{\"a\": 1}".write(toFile: file, atomically: true, encoding: .utf8)
        let run = try await Program.run("report", file, "--out", folder.path("there"))
        #expect(run.code == 65, "\(run.code)")
        #expect(run.error.contains("'\(file)' holds no results; expected"))
        #expect(try folder.names == ["r.json"])
    }
}
