import Foundation
import Problems
import Measurement
import Reporting
import Testing

@Suite("Reports/RESULTS.md documents the format of the results")
struct ResultsSchemaTests {
    private static let page = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .deletingLastPathComponent().deletingLastPathComponent().appending(path: "Reports/RESULTS.md")

    private func text() throws -> String { try String(contentsOf: Self.page, encoding: .utf8) }

    /// The fields that tables of the page have in their first column, the last part of each.
    private func documented() throws -> Set<String> {
        let names = try text().split(separator: "\n").filter { $0.hasPrefix("| `") }.flatMap { line in
            line.split(separator: "|")[0].split(separator: ",").map {
                $0.trimmingCharacters(in: .init(charactersIn: " `"))
            }
        }
        return Set(names.compactMap { $0.split(separator: ".").last.map(String.init) })
    }

    private func keys(_ value: Any) -> Set<String> {
        switch value {
        case let object as [String: Any]:
            object.reduce(into: Set(object.keys)) { $0.formUnion(keys($1.value)) }
        case let array as [Any]: array.reduce(into: []) { $0.formUnion(keys($1)) }
        default: []
        }
    }

    /// Stored properties, as `Type.name`, and which of them are nil wherever they stand.
    private func collect(
        _ value: Any, _ name: String, _ found: inout Set<String>, _ absent: inout Set<String>
    ) {
        let mirror = Mirror(reflecting: value)
        if mirror.displayStyle == .optional {
            guard let wrapped = mirror.children.first else {
                absent.insert(name)
                return
            }
            return collect(wrapped.value, name, &found, &absent)
        }
        found.insert(name)
        for child in mirror.children {
            collect(child.value, child.label.map { "\(mirror.subjectType).\($0)" } ?? name, &found, &absent)
        }
    }

    @Test("The example that the others look at has every optional field")
    func example() {
        var (found, absent) = (Set<String>(), Set<String>())
        collect(FullResults.results, "Results", &found, &absent)
        #expect(found.contains("Sample.cpuNanoseconds"))
        #expect(absent.contains("RungResult.skipped"))
        #expect(absent.subtracting(found).isEmpty)
    }

    @Test("Every field that results have is in its tables, and no other")
    func fields() throws {
        let text = try JSONDocument(FullResults.results).text()
        let written = keys(try JSONSerialization.jsonObject(with: Data(text.utf8)))
        let documented = try documented()
        #expect(written.contains("cpuNanoseconds"))
        #expect(written.subtracting(documented).sorted() == [], "not in Reports/RESULTS.md")
        #expect(documented.subtracting(written).sorted() == [], "not in results")
    }

    @Test("It names the version, the values that a field may have, and the columns of other formats")
    func values() throws {
        let text = try text()
        let ends: [Block.End] = [.completed, .budget]
        var names = Advice.Kind.allCases.map { $0.rawValue } + ends.map { $0.rawValue }
        names += ScalarKind.allCases.map { $0.rawValue } + CSVSamples.columns
        names += Storage.allCases.map { $0.rawValue }
        for name in names { #expect(text.contains("`\(name)`"), "\(name)") }
        #expect(text.contains("version \(Results.currentSchemaVersion) of the format"))
        #expect(text.contains("the version of the format, \(Results.currentSchemaVersion) |"))
    }

    @Test("The document is the results: it can be read back")
    func roundTrip() throws {
        let text = try JSONDocument(FullResults.results).text()
        #expect(text.contains("\"Infinity\""))
        #expect(try Results(json: Data(text.utf8), name: "r.json") == FullResults.results)
    }
}
