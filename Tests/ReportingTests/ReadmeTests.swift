import Foundation
import Measurement
import Reporting
import Testing

@Suite("The README and the reports in the repository are made from the results next to them")
struct ReadmeTests {
    private static let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .deletingLastPathComponent()

    private static func text(_ path: String) throws -> String {
        try String(contentsOf: root.appending(path: path), encoding: .utf8)
    }

    /// The folders of the reports that are in the repository.
    static let reports: [String] = {
        let folder = root.appending(path: "Reports")
        let names = (try? FileManager.default.contentsOfDirectory(atPath: folder.path)) ?? []
        return names.filter {
            $0 != "latest"
                && FileManager.default.fileExists(atPath: folder.appending(path: "\($0)/results.json").path)
        }.sorted()
    }()

    @Test("The ladder of the README is that of the results it names, number by number")
    func ladder() throws {
        let parts = try Self.text("README.md").components(separatedBy: "<!-- ladder: ")
        let rest = try #require(parts.count == 2 ? parts[1] : nil)
        let path = try #require(rest.components(separatedBy: " -->").first)
        let body = rest.dropFirst(path.count + " -->".count).components(separatedBy: "<!-- end of ladder -->")
        let linked = try #require(body.first).trimmingCharacters(in: .whitespacesAndNewlines)
        let table = linked.replacing(/\[([a-zA-Z0-9.]+)\]\([^)]*\)/) { $0.1 }
        let results = try Results(contentsOf: Self.root.appending(path: path).path)
        #expect(table == Markdown.table(try #require(Report(results).figures(of: "ladder").first).table))
        let choice = try #require(PeerSummary(PeerComparison(results).choices))
        let words = try Self.text("README.md").replacing(/\s+/, with: " ")
        let (mean, worst) = (Numbers.three(choice.geometricMean), Numbers.three(choice.worst.factor.median))
        #expect(words.contains("gets one that is \(mean) times as fast as the best of them"))
        #expect(words.contains("over \(choice.count) cells, and \(worst) times in the worst cell"))
        for link in linked.matches(of: /\]\(([^)]*)\)/) {
            #expect(FileManager.default.fileExists(atPath: Self.root.appending(path: String(link.1)).path))
        }
        let report = try #require(path.split(separator: "/").dropLast().last)
        #expect(Self.reports.contains(String(report)))
        let first = try #require(Report(results).keyLines.first)
        #expect(try Self.text("Reports/README.md").contains("- \(report): \(first)\n"))
    }

    @Test("report.md and its pictures are, byte for byte, those made from results.json", arguments: reports)
    func report(_ name: String) throws {
        let folder = Self.root.appending(path: "Reports/\(name)")
        let results = try Results(contentsOf: folder.appending(path: "results.json").path)
        // What one looks at in a browser or a table is made where it is wanted.
        let isMadeOnDemand: Set = ["report.html", "results.csv"]
        let files = Report(results).files().filter { !isMadeOnDemand.contains($0.name) }
        for file in files {
            let isSame =
                try String(contentsOf: folder.appending(path: file.name), encoding: .utf8) == file.text
            #expect(isSame, "\(file.name) has changed: unlooped report Reports/\(name)/results.json")
        }
        let found = Set(try FileManager.default.contentsOfDirectory(atPath: folder.path))
        #expect(found.subtracting(isMadeOnDemand) == Set(files.map { $0.name } + ["results.json"]))
        let begun = " | \(results.date.prefix(10)) | \(results.build.commit ?? "not recorded") | "
        #expect(try Self.text("Reports/README.md").contains(begun))
    }
}
