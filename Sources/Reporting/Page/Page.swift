/// The contents of a report, whatever format it is written in.
package struct Page: Sendable, Equatable {
    package let title: String

    /// The items before all sections.
    package let lead: [Item]

    package let sections: [Section]

    /// The source and the program it was made by.
    package let colophon: Phrase

    package init(title: String, lead: [Item], sections: [Section], colophon: Phrase) {
        (self.title, self.lead, self.sections, self.colophon) = (title, lead, sections, colophon)
    }

    /// The figures of all sections, in order.
    package var figures: [Figure] { (lead + sections.flatMap { $0.items }).figures }
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
}

/// A part of a page, under a heading.
package struct Section: Sendable, Equatable {
    /// Its anchor: lower-case letters, digits and dashes.
    package let id: String

    /// Its heading.
    package let title: String

    package let items: [Item]
}

/// The parts that pages are made of.
package enum Item: Sendable, Equatable {
    /// The sentence that matters most.
    case headline(Phrase)
    case paragraph(Phrase)
    /// A heading within a section.
    case heading(String)
    case list([Phrase])
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
