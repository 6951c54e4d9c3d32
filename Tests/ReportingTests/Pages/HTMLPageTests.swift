import Foundation
import Measurement
import Testing

import Reporting

@Suite("report.html is one sound file")
struct HTMLPageTests {
    private func html(_ results: Results) throws -> String {
        try #require(Report(results).files().first { $0.name == "report.html" }).text
    }

    private func expectSound(_ text: String, _ name: String = "") {
        let markup = Markup(text)
        #expect(markup.faults == [], "\(name)")
        let ids = markup.attributes["id"] ?? []
        #expect(Set(ids).count == ids.count, "\(name): an id is there twice")
        // What a page refers to is there: anchors, and what names an element.
        let references = (markup.attributes["href"] ?? []).filter { $0.hasPrefix("#") }.map {
            String($0.dropFirst())
        }
        let labels = (markup.attributes["aria-labelledby"] ?? []).flatMap {
            $0.split(separator: " ").map(String.init)
        }
        for id in references + labels { #expect(ids.contains(id), "\(name): \(id)") }
    }

    @Test("It is well-formed, with ids that stand once and references that lead somewhere")
    func sound() throws {
        let text = try html(Pages.full)
        expectSound(text)
        #expect(text.hasPrefix("<!DOCTYPE html>\n<html lang=\"en\">"))
        #expect(text.contains("<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\"/>"))
        #expect(text.contains("<title>Unlooped: what avoiding loops is worth on this machine</title>"))
        #expect(text.contains("prefers-color-scheme: dark") && text.contains("@media print"))
        #expect(text.contains("<a class=\"skip\" href=\"#content\">"))
    }

    @Test("It needs no network, and has no script but that of the explorer")
    func alone() throws {
        let text = try html(Pages.full)
        let parts = text.components(separatedBy: "<script")
        #expect(parts.count == 3 && parts[1].hasPrefix(" type=\"application/json\" id=\"numbers\">"))
        let others = parts[0] + (parts.last?.components(separatedBy: "</script>").last ?? "")
        for sign in ["http:", "https:", "//", "url(", "@import", "src="] {
            let rest = others.replacingOccurrences(of: "xmlns=\"http://www.w3.org/2000/svg\"", with: "")
            #expect(!rest.contains(sign), "\(sign)")
        }
        let markup = Markup(text)
        for element in ["iframe", "object", "embed", "img"] { #expect(!markup.elements.contains(element)) }
        #expect(!markup.attributes.keys.contains { $0.hasPrefix("on") })
        #expect(Set(markup.attributes["href"] ?? []).allSatisfy { $0.hasPrefix("#") || $0 == "data:," })
    }

    @Test("No line breaks between a number and its unit, or around an equals sign")
    func typesetting() {
        let lead: [Item] = [
            .paragraph("m = 10, 5 ms instead of \(strong: "27.5 ms"); 3 % of 4 cells"), .code("a = 1"),
        ]
        let text = HTMLPage(Page(title: "t", lead: lead, sections: [], colophon: "c")).text
        #expect(text.contains("m\u{A0}=\u{A0}10, 5\u{A0}ms instead of <strong>27.5\u{A0}ms</strong>;"))
        #expect(text.contains("; 3\u{A0}% of 4 cells") && text.contains("a = 1"))
    }

    @Test("Figures that follow each other are in one row, and a picture is next to its explanation")
    func rows() throws {
        let text = try html(Pages.full)
        let rows = text.components(separatedBy: "<div class=\"figures\">").dropFirst()
        #expect(
            rows.contains { $0.components(separatedBy: "</div>\n</section>")[0].contains("growth-nx-double") }
        )
        #expect(text.contains("<div class=\"explained\">\n<figure id=\"figure-ladder\">"))
    }

    @Test("All but the answers is folded, each section with a sentence, and links open it")
    func folded() throws {
        let report = Report(Pages.full)
        let text = try html(Pages.full)
        #expect(!report.page.answers.isEmpty)
        for section in report.page.answers {
            #expect(text.contains("<section id=\"\(section.id)\"") && section.items.count > 0)
        }
        for section in report.page.sections {
            #expect(!section.about.isEmpty)
            let anchor = "</summary>\n<section id=\"\(section.id)\""
            #expect(text.contains("<span>\(XML.escaped(section.about))</span>" + anchor), "\(section.id)")
        }
    }

    @Test("The explorer has the times and factors of every cell, and nothing where nothing was timed")
    func explorer() throws {
        let results = Pages.full
        let text = try #require(Report(results).page.data)
        let content = try #require(
            try JSONSerialization.jsonObject(with: Data(text.utf8)) as? [String: Any])
        let cells = try #require(content["cells"] as? [[String: Any]])
        #expect(cells.count == results.cells.count)
        let largest = try #require(content["largest"] as? Int)
        let rungs = try #require(cells[largest]["rungs"] as? [String: [Double]])
        #expect(cells[largest]["m"] as? Int == 10_000 && cells[largest]["nx"] as? Int == 128)
        #expect(rungs["simd.b"] == [1_281_000, 1_281_000, 1_281_000, 8, 8, 8, 8])
        #expect((cells[largest]["peers"] as? [String: [Double]])?["numpy"]?.first == 3_843_000)
        #expect(Report(Examples.results([])).page.data == nil)
    }

    @Test("Each figure has a text alternative and the numbers behind it")
    func figures() throws {
        let report = Report(Pages.full)
        let text = try html(Pages.full)
        #expect(!report.page.figures.isEmpty)
        for figure in report.page.figures {
            let parts = text.components(separatedBy: "<figure id=\"figure-\(figure.id)\">")
            #expect(parts.count == 2)
            let part = try #require(parts.last?.components(separatedBy: "</figure>").first)
            #expect(part.contains("role=\"img\"") && part.contains("<title") && part.contains("<desc"))
            #expect(part.contains("<details>") && part.contains("<table>"))
            #expect(part.contains("<figcaption>\(XML.escaped(figure.title))</figcaption>"))
            #expect(!figure.description.isEmpty && !figure.table.rows.isEmpty)
            #expect(figure.table.rows.allSatisfy { $0.count == figure.table.head.count })
        }
    }

    @Test("What strings of the results say is text and nothing else")
    func hostile() throws {
        let text = try html(Pages.hostileResults)
        expectSound(text)
        let markup = Markup(text)
        // Those of the explorer.
        #expect(markup.elements.count { $0 == "script" } == 2)
        #expect(!markup.attributes.keys.contains("onload"))
        #expect(text.contains("&lt;script&gt;alert(1)"))
        #expect(!text.contains("\0"))
    }

    @Test("Sparse results give a sound page")
    func sparse() throws {
        for (name, results) in Pages.sparse { expectSound(try html(results), name) }
    }
}
