/// A page as one HTML file that needs nothing else: no script, no other file, no network.
///
/// It is XML as well, so that any tool can tell whether it is well-formed.
package struct HTMLPage {
    private let page: Page

    /// The file of `page`.
    package init(_ page: Page) { self.page = page }

    /// The text of the file.
    package var text: String {
        """
        <!DOCTYPE html>
        <html lang="en">
        <head>
        <meta charset="utf-8"/>
        <meta name="viewport" content="width=device-width, initial-scale=1"/>
        <meta name="color-scheme" content="light dark"/>
        <meta name="generator" content="unlooped"/>
        <meta http-equiv="Content-Security-Policy" content="\(Self.policy)"/>
        <link rel="icon" href="data:,"/>
        <title>\(XML.escaped(page.title))</title>
        <style>
        \(HTMLStyle.text)
        </style>
        </head>
        <body>
        <a class="skip" href="#content">Skip to the report</a>
        <header><h1>\(XML.escaped(page.title))</h1></header>
        \(contents)
        <main id="content">
        \(html(page.lead))
        \(page.sections.map(html).joined(separator: "\n"))
        </main>
        <footer><p>\(html(page.colophon))</p></footer>
        </body>
        </html>

        """
    }

    /// Nothing is fetched and no script runs, whatever the strings of the results are.
    private static let policy = "default-src 'none'; style-src 'unsafe-inline'; img-src data:"

    private var contents: String {
        let links = page.sections.map { "<li><a href=\"#\($0.id)\">\(XML.escaped($0.title))</a></li>" }
        return "<nav aria-label=\"Contents\">\n<ol>\n\(links.joined(separator: "\n"))\n</ol>\n</nav>"
    }

    private func html(_ section: Section) -> String {
        """
        <section id="\(section.id)" aria-labelledby="\(section.id)-heading">
        <h2 id="\(section.id)-heading">\(XML.escaped(section.title))</h2>
        \(html(section.items))
        </section>
        """
    }

    /// Items, with figures that follow each other side by side where there is room.
    private func html(_ items: [Item]) -> String {
        var parts: [String] = []
        var row: [Figure] = []
        func closeRow() {
            guard !row.isEmpty else { return }
            parts.append("<div class=\"figures\">\n" + row.map(html).joined(separator: "\n") + "\n</div>")
            row = []
        }
        for item in items {
            if case .figure(let figure) = item {
                row.append(figure)
            } else {
                closeRow()
                parts.append(html(item))
            }
        }
        closeRow()
        return parts.joined(separator: "\n")
    }

    private func html(_ item: Item) -> String {
        switch item {
        case .headline(let phrase): "<p class=\"headline\">\(html(phrase))</p>"
        case .paragraph(let phrase): "<p>\(html(phrase))</p>"
        case .heading(let text): "<h3>\(XML.escaped(text))</h3>"
        case .list(let points):
            "<ul>\n" + points.map { "<li>\(html($0))</li>" }.joined(separator: "\n") + "\n</ul>"
        case .table(let caption, let table): html(table, caption)
        case .figure(let figure): html(figure)
        case .explained(let figure, let items):
            "<div class=\"explained\">\n\(html(figure))\n<div>\n\(html(items))\n</div>\n</div>"
        case .code(let text): "<pre><code>\(XML.escaped(text))</code></pre>"
        case .warning(let phrase): "<p class=\"warning\">\(html(phrase))</p>"
        case .leftOut(let phrase): "<p class=\"left-out\">\(html(phrase))</p>"
        }
    }

    private func html(_ phrase: Phrase) -> String {
        phrase.spans.map { span in
            switch span {
            case .text(let words): XML.escaped(Typesetting.bound(words))
            case .strong(let words): "<strong>\(XML.escaped(Typesetting.bound(words)))</strong>"
            case .code(let words): "<code>\(XML.escaped(words))</code>"
            case .link(let words, let anchor): "<a href=\"#\(XML.escaped(anchor))\">\(XML.escaped(words))</a>"
            }
        }.joined()
    }

    private func html(_ figure: Figure) -> String {
        """
        <figure id="figure-\(figure.id)">
        <figcaption>\(XML.escaped(figure.title))</figcaption>
        <div class="picture">
        \(figure.svg.trimmingSuffix(while: \.isNewline))
        </div>
        <details><summary>The numbers behind it</summary>
        \(html(figure.table, figure.title))
        </details>
        </figure>
        """
    }

    /// A table in a box of its own, in which a narrow screen can move it sideways.
    private func html(_ table: DataTable, _ caption: String) -> String {
        func cell(_ text: String, _ column: Int, _ element: String) -> String {
            let style = column < table.leading ? "" : " class=\"number\""
            let scope = element == "th" ? " scope=\"col\"" : column == 0 ? " scope=\"row\"" : ""
            let name = column == 0 ? "th" : element
            return "<\(name)\(scope)\(style)>\(XML.escaped(text))</\(name)>"
        }
        func row(_ cells: [String], _ element: String) -> String {
            "<tr>" + cells.enumerated().map { cell($1, $0, element) }.joined() + "</tr>"
        }
        return """
            <div class="scroll" role="region" aria-label="\(XML.escaped(caption))" tabindex="0">
            <table>
            <caption>\(XML.escaped(caption))</caption>
            <thead>\(row(table.head, "th"))</thead>
            <tbody>
            \(table.rows.map { row($0, "td") }.joined(separator: "\n"))
            </tbody>
            </table>
            </div>
            """
    }
}

extension StringProtocol {
    /// The text without the characters at its end that meet `condition`.
    fileprivate func trimmingSuffix(while condition: (Character) -> Bool) -> SubSequence {
        var rest = self[...]
        while let last = rest.last, condition(last) { rest.removeLast() }
        return rest
    }
}
