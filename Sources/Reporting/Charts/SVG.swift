/// An element of SVG. All texts in it are escaped when it is written.
struct Element {
    private let name: String
    private let attributes: [(name: String, value: String)]
    private let text: String
    private var children: [Element]

    /// An element with its class, coordinates and other attributes, in this order.
    init(
        _ name: String, class style: String = "", _ coordinates: KeyValuePairs<String, Double> = [:],
        _ attributes: [(String, String)] = [], text: String = "", children: [Element] = []
    ) {
        (self.name, self.text, self.children) = (name, text, children)
        self.attributes =
            (style.isEmpty ? [] : [("class", style)])
            + coordinates.map { ($0.key, Self.number($0.value)) } + attributes
    }

    /// The same with a text that a reader gets who points at it.
    func tooltip(_ text: String) -> Element {
        guard !text.isEmpty else { return self }
        var result = self
        result.children.insert(Element("title", text: text), at: 0)
        return result
    }

    /// Writes it to the end of `svg`.
    func write(to svg: inout String) {
        svg += "<\(name)"
        for (name, value) in attributes { svg += " \(name)=\"\(XML.escaped(value))\"" }
        if text.isEmpty, children.isEmpty {
            svg += "/>"
            return
        }
        svg += ">" + XML.escaped(text)
        for child in children { child.write(to: &svg) }
        svg += "</\(name)>"
    }

    /// Where a text is in relation to its point.
    enum Anchor: String { case start, middle, end }

    static func line(_ x1: Double, _ y1: Double, _ x2: Double, _ y2: Double, _ style: String) -> Element {
        Element("line", class: style, ["x1": x1, "y1": y1, "x2": x2, "y2": y2])
    }

    static func rect(
        _ x: Double, _ y: Double, _ width: Double, _ height: Double, _ style: String, rounding: Double = 0
    ) -> Element {
        Element(
            "rect", class: style, ["x": x, "y": y, "width": max(0, width), "height": max(0, height)],
            rounding > 0 ? [("rx", number(rounding))] : [])
    }

    /// A text; `shift` moves it down, in parts of its size, whatever that is: 0.35 centres it on `y`.
    static func text(
        _ text: String, _ x: Double, _ y: Double, _ style: String = "", anchor: Anchor = .start,
        shift: Double = 0.35
    ) -> Element {
        let side = anchor == .start ? [] : [("text-anchor", anchor.rawValue)]
        return Element("text", class: style, ["x": x, "y": y], [("dy", "\(shift)em")] + side, text: text)
    }

    /// A line through points, closed or not.
    static func path(_ points: [(x: Double, y: Double)], closed: Bool = false, _ style: String) -> Element {
        let steps = points.map { "\(number($0.x)) \(number($0.y))" }
        return path("M" + steps.joined(separator: "L") + (closed ? "Z" : ""), style)
    }

    static func path(_ steps: String, _ style: String) -> Element {
        Element("path", class: style, [:], [("d", steps)])
    }

    static func group(_ children: [Element], _ style: String = "") -> Element {
        Element("g", class: style, children: children)
    }

    static func group(_ child: Element, _ hue: Look.Hue) -> Element { group([child], hue.rawValue) }

    /// A coordinate, to a tenth.
    static func number(_ value: Double) -> String {
        guard value.isFinite, value.magnitude < 1e6 else { return "0" }
        let tenths = Int((value * 10).rounded())
        let rest = abs(tenths % 10)
        return (tenths < 0 && tenths > -10 ? "-" : "") + "\(tenths / 10)" + (rest == 0 ? "" : ".\(rest)")
    }
}

/// Text inside XML and HTML.
package enum XML {
    /// `text` so that it reads as it is, in an element or an attribute. What XML 1.0 cannot hold (§2.2) is
    /// replaced.
    package static func escaped(_ text: String) -> String {
        var result = ""
        for scalar in text.unicodeScalars {
            switch scalar {
            case "&": result += "&amp;"
            case "<": result += "&lt;"
            case ">": result += "&gt;"
            case "\"": result += "&quot;"
            case "'": result += "&#39;"
            case "\t", "\n", "\r": result.unicodeScalars.append(scalar)
            case _ where scalar.value < 0x20 || scalar.value == 0xFFFE || scalar.value == 0xFFFF:
                result += "\u{FFFD}"
            default: result.unicodeScalars.append(scalar)
            }
        }
        return result
    }
}

/// A picture that can be drawn.
protocol Chart {
    var picture: Picture { get }
}

/// The elements of a picture, and its size.
struct Picture {
    /// The width of most pictures; wider ones have smaller texts on a narrow screen.
    static let width = 640.0

    /// Between the edge and what is drawn.
    static let margin = 12.0

    let width: Double
    let height: Double
    let elements: [Element]

    /// An `<svg>` element that can be a file, with the same in words.
    ///
    /// - Parameter id: the beginning of all names inside, so that they are unique on a page.
    func svg(id: String, title: String, description: String) -> String {
        var result = ""
        let parts = [
            Element("title", [:], [("id", "\(id)-title")], text: title),
            Element("desc", [:], [("id", "\(id)-desc")], text: description),
            Element("style", text: Stylesheet.text),
            .rect(0, 0, width, height, "ground", rounding: 6),
        ]
        let size = (Element.number(width), Element.number(height))
        let root = Element(
            "svg", [:],
            [
                ("xmlns", "http://www.w3.org/2000/svg"), ("class", Stylesheet.scope), ("width", size.0),
                ("height", size.1), ("viewBox", "0 0 \(size.0) \(size.1)"), ("role", "img"),
                ("aria-labelledby", "\(id)-title \(id)-desc"),
            ], children: parts + elements)
        root.write(to: &result)
        return result + "\n"
    }
}
