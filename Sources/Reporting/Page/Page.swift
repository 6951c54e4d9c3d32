/// The contents of a report, whatever format it is written in.
package struct Page: Sendable, Equatable {
    package let title: String

    /// The items before all sections.
    package let lead: [Item]

    /// The sections that most readers come for; all are, where this is empty.
    package let answers: [Section]

    /// All else. Behind answers they are an appendix, each folded until somebody asks for it.
    package let sections: [Section]

    /// The numbers that the explorer shows, as JSON; nil where there is no explorer.
    package let data: String?

    /// The source and the program it was made by.
    package let colophon: Phrase

    package init(
        title: String, lead: [Item], answers: [Section] = [], sections: [Section], data: String? = nil,
        colophon: Phrase
    ) {
        (self.title, self.lead, self.answers, self.sections) = (title, lead, answers, sections)
        (self.data, self.colophon) = (data, colophon)
    }

    /// The figures of all sections, in order.
    package var figures: [Figure] { (lead + (answers + sections).flatMap { $0.items }).figures }
}

extension [Item] {
    /// The figures among them, in order.
    package var figures: [Figure] {
        compactMap {
            switch $0 {
            case .figure(let figure), .explained(let figure, _): figure
            default: nil
            }
        }
    }

    /// Without the figures that have one of these ids; what explains one stays.
    func without(figures ids: Set<String>) -> [Item] {
        flatMap { item -> [Item] in
            switch item {
            case .figure(let figure) where ids.contains(figure.id): []
            case .explained(let figure, let items) where ids.contains(figure.id): items
            default: [item]
            }
        }
    }
}

/// A part of a page, under a heading.
package struct Section: Sendable, Equatable {
    /// Its anchor: lower-case letters, digits and dashes.
    package let id: String

    /// Its heading.
    package let title: String

    /// Its contents in a sentence; empty where its heading says it.
    package let about: String

    package let items: [Item]

    /// Whether it only says that the results hold nothing for it.
    var isLeftOut: Bool {
        items.allSatisfy { if case .leftOut = $0 { true } else { false } }
    }

    package init(id: String, title: String, about: String = "", items: [Item]) {
        (self.id, self.title, self.about, self.items) = (id, title, about, items)
    }
}

/// The parts that pages are made of.
package enum Item: Sendable, Equatable {
    /// The sentence that matters most.
    case headline(Phrase)
    case paragraph(Phrase)
    /// A heading within a section.
    case heading(String)
    case list([Phrase])
    /// A list in small print, beside a picture.
    case notes([Phrase])
    /// Small print.
    case small(Phrase)
    /// Numbers, under a caption.
    case table(String, DataTable)
    /// A picture, with the numbers behind it.
    case figure(Figure)
    /// A picture and, next to it where there is room, what is to be read with it.
    case explained(Figure, [Item])
    /// Lines that one types.
    case code(String)
    case warning(Phrase)
    /// A part that the results hold nothing for, with the command that would fill it in.
    case leftOut(Phrase)
}

/// A picture with the same in words and numbers.
package struct Figure: Sendable, Equatable {
    /// A name for files and anchors, such as `ladder`: lower-case letters, digits and dashes.
    package let id: String

    /// A heading.
    package let title: String

    /// The same in words, for readers who do not see the picture.
    package let description: String

    /// The picture: an `<svg>` element that can be a file or stand inside a page.
    package let svg: String

    /// The numbers behind it.
    package let table: DataTable

    init(_ id: String, _ title: String, description: String, _ chart: some Chart, _ table: DataTable) {
        (self.id, self.title, self.description, self.table) = (id, title, description, table)
        svg = chart.picture.svg(id: id, title: title, description: description)
    }

    /// A figure whose description is its place, such as `At m = 1 000`, and its table read aloud.
    init(_ id: String, _ title: String, _ place: String, _ chart: some Chart, _ table: DataTable) {
        self.init(id, title, description: "\(place). \(table.inWords)", chart, table)
    }
}

/// Rows of text under a head; the first `leading` columns are words, the others numbers.
package struct DataTable: Sendable, Equatable {
    package let head: [String]

    /// The rows, each with as many texts as the head.
    package let rows: [[String]]

    /// How many columns are words.
    package let leading: Int

    init(_ head: [String], _ rows: [[String]], leading: Int = 1) {
        (self.head, self.rows, self.leading) = (head, rows, leading)
    }

    /// The table read aloud, a sentence for its head and one for each row. Of consecutive rows with the same
    /// words, as those of a curve have, only the last is read.
    var inWords: String {
        func words(_ row: [String]) -> ArraySlice<String> { row.prefix(max(1, leading)) }
        func sentence(_ row: [String]) -> String {
            let name = words(row).filter { !$0.isEmpty }.joined(separator: ", ")
            return (name.isEmpty ? "" : name + ": ")
                + row.dropFirst(max(1, leading)).joined(separator: "; ") + "."
        }
        let last = rows.indices.filter { $0 + 1 == rows.count || words(rows[$0]) != words(rows[$0 + 1]) }
        return ([head] + last.map { rows[$0] }).map(sentence).joined(separator: " ")
    }
}
