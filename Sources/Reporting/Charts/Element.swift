/// An element of SVG. All texts in it are escaped when it is written.
struct Element {
    private let name: String
    private let attributes: [(name: String, value: String)]
    private let text: String
    private var children: [Element]

    /// An element with attributes, in this order, and what it holds.
    init(
        _ name: String, _ attributes: [(String, String)] = [], text: String = "", children: [Element] = []
    ) {
        (self.name, self.attributes, self.text, self.children) = (name, attributes, text, children)
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
}

extension Element {
    /// Where a text stands beside its point.
    enum Anchor: String { case start, middle, end }

    /// A line.
    static func line(_ x1: Double, _ y1: Double, _ x2: Double, _ y2: Double, _ style: String) -> Element {
        Element(
            "line",
            [
                ("class", style), ("x1", number(x1)), ("y1", number(y1)), ("x2", number(x2)),
                ("y2", number(y2)),
            ])
    }

    /// A rectangle.
    static func rect(
        _ x: Double, _ y: Double, _ width: Double, _ height: Double, _ style: String, rounding: Double = 0
    ) -> Element {
        Element(
            "rect",
            [
                ("class", style), ("x", number(x)), ("y", number(y)), ("width", number(max(0, width))),
                ("height", number(max(0, height))),
            ] + (rounding > 0 ? [("rx", number(rounding))] : []))
    }

    /// A text; `shift` moves it down, in parts of its size, whatever that is: 0.35 centres it on `y`.
    static func text(
        _ text: String, _ x: Double, _ y: Double, _ style: String = "", anchor: Anchor = .start,
        shift: Double = 0.35
    ) -> Element {
        var attributes = [("x", number(x)), ("y", number(y)), ("dy", "\(shift)em")]
        if !style.isEmpty { attributes.insert(("class", style), at: 0) }
        if anchor != .start { attributes.append(("text-anchor", anchor.rawValue)) }
        return Element("text", attributes, text: text)
    }

    /// A line through points, closed or not.
    static func path(_ points: [(x: Double, y: Double)], closed: Bool = false, _ style: String) -> Element {
        let steps = points.map { "\(number($0.x)) \(number($0.y))" }
        return Element(
            "path", [("class", style), ("d", "M" + steps.joined(separator: "L") + (closed ? "Z" : ""))])
    }

    /// Several elements.
    static func group(_ children: [Element], _ style: String = "") -> Element {
        Element("g", style.isEmpty ? [] : [("class", style)], children: children)
    }

    /// A coordinate, to a tenth.
    static func number(_ value: Double) -> String {
        guard value.isFinite, value.magnitude < 1e6 else { return "0" }
        let tenths = Int((value * 10).rounded())
        let rest = abs(tenths % 10)
        return (tenths < 0 && tenths > -10 ? "-" : "") + "\(tenths / 10)" + (rest == 0 ? "" : ".\(rest)")
    }
}
