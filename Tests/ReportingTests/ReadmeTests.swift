import Foundation
import Measurement
import Reporting
import Testing

@Suite("README")
struct ReadmeTests {
    private static let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .deletingLastPathComponent()

    /// The table of the ladder, and the results that the line above it names.
    private func ladder() throws -> (table: String, results: Results) {
        let text = try String(contentsOf: Self.root.appending(path: "README.md"), encoding: .utf8)
        let parts = text.components(separatedBy: "<!-- ladder: ")
        let rest = try #require(parts.count == 2 ? parts[1] : nil)
        let path = try #require(rest.components(separatedBy: " -->").first)
        let body = rest.dropFirst(path.count + " -->".count).components(separatedBy: "<!-- end of ladder -->")
        let results = try Results(contentsOf: Self.root.appending(path: path).path)
        return (try #require(body.first).trimmingCharacters(in: .whitespacesAndNewlines), results)
    }

    @Test("Its ladder is that of the committed results, number by number")
    func matchesResults() throws {
        let (table, results) = try ladder()
        #expect(table == Markdown.table(try #require(Gallery(results).ladder).table))
    }

    @Test("Every file of the report beside these results was made from them")
    func matchesReport() throws {
        let text = try String(contentsOf: Self.root.appending(path: "README.md"), encoding: .utf8)
        let path = try #require(
            text.components(separatedBy: "<!-- ladder: ").last?.components(separatedBy: "results.json").first)
        let (_, results) = try ladder()
        let folder = Self.root.appending(path: path)
        let files = Report(results).files()
        for file in files {
            let found = try String(contentsOf: folder.appending(path: file.name), encoding: .utf8)
            #expect(found == file.text, "make \(file.name) anew: unlooped report \(path)results.json")
        }
        let index = try String(
            contentsOf: Self.root.appending(path: "Reports/README.md"), encoding: .utf8)
        #expect(
            index.contains("- \(folder.lastPathComponent): \(try #require(Report(results).keyLines.first))\n")
        )
        #expect(
            index.contains(" | \(results.date.prefix(10)) | \(results.build.commit ?? "not recorded") | "))
        let there = try FileManager.default.contentsOfDirectory(atPath: folder.path)
        #expect(Set(there) == Set(files.map { $0.name } + ["results.json"]))
    }
}
