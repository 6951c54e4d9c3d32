/// What looks mean, for pictures without room beside each mark.
struct Legend {
    /// What stands before a text.
    enum Sample {
        /// A point.
        case point(Look)
        /// A piece of a filled area, by its hue and style.
        case patch(hue: Look.Hue, style: String)
    }

    let items: [(sample: Sample, text: String)]

    /// The items from left to right, in as many lines as that takes, and where they end.
    func drawn(width: Double, from y: Double) -> (elements: [Element], bottom: Double) {
        var (x, line) = (Picture.margin, y + TextSize.line / 2)
        var elements: [Element] = []
        for item in items {
            let room = 22 + TextSize.width(item.text)
            if x > Picture.margin, x + room > width - Picture.margin {
                (x, line) = (Picture.margin, line + TextSize.line)
            }
            switch item.sample {
            case .point(let look):
                elements.append(.group([Marks.point(look.marker, x + 8, line, size: 5)], look.hue.rawValue))
            case .patch(let hue, let style):
                elements.append(.group([.rect(x, line - 7, 16, 14, style, rounding: 2)], hue.rawValue))
            }
            elements.append(.text(item.text, x + 22, line, "soft"))
            x += room + 2 * TextSize.gap
        }
        return (elements, items.isEmpty ? y : line + TextSize.line / 2)
    }
}
