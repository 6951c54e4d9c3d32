/// What stands for a value in a picture.
enum Marks {
    /// A point in the shape of its marker, centred.
    static func point(_ marker: Look.Marker, _ x: Double, _ y: Double, size r: Double) -> Element {
        let d = 0.89 * r
        return switch marker {
        case .circle:
            Element(
                "circle",
                [
                    ("class", "fill"), ("cx", Element.number(x)), ("cy", Element.number(y)),
                    ("r", Element.number(r)),
                ])
        case .square: .rect(x - d, y - d, 2 * d, 2 * d, "fill")
        case .triangle:
            .path(
                [(x, y - 1.2 * r), (x + 1.1 * r, y + 0.8 * r), (x - 1.1 * r, y + 0.8 * r)], closed: true,
                "fill")
        case .diamond:
            .path(
                [(x, y - 1.3 * r), (x + 1.3 * r, y), (x, y + 1.3 * r), (x - 1.3 * r, y)], closed: true, "fill"
            )
        case .wedge:
            .path(
                [(x, y + 1.2 * r), (x + 1.1 * r, y - 0.8 * r), (x - 1.1 * r, y - 0.8 * r)], closed: true,
                "fill")
        case .cross:
            .path(
                [
                    (x - d, y - d), (x, y - 0.4 * d), (x + d, y - d), (x + 0.4 * d, y), (x + d, y + d),
                    (x, y + 0.4 * d), (x - d, y + d), (x - 0.4 * d, y),
                ], closed: true, "fill")
        }
    }

    /// The class of a broken line.
    static func dash(_ dash: Look.Dash) -> String { dash == .solid ? "" : " dash\(dash.rawValue)" }

    /// An interval across, with ends.
    static func whisker(_ low: Double, _ high: Double, at y: Double) -> Element {
        Element(
            "path",
            [
                ("class", "whisker"),
                (
                    "d",
                    "M\(Element.number(low)) \(Element.number(y - 4))v8m0 -4H\(Element.number(high))m0 -4v8"
                ),
            ])
    }

    /// Lines of soft text at the top left, and where they end.
    static func note(_ text: String, width: Double, from y: Double) -> (elements: [Element], bottom: Double) {
        let lines = TextSize.lines(text, width: width - 2 * Picture.margin)
        let elements = lines.enumerated().map { i, line in
            Element.text(line, Picture.margin, y + TextSize.line * (Double(i) + 0.5), "soft")
        }
        return (elements, y + TextSize.line * Double(lines.count))
    }
}
