/// What a report says, whatever it is written in.
package struct Page: Sendable, Equatable {
    /// What it is.
    package let title: String

    /// What stands before all sections.
    package let lead: [Item]

    /// The sections.
    package let sections: [Section]

    /// What it was made from and by.
    package let colophon: Phrase

    /// A page.
    package init(title: String, lead: [Item], sections: [Section], colophon: Phrase) {
        (self.title, self.lead, self.sections, self.colophon) = (title, lead, sections, colophon)
    }

    /// The figures of all sections, in order.
    package var figures: [Figure] {
        (lead + sections.flatMap { $0.items }).compactMap {
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

    /// What it says.
    package let items: [Item]

    /// A section.
    package init(_ id: String, _ title: String, _ items: [Item]) {
        (self.id, self.title, self.items) = (id, title, items)
    }
}

/// What pages are made of.
package enum Item: Sendable, Equatable {
    /// The sentence that says it all.
    case headline(Phrase)
    /// A paragraph.
    case paragraph(Phrase)
    /// A heading within a section.
    case heading(String)
    /// Points.
    case list([Phrase])
    /// Numbers, under a caption.
    case table(String, DataTable)
    /// A picture, with the numbers behind it.
    case figure(Figure)
    /// A picture, and beside it, where there is room, what is to be read with it.
    case explained(Figure, [Item])
    /// Lines that one types.
    case code(String)
    /// What must not be missed.
    case warning(Phrase)
    /// What the results hold nothing for, with the command that would fill it.
    case leftOut(Phrase)
}

extension [Item] {
    /// The figures that there are.
    static func figures(_ figures: [Figure?]) -> [Item] { figures.compactMap { $0.map(Item.figure) } }
}
