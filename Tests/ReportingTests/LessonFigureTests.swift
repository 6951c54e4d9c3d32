import Reporting
import Testing

@Suite("Graphs and curves are drawn from plain numbers")
struct LessonFigureTests {
    static let graph = GraphFigure.figure(
        title: "J = 3(a + b·c)",
        nodes: [
            .init(name: "a", formula: nil, inputs: [], value: "5", derivative: "3"),
            .init(name: "b", formula: nil, inputs: [], value: "3", derivative: "6"),
            .init(name: "c", formula: nil, inputs: [], value: "2", derivative: "9"),
            .init(name: "u", formula: "b·c", inputs: ["b", "c"], value: "6", derivative: "3"),
            .init(name: "v", formula: "a + u", inputs: ["a", "u"], value: "11", derivative: "3"),
            .init(name: "J", formula: "3·v < ∞", inputs: ["v"], value: "33", derivative: "1"),
        ])

    func check(_ drawing: Drawing) {
        #expect(drawing.isWellFormed)
        for (i, text) in drawing.texts.enumerated() {
            #expect(text.x >= -1 && text.x + text.width <= drawing.size.width + 1, "\(text.content)")
            for other in drawing.texts[..<i] {
                #expect(!text.overlaps(other), "'\(text.content)' on '\(other.content)'")
            }
        }
    }

    @Test("A graph has a box for each value, an arrow for each use, and no text on another")
    func graph() {
        let drawing = Drawing(Self.graph.svg)
        check(drawing)
        let texts = drawing.texts.map(\.content)
        for text in ["u = b·c", "u = 6", "du = 3", "J = 3·v < ∞", "dc = 9"] {
            #expect(texts.contains(text), "\(text)")
        }
        #expect(drawing.elements.count { $0.name == "line" } == 5)
        #expect(drawing.elements.count { $0.name == "rect" } == 7)  // the ground too
    }

    @Test("Values are behind those that they came from, from left to right")
    func order() throws {
        let drawing = Drawing(Self.graph.svg)
        func x(_ text: String) throws -> Double {
            let found = try #require(drawing.texts.first { $0.content == text })
            return found.x + found.width / 2
        }
        #expect(try x("b") < x("u = b·c"))
        #expect(try x("u = b·c") < x("v = a + u"))
        #expect(try x("v = a + u") < x("J = 3·v < ∞"))
        // An input is right before its first use.
        #expect(abs(try x("a") - x("u = b·c")) < 1)
    }

    @Test("The numbers behind a graph are in its table and its description")
    func table() {
        #expect(Self.graph.table.rows[3] == ["u", "b·c", "6", "3"])
        #expect(Self.graph.table.rows[0] == ["a", "given", "5", "3"])
        #expect(Self.graph.description.contains("u = b·c = 6, du = 3."))
    }

    @Test("Curves are lines without points; what is no number is left out")
    func curves() {
        let figure = LossFigures.figure(
            id: "t", title: "T", description: "D", note: "N", x: "z", y: "L",
            curves: [
                .init("one", [(0, 1), (1, 2), (2, 4)]),
                .init("other", [(0, 1), (1, .infinity), (2, .nan), (3, 3)]),
            ])
        let drawing = Drawing(figure.svg)
        check(drawing)
        #expect(drawing.count(class: "line") == 2)
        #expect(drawing.elements.count { ["circle", "polygon"].contains($0.name) } == 0)
        #expect(figure.table.rows.map { $0[2] } == ["1.00", "–", "–", "3.00"])
    }

    @Test("Without a curve there is still a picture")
    func none() {
        let figure = LossFigures.figure(
            id: "t", title: "T", description: "D", note: "N", x: "z", y: "L", curves: [])
        #expect(Drawing(figure.svg).isWellFormed)
    }
}
