import Foundation
import Testing

#if canImport(FoundationXML)
import FoundationXML
#endif

/// An SVG as a reader of XML sees it.
final class Drawing: NSObject, XMLParserDelegate {
    /// A text and the room that it takes where texts are largest, by the widths of a wide font.
    struct Text {
        let content: String
        let x, y, width, height: Double

        /// Whether two stand on top of each other by more than their edges.
        func overlaps(_ other: Text) -> Bool {
            let across = min(x + width, other.x + other.width) - max(x, other.x)
            let down = min(y + height, other.y + other.height) - max(y, other.y)
            return across > 1 && down > 1
        }
    }

    private(set) var elements: [(name: String, attributes: [String: String])] = []
    private(set) var texts: [Text] = []
    private(set) var tooltips: [String] = []
    private(set) var isWellFormed = false
    private var characters = ""

    init(_ svg: String) {
        super.init()
        let parser = XMLParser(data: Data(svg.utf8))
        parser.delegate = self
        isWellFormed = parser.parse()
    }

    /// The width and height of the picture.
    var size: (width: Double, height: Double) {
        let root = elements.first?.attributes ?? [:]
        return (root["width"].flatMap(Double.init) ?? 0, root["height"].flatMap(Double.init) ?? 0)
    }

    /// How many elements have a class among theirs.
    func count(class name: String) -> Int {
        elements.count { $0.attributes["class"]?.split(separator: " ").contains(name[...]) == true }
    }

    func parser(
        _: XMLParser, didStartElement name: String, namespaceURI _: String?, qualifiedName _: String?,
        attributes: [String: String]
    ) {
        elements.append((name, attributes))
        characters = ""
    }

    func parser(_: XMLParser, foundCharacters text: String) { characters += text }

    func parser(_: XMLParser, didEndElement name: String, namespaceURI _: String?, qualifiedName _: String?) {
        if name == "title" { tooltips.append(characters) }
        guard name == "text", let attributes = elements.last(where: { $0.name == "text" })?.attributes,
            let x = attributes["x"].flatMap(Double.init), let y = attributes["y"].flatMap(Double.init),
            let shift = attributes["dy"].flatMap({ Double($0.dropLast(2)) })
        else { return }
        let isStrong = attributes["class"]?.contains("strong") == true
        let (size, width) = (19.0, (isStrong ? 0.66 : 0.6) * 19 * Double(characters.count))
        let left =
            attributes["text-anchor"] == "end" ? width : attributes["text-anchor"] == "middle" ? width / 2 : 0
        // A text reaches about 0.75 of its size above its base and 0.2 below.
        texts.append(
            Text(
                content: characters, x: x - left, y: y + (shift - 0.75) * size, width: width,
                height: 0.95 * size))
    }
}
