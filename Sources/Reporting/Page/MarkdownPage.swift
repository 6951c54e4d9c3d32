/// A page in Markdown, as the web view of a repository shows it; its pictures are files in the same folder.
package struct MarkdownPage {
    private let page: Page

    package init(_ page: Page) { self.page = page }

    package var text: String {
        let contents = page.sections.map { "[\(Markdown.escaped($0.title))](#\($0.id))" }
        let parts =
            ["# " + Markdown.escaped(page.title)] + page.lead.map(markdown)
            + page.answers.flatMap(markdown) + [contents.joined(separator: " · ")]
            + page.sections.flatMap(page.answers.isEmpty ? markdown : folded)
            + ["---", markdown(page.colophon)]
        return parts.filter { !$0.isEmpty }.joined(separator: "\n\n") + "\n"
    }

    /// The file of the figure with this id.
    package static func file(of id: String) -> String { id + ".svg" }

    private func markdown(_ section: Section) -> [String] {
        // Anchors of our own: those that a web view makes of headings differ from view to view.
        ["<a id=\"\(section.id)\"></a>", "## " + Markdown.escaped(section.title)]
            + (section.about.isEmpty ? [] : [Markdown.escaped(section.about)]) + section.items.map(markdown)
    }

    private func folded(_ section: Section) -> [String] {
        let summary = "<strong>\(XML.escaped(section.title)).</strong> \(XML.escaped(section.about))"
        return ["<a id=\"\(section.id)\"></a>", "<details><summary>\(summary)</summary>"]
            + section.items.map(markdown) + ["</details>"]
    }

    private func markdown(_ item: Item) -> String {
        switch item {
        case .headline(let phrase), .paragraph(let phrase), .small(let phrase): markdown(phrase)
        case .heading(let text): "### " + Markdown.escaped(text)
        case .list(let points), .notes(let points): points.map { "- " + markdown($0) }.joined(separator: "\n")
        case .table(let caption, let table):
            "**\(Markdown.escaped(caption))**\n\n" + Markdown.table(table)
        case .figure(let figure): markdown(figure)
        case .explained(let figure, let items):
            ([markdown(figure)] + items.map(markdown)).joined(separator: "\n\n")
        case .code(let text): Markdown.code(text)
        case .warning(let phrase): "> **Warning.** " + markdown(phrase)
        case .leftOut(let phrase): "> " + markdown(phrase)
        }
    }

    private func markdown(_ figure: Figure) -> String {
        """
        ### \(Markdown.escaped(figure.title))

        ![\(Markdown.escaped(figure.description))](\(Self.file(of: figure.id)))

        <details><summary>The numbers behind it</summary>

        \(Markdown.table(figure.table))

        </details>
        """
    }

    private func markdown(_ phrase: Phrase) -> String {
        phrase.spans.enumerated().map { i, span in
            switch span {
            case .text(let words): i == 0 ? opening(words) : Markdown.escaped(words)
            case .strong(let words): "**\(Markdown.escaped(words))**"
            case .code(let words): Markdown.code(span: words)
            case .link(let words, let anchor): "[\(Markdown.escaped(words))](#\(anchor))"
            }
        }.joined()
    }

    /// Words at the beginning of a paragraph, where a sign or a number would begin a list or a heading.
    private func opening(_ words: String) -> String {
        let text = Markdown.escaped(words)
        guard let first = words.unicodeScalars.first else { return "" }
        if "+-=".unicodeScalars.contains(first) { return "\\" + text }
        guard ("0"..."9").contains(first) else { return text }
        let digits = text.prefix { ("0"..."9").contains($0) }
        let rest = text.dropFirst(digits.count)
        return rest.hasPrefix(".") || rest.hasPrefix(")") ? digits + "\\" + rest : text
    }
}

/// Pieces of Markdown (GitHub's, with tables).
package enum Markdown {
    /// `text` so that nothing in it is markup, in a table either. By scalars, since a sign with an accent on it
    /// is a character that equals no sign.
    package static func escaped(_ text: String) -> String {
        var result = ""
        for scalar in text.unicodeScalars {
            switch scalar {
            case "&": result += "&amp;"
            case "<": result += "&lt;"
            case ">": result += "&gt;"
            case "|", "\\", "`", "*", "_", "[", "]", "~", "$", "#": result += "\\\(scalar)"
            default: result += isBreak(scalar) ? " " : String(scalar)
            }
        }
        return result
    }

    /// Text as code.
    static func code(span text: String) -> String {
        let inner = String(String.UnicodeScalarView(text.unicodeScalars.map { isBreak($0) ? " " : $0 }))
        // A fence longer than any within (CommonMark 0.31, §6.1).
        let longest = inner.split { $0 != "`" }.map(\.count).max() ?? 0
        let fence = String(repeating: "`", count: longest + 1)
        let gap = inner.hasPrefix("`") || inner.hasSuffix("`") ? " " : ""
        return fence + gap + inner + gap + fence
    }

    /// A table, with its cells escaped; columns of numbers are set to the right.
    package static func table(_ table: DataTable) -> String {
        let rule = table.head.indices.map { $0 < table.leading ? ":--" : "--:" }
        let rows = [table.head.map { escaped($0) }, rule] + table.rows.map { $0.map { escaped($0) } }
        return rows.map { "| " + $0.joined(separator: " | ") + " |" }.joined(separator: "\n")
    }

    /// A block of code.
    static func code(_ text: String) -> String {
        text.split(omittingEmptySubsequences: false, whereSeparator: \.isNewline).map { "    " + $0 }
            .joined(separator: "\n")
    }

    /// Whether a line may end there.
    private static func isBreak(_ scalar: Unicode.Scalar) -> Bool {
        ("\u{A}"..."\u{D}").contains(scalar) || ["\u{85}", "\u{2028}", "\u{2029}", "\0"].contains(scalar)
    }
}
