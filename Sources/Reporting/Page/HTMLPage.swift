import Foundation

/// A page as one HTML file that needs nothing else: no other file and no network. The only script is that of the
/// explorer, and without scripts all else is as it is.
///
/// It is XML as well, so that any tool can tell whether it is well-formed.
package struct HTMLPage {
    private let page: Page

    package init(_ page: Page) { self.page = page }

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
        <main id="content">
        \(html(page.lead))
        \(body)
        </main>
        <footer><p>\(html(page.colophon))</p></footer>
        </body>
        </html>

        """
    }

    /// Nothing is fetched and no script runs but the explorer's, whatever the strings of the results are.
    private static let policy =
        "default-src 'none'; style-src 'unsafe-inline'; img-src data:; script-src 'sha256-\(Explorer.digest)'"

    private var body: String {
        let sections = page.sections
        guard !page.answers.isEmpty else { return sections.map(html).joined(separator: "\n") }
        return """
            <div class="answers">
            \(page.answers.map(html).joined(separator: "\n"))
            </div>
            \(page.data.map(Explorer.html) ?? "")
            <h2 class="appendix">Everything else</h2>
            \(sections.map(folded).joined(separator: "\n"))
            """
    }

    /// A section whose heading opens it. The anchor is inside, so that a link to it opens it too.
    private func folded(_ section: Section) -> String {
        """
        <details class="section">
        <summary><h3 id="\(section.id)-heading">\(XML.escaped(section.title))</h3> \
        <span>\(XML.escaped(section.about))</span></summary>
        <section id="\(section.id)" aria-labelledby="\(section.id)-heading">
        \(html(section.items))
        </section>
        </details>
        """
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
            list(points, "ul")
        case .notes(let points): list(points, "ul class=\"notes\"")
        case .small(let phrase): "<p class=\"small\">\(html(phrase))</p>"
        case .table(let caption, let table): html(table, caption)
        case .figure(let figure): html(figure)
        case .explained(let figure, let items):
            "<div class=\"explained\">\n\(html(figure))\n<div>\n\(html(items))\n</div>\n</div>"
        case .code(let text): "<pre><code>\(XML.escaped(text))</code></pre>"
        case .warning(let phrase): "<p class=\"warning\">\(html(phrase))</p>"
        case .leftOut(let phrase): "<p class=\"left-out\">\(html(phrase))</p>"
        }
    }

    private func list(_ points: [Phrase], _ tag: String) -> String {
        "<\(tag)>\n" + points.map { "<li>\(html($0))</li>" }.joined(separator: "\n") + "\n</ul>"
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
        \(figure.svg.trimmingCharacters(in: .newlines))
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

/// Words set so that lines do not break where they should not.
private enum Typesetting {
    private static let units: Set<Substring> = [
        "%", "×", "ns", "µs", "ms", "s", "B", "kB", "MB", "GB", "KiB", "MiB", "GiB", "GB/s", "times",
    ]

    /// `text` with spaces that do not break around `=`, and between a number and its unit.
    static func bound(_ text: String) -> String {
        let words = text.split(separator: " ", omittingEmptySubsequences: false)
        guard var result = words.first.map(String.init) else { return text }
        for (word, next) in zip(words, words.dropFirst()) {
            let unit = next.prefix { !".,;:)".contains($0) }
            let isQuantity = word.last?.isNumber == true && units.contains(unit)
            result += (word == "=" || next == "=" || isQuantity ? "\u{A0}" : " ") + next
        }
        return result
    }
}

/// The looks of a page: light or dark by the reader's choice, on a phone, and on paper.
private enum HTMLStyle {
    static let text = """
        :root {
          color-scheme: light dark;
          --page: #ffffff; --text: #1f2328; --soft: #59636e; --rule: #d1d9e0; --raised: #f6f8fa;
          --link: #0969da; --warn: #9a6700; --warn-page: #fff8c5;
        }
        @media (prefers-color-scheme: dark) {
          :root {
            --page: #0d1117; --text: #e6edf3; --soft: #9198a1; --rule: #3d444d; --raised: #151b23;
            --link: #4493f8; --warn: #d29922; --warn-page: #272115;
          }
        }
        * { box-sizing: border-box; }
        html { scroll-padding-top: 1rem; }
        body {
          margin: 0 auto; padding: 1.5rem 1.25rem 4rem; max-width: 80rem; background: var(--page);
          color: var(--text); font: 16px/1.55 system-ui, -apple-system, "Segoe UI", Roboto, sans-serif;
        }
        h1 { margin: 0 0 1rem; font-size: 1.1rem; font-weight: 600; color: var(--soft); }
        h2 { margin: 0 0 0.75rem; font-size: 1.5rem; line-height: 1.25; }
        h3 { margin: 2rem 0 0.5rem; font-size: 1.1rem; }
        section { margin-top: 3rem; padding-top: 2rem; border-top: 1px solid var(--rule); }
        p, ul { max-width: 50rem; }
        p { margin: 0 0 1rem; }
        ul { margin: 0 0 1rem; padding-left: 1.25rem; }
        li { margin-bottom: 0.5rem; }
        a { color: var(--link); }
        code, pre { font: 0.875em/1.5 ui-monospace, SFMono-Regular, Menlo, Consolas, monospace; }
        code { overflow-wrap: anywhere; }
        pre { margin: 0 0 1rem; padding: 0.75rem 1rem; overflow-x: auto; background: var(--raised); }
        pre code { overflow-wrap: normal; font-size: 1em; }
        .headline { max-width: 60rem; font-size: 1.45rem; line-height: 1.4; text-wrap: pretty; }
        .warning {
          padding: 0.6rem 0.9rem; border-left: 4px solid var(--warn); background: var(--warn-page);
          max-width: 54rem;
        }
        .left-out { padding: 0.6rem 0.9rem; border-left: 4px solid var(--rule); color: var(--soft); }
        .skip { position: absolute; left: -100rem; }
        .skip:focus { position: static; }
        .small { color: var(--soft); font-size: 0.85rem; }
        .notes { margin: 0; padding-left: 1rem; max-width: none; font-size: 0.78rem; line-height: 1.3; }
        .notes li { margin-bottom: 0.2rem; }
        #trust li { margin-bottom: 0.15rem; }
        #trust ul { max-width: none; font-size: 0.9rem; }
        .answers { display: grid; gap: 0 2.5rem; }
        .answers section { margin-top: 0.75rem; padding-top: 0.75rem; min-width: 0; }
        .answers h2 { margin-bottom: 0.4rem; font-size: 1.35rem; }
        .answers p { margin-bottom: 0.6rem; }
        .answers .figures { margin: 0.5rem 0; }
        .answers .figures figure { max-width: 36rem; }
        .answers section:first-child { margin-top: 0; }
        @media (min-width: 64rem) {
          .answers { grid-template-columns: 7fr 5fr; }
          .answers section { grid-column: 1 / -1; }
          #where, #good { grid-column: auto; }
        }
        #explorer form { display: flex; flex-wrap: wrap; gap: 0.5rem 1.25rem; margin-bottom: 0.75rem; }
        #explorer select { font: inherit; }
        #explorer button {
          padding: 0; border: 0; background: none; color: inherit; font: inherit; text-align: left; cursor: pointer;
        }
        #explorer tr.on { background: var(--raised); }
        .timebar { height: 0.7rem; min-width: 2px; background: currentColor; opacity: 0.7; }
        svg.unlooped-chart .on, svg.unlooped-chart .on .line { stroke-width: 4; font-weight: 700; opacity: 1; }
        svg.unlooped-chart text.on { stroke-width: 0; }
        .appendix { margin: 3rem 0 0.5rem; }
        details.section { margin: 0; border-top: 1px solid var(--rule); }
        details.section > summary { padding: 0.6rem 0; color: var(--text); font-size: 1rem; }
        details.section > summary h3 { display: inline; margin: 0; }
        details.section > summary span { margin-left: 0.5rem; color: var(--soft); font-size: 0.9rem; }
        details.section > section { margin: 0; padding: 1rem 0; border: 0; }
        .figures {
          display: grid; grid-template-columns: repeat(auto-fit, minmax(min(100%, 32rem), 1fr));
          gap: 2rem 1.5rem; margin: 1rem 0;
        }
        .explained { display: grid; gap: 1rem 2.5rem; margin: 0.5rem 0; }
        .explained h3 { margin-top: 0; }
        @media (min-width: 70rem) { .explained { grid-template-columns: 9fr 11fr; } }
        figure { min-width: 0; max-width: 46rem; margin: 0; }
        figcaption { margin-bottom: 0.5rem; font-weight: 600; }
        .picture svg { display: block; width: 100%; height: auto; }
        details { margin-top: 0.25rem; }
        summary { cursor: pointer; color: var(--link); font-size: 0.9rem; }
        .scroll { margin: 0.75rem 0 1.25rem; overflow-x: auto; }
        table { border-collapse: collapse; font-size: 0.875rem; line-height: 1.4; }
        caption { padding-bottom: 0.4rem; text-align: left; font-weight: 600; }
        th, td { padding: 0.3rem 0.7rem; border-bottom: 1px solid var(--rule); text-align: left; }
        th { font-weight: 600; }
        thead th { vertical-align: bottom; color: var(--soft); border-bottom-width: 2px; }
        .number { text-align: right; font-variant-numeric: tabular-nums; white-space: nowrap; }
        thead .number { white-space: normal; }
        tbody th { position: sticky; left: 0; background: var(--page); white-space: nowrap; }
        td:not(.number) { min-width: 9rem; }
        footer { margin-top: 3rem; color: var(--soft); font-size: 0.85rem; }
        @media (max-width: 40rem) {
          body { padding: 1rem 1rem 3rem; }
          .headline { font-size: 1.2rem; }
          th, td { padding: 0.3rem 0.5rem; }
          tbody th { white-space: normal; }
        }
        @media print {
          :root { color-scheme: light; }
          body { max-width: none; padding: 0; font-size: 10pt; }
          .skip, figure summary, #explorer { display: none; }
          .scroll { overflow: visible; }
          section { margin-top: 1.5rem; padding-top: 1rem; }
          .figures, .explained { display: block; }
          figure, tr { break-inside: avoid; }
          table { font-size: 7.5pt; }
        }
        """
}
