/// The look of a series: a hue, and a marker or dash for readers who do not see hues.
struct Look: Sendable, Equatable {
    /// A colour; the stylesheet says which, in light and dark.
    enum Hue: String, Sendable, CaseIterable { case blue, ochre, green, purple, brown, grey }

    /// The shape of a point.
    enum Marker: Int, Sendable, CaseIterable { case circle, square, triangle, diamond, wedge, cross }

    /// How a line is broken, by a class of the stylesheet.
    enum Dash: Int, Sendable, CaseIterable { case solid, long, short, mixed, dots }

    let hue: Hue
    let marker: Marker
    let dash: Dash

    init(_ hue: Hue, _ marker: Marker, _ dash: Dash = .solid) {
        (self.hue, self.marker, self.dash) = (hue, marker, dash)
    }
}

/// The looks of implementations: a family shares its hue and marker, and its members differ by dash.
struct Looks {
    private var families = ["loops", "arrays", "simd", "dispatch"]
    private var members: [String: Int] = [:]

    /// The looks of `names`, such as `loops.flat`.
    init(_ names: [String]) {
        var counts: [String: Int] = [:]
        for name in names where members[name] == nil {
            let family = Self.family(name)
            if !families.contains(family) { families.append(family) }
            members[name] = counts[family, default: 0]
            counts[family, default: 0] += 1
        }
    }

    /// The beginning of a name, up to its first point.
    static func family(_ name: String) -> String { String(name.prefix { $0 != "." }) }

    /// The look of one of the names.
    subscript(name: String) -> Look {
        let family = families.firstIndex(of: Self.family(name)) ?? families.count
        let (hues, markers, dashes) = (Look.Hue.allCases, Look.Marker.allCases, Look.Dash.allCases)
        return Look(
            hues[family % hues.count], markers[(family + family / hues.count) % markers.count],
            dashes[(members[name] ?? 0) % dashes.count])
    }
}

/// The signs for values in a picture.
enum Marks {
    /// A point in the shape of its marker, centred.
    static func point(_ marker: Look.Marker, _ x: Double, _ y: Double, size r: Double) -> Element {
        func shape(_ corners: [(Double, Double)], _ r: Double) -> Element {
            .path(corners.map { (x + $0.0 * r, y + $0.1 * r) }, closed: true, "fill")
        }
        let d = 0.89 * r
        return switch marker {
        case .circle: Element("circle", class: "fill", ["cx": x, "cy": y, "r": r])
        case .square: .rect(x - d, y - d, 2 * d, 2 * d, "fill")
        case .triangle: shape([(0, -1.2), (1.1, 0.8), (-1.1, 0.8)], r)
        case .diamond: shape([(0, -1.3), (1.3, 0), (0, 1.3), (-1.3, 0)], r)
        case .wedge: shape([(0, 1.2), (1.1, -0.8), (-1.1, -0.8)], r)
        case .cross:
            shape(
                [(-1, -1), (0, -0.4), (1, -1), (0.4, 0), (1, 1), (0, 0.4), (-1, 1), (-0.4, 0)], d)
        }
    }

    /// The classes of a line through values.
    static func lineStyle(_ dash: Look.Dash, isStrong: Bool) -> String {
        "line" + (isStrong ? " bold" : "") + (dash == .solid ? "" : " dash\(dash.rawValue)")
    }

    /// Lines across a plot at places along its two axes.
    static func grid(_ plot: Box, xs: [Double], ys: [Double]) -> [Element] {
        xs.map { Element.line($0, plot.y, $0, plot.bottom + 6, "rule") }
            + ys.map { Element.line(plot.x - 6, $0, plot.right, $0, "rule") }
    }

    /// The two axes of a plot.
    static func edges(_ plot: Box) -> [Element] {
        [
            Element.line(plot.x, plot.bottom, plot.right, plot.bottom, "edge"),
            Element.line(plot.x, plot.y, plot.x, plot.bottom, "edge"),
        ]
    }

    /// An interval across, with ends.
    static func whisker(_ low: Double, _ high: Double, at y: Double) -> Element {
        let (start, end) = (Element.number(low), Element.number(high))
        return .path("M\(start) \(Element.number(y - 4))v8m0 -4H\(end)m0 -4v8", "whisker")
    }

    /// Lines of soft text at the top left, and where they end.
    static func note(_ text: String, width: Double, from y: Double) -> (elements: [Element], bottom: Double) {
        let lines = TextSize.lines(text, width: width - 2 * Picture.margin)
        let elements = lines.enumerated().map { i, line in
            Element.text(line, Picture.margin, y + TextSize.line * (Double(i) + 0.5), "soft")
        }
        return (elements, y + TextSize.line * Double(lines.count))
    }

    /// The sign before a text of a legend.
    enum Sample {
        case point(Look)
        case line(Look, isStrong: Bool)
        /// A piece of a filled area, by its hue and style.
        case patch(hue: Look.Hue, style: String)
    }

    /// The meaning of looks, for pictures without room next to each mark: from left to right, in as many lines as
    /// that takes, and where they end.
    static func legend(
        _ items: [(sample: Sample, text: String)], width: Double, from y: Double
    ) -> (elements: [Element], bottom: Double) {
        var (x, line) = (Picture.margin, y + TextSize.line / 2)
        var elements: [Element] = []
        for item in items {
            let room = 22 + TextSize.width(item.text)
            if x > Picture.margin, x + room > width - Picture.margin {
                (x, line) = (Picture.margin, line + TextSize.line)
            }
            switch item.sample {
            case .point(let look):
                elements.append(.group(point(look.marker, x + 8, line, size: 5), look.hue))
            case .line(let look, let isStrong):
                let style = lineStyle(look.dash, isStrong: isStrong)
                elements.append(.group(.path([(x, line), (x + 18, line)], style), look.hue))
            case .patch(let hue, let style):
                elements.append(.group(.rect(x, line - 7, 16, 14, style, rounding: 2), hue))
            }
            elements.append(.text(item.text, x + 22, line, "soft"))
            x += room + 2 * TextSize.gap
        }
        return (elements, items.isEmpty ? y : line + TextSize.line / 2)
    }
}
