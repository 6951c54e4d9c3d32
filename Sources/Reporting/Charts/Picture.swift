/// A picture: its elements in a frame that stands alone, with what it shows in words.
struct Picture {
    /// The width of most pictures; wider ones have smaller texts on a narrow screen.
    static let width = 640.0

    /// Between the edge and what is drawn.
    static let margin = 12.0

    /// What the names inside begin with, so that they are unique on a page.
    let id: String

    let title: String
    let description: String
    let width: Double
    let height: Double
    let elements: [Element]

    /// The `<svg>` element.
    var svg: String {
        var result = ""
        let parts = [
            Element("title", [("id", "\(id)-title")], text: title),
            Element("desc", [("id", "\(id)-desc")], text: description),
            Element("style", text: Stylesheet.text),
            .rect(0, 0, width, height, "ground", rounding: 6),
        ]
        let size = (Element.number(width), Element.number(height))
        let root = Element(
            "svg",
            [
                ("xmlns", "http://www.w3.org/2000/svg"), ("class", Stylesheet.scope), ("width", size.0),
                ("height", size.1), ("viewBox", "0 0 \(size.0) \(size.1)"), ("role", "img"),
                ("aria-labelledby", "\(id)-title \(id)-desc"),
            ], children: parts + elements)
        root.write(to: &result)
        return result + "\n"
    }
}
