import Foundation
import Testing

/// The faults of an HTML page that a test can find without a browser.
struct Markup {
    /// Elements that do not fit into each other, and entities that are none; empty where it is well-formed.
    private(set) var faults: [String] = []

    /// The values of each attribute, in order, by its name.
    private(set) var attributes: [String: [String]] = [:]

    /// The names of elements, in order.
    private(set) var elements: [String] = []

    /// Reads `text`, which must be XML but for a document type.
    init(_ text: String) {
        var open: [String] = []
        // Signs go by scalars in HTML: an accent would make another character of the sign before it.
        let text = String(String.UnicodeScalarView(text.unicodeScalars.map { $0.isAccent ? "?" : $0 }))
        var rest = text[...]
        if rest.hasPrefix("<!DOCTYPE html>") { rest = rest.dropFirst("<!DOCTYPE html>".count) }
        while let start = rest.firstIndex(of: "<") {
            check(entitiesIn: rest[..<start])
            rest = rest[start...]
            guard
                let tag = rest.prefixMatch(
                    of: /<(\/?)([a-zA-Z][a-zA-Z0-9]*)((?:\s+[a-zA-Z_:-][a-zA-Z0-9_:.-]*="[^"<]*")*)\s*(\/?)>/)
            else {
                faults.append("a tag that is none: \(rest.prefix(40))")
                return
            }
            let name = String(tag.2)
            if tag.1.isEmpty {
                elements.append(name)
                read(tag.3)
                if tag.4.isEmpty { open.append(name) }
            } else if open.popLast() != name {
                faults.append("</\(name)> closes something else")
                return
            }
            rest = rest[tag.range.upperBound...]
        }
        check(entitiesIn: rest)
        if !open.isEmpty { faults.append("not closed: \(open)") }
    }

    private mutating func read(_ text: Substring) {
        var seen: Set<String> = []
        for match in text.matches(of: /([a-zA-Z_:-][a-zA-Z0-9_:.-]*)="([^"]*)"/) {
            let name = String(match.1)
            if !seen.insert(name).inserted { faults.append("\(name) is there twice") }
            check(entitiesIn: match.2)
            attributes[name, default: []].append(String(match.2))
        }
    }

    private mutating func check(entitiesIn text: Substring) {
        for part in text.split(separator: "&", omittingEmptySubsequences: false).dropFirst()
        where part.prefixMatch(of: /(amp|lt|gt|quot|#\d+);/) == nil {
            faults.append("an & alone: &\(part.prefix(20))")
        }
    }
}

extension Unicode.Scalar {
    fileprivate var isAccent: Bool { ("\u{300}"..."\u{36F}").contains(self) }
}

@Suite("The checker of markup finds what is wrong")
struct MarkupTests {
    @Test(
        "What is not well-formed is found",
        arguments: [
            "<a><b></a></b>", "<a>", "</a>", "<a b=c/>", "<a b=\"1\" b=\"2\"/>", "a & b", "<a b=\"&x\"/>",
            "1 < 2",
            "<a onclick/>", "<\u{301}", "&\u{301}",
        ])
    func faults(text: String) { #expect(!Markup(text).faults.isEmpty) }

    @Test("What is well-formed passes, and its attributes are found")
    func sound() {
        let markup = Markup("<!DOCTYPE html>\n<a id=\"x\"><b c-d=\"1 &amp; &#39;2\"/>&lt;</a>\n")
        #expect(markup.faults.isEmpty)
        #expect(markup.attributes["id"] == ["x"] && markup.elements == ["a", "b"])
    }
}
