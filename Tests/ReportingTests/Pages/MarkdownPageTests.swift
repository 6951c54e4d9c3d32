import Foundation
import Measurement
import Testing

import Reporting

@Suite("report.md shows properly in a repository")
struct MarkdownPageTests {
    private func markdown(_ results: Results) throws -> String {
        try #require(Report(results).files().first { $0.name == "report.md" }).text
    }

    @Test("Tables are whole, and each picture is a file in the same folder, with its numbers")
    func full() throws {
        let files = Report(Pages.full).files()
        let text = try markdown(Pages.full)
        Self.expectWholeTables(text)
        let names = text.matches(of: /!\[.+\]\(([a-z0-9-]+\.svg)\)\n\n<details>/).map { String($0.1) }
        #expect(!names.isEmpty)
        #expect(names == files.map { $0.name }.filter { $0.hasSuffix(".svg") })
        #expect(names.count == text.components(separatedBy: "![").count - 1)
        let folded = Report(Pages.full).page.sections.count
        #expect(text.components(separatedBy: "</details>").count - 1 == names.count + folded)
        for match in text.matches(of: /\]\(#([a-z-]+)\)/) {
            #expect(text.contains("<a id=\"\(match.1)\"></a>"))
        }
    }

    @Test("What strings of the results say is text and nothing else")
    func hostile() throws {
        let text = try markdown(Pages.hostileResults)
        Self.expectWholeTables(text)
        // But for the command, which is set off as code.
        let lines = text.split(separator: "\n").filter { !$0.hasPrefix("    ") }
        for line in lines {
            #expect(!line.contains("<script"))
            #expect(!line.replacingOccurrences(of: "\\]", with: "").contains("](http"))
            #expect(!line.hasPrefix("# h"))
        }
        #expect(text.contains("\\`\\*\\_\\[x\\]("))
    }

    @Test("A paragraph that begins like a list or a heading is none")
    func openings() {
        func text(_ words: String) -> String {
            MarkdownPage(
                Page(title: "t", lead: [.paragraph(Phrase(words))], sections: [], colophon: "c")
            ).text
        }
        #expect(text("+ a").contains("\n\\+ a\n"))
        #expect(text("1. a").contains("\n1\\. a\n"))
        #expect(text("12) a").contains("\n12\\) a\n"))
        #expect(text("12 a").contains("\n12 a\n"))
        #expect(text("# a").contains("\n\\# a\n"))
    }

    @Test("Code keeps its backticks")
    func code() {
        let page = Page(
            title: "t", lead: [.paragraph("\(code: "a `b`"), \(code: "c"), \(code: "``")")], sections: [],
            colophon: "c")
        #expect(MarkdownPage(page).text.contains("`` a `b` ``, `c`, ``` `` ```"))
    }

    @Test("Sparse results give whole tables")
    func sparse() throws {
        for (_, results) in Pages.sparse { Self.expectWholeTables(try markdown(results)) }
    }

    /// Every table has as many columns in each line as in its first.
    static func expectWholeTables(_ text: String) {
        var columns: Int?
        for line in text.split(separator: "\n", omittingEmptySubsequences: false) {
            guard line.hasPrefix("|") else {
                columns = nil
                continue
            }
            let count = line.replacingOccurrences(of: "\\|", with: "").count { $0 == "|" }
            #expect(columns == nil || columns == count, "\(line)")
            columns = count
        }
    }
}
