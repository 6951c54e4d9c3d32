import Ladders
import Problems
import Reporting
import Testing

@Suite("Lessons answer their questions in numbers and pictures")
struct LessonTests {
    static let lessons = Lesson.all(
        logistic: LogisticLadder.rungs(Double.self)[0], network: NetworkLadder.rungs(Double.self)[0])

    static func lesson(_ name: String) throws -> Lesson { try #require(lessons.first { $0.name == name }) }

    static func tables(_ name: String) throws -> [DataTable] {
        try lesson(name).items().compactMap { if case .table(_, let table) = $0 { table } else { nil } }
    }

    static func figures(_ items: [Item]) -> [Figure] {
        items.compactMap { if case .figure(let figure) = $0 { figure } else { nil } }
    }

    static func text(_ items: [Item]) -> String {
        items.compactMap {
            switch $0 {
            case .paragraph(let phrase): phrase.plain
            case .list(let phrases): phrases.map(\.plain).joined(separator: "\n")
            case .code(let code): code
            default: nil
            }
        }.joined(separator: "\n")
    }

    static func number(_ text: String) throws -> Double {
        try #require(Double(text.replacing("−", with: "-")), "\(text)")
    }

    @Test(
        "Each lesson has a name of its own, a question, and one picture with words for those who do not see it"
    )
    func all() throws {
        let names = Self.lessons.map(\.name)
        #expect(Set(names).count == names.count)
        for lesson in Self.lessons {
            #expect(lesson.name.wholeMatch(of: /[a-z]+/) != nil)
            #expect(lesson.question.hasSuffix("?"))
            let figures = Self.figures(try lesson.items())
            #expect(figures.map(\.id) == ["lesson-" + lesson.name])
            for figure in figures {
                FigureTests.expectStandsAlone(figure)
                FigureTests.expectNoOverlaps(figure)
                #expect(figure.table.rows.allSatisfy { $0.count == figure.table.head.count })
            }
        }
    }

    @Test("The straight line leaves 0 to 1, the sigmoid does not, and its slope is a(1 − a)")
    func sigmoid() throws {
        let tables = try Self.tables("sigmoid")
        let (line, curve) = (
            try tables[0].rows.map { try Self.number($0[2]) },
            try tables[0].rows.map { try Self.number($0[4]) }
        )
        #expect(line.min()! < 0 && line.max()! > 1)
        #expect(curve.allSatisfy { 0 < $0 && $0 < 1 } && curve == curve.sorted())
        for row in tables[1].rows { #expect(row[2] == row[3]) }
    }

    @Test(
        "All starts end in the one minimum, where α too small and too large do not, and θ takes the same path"
    )
    func descent() throws {
        let tables = try Self.tables("descent")
        let ends = try tables[0].rows.map { try Self.number($0.last!) }
        #expect(ends.count == 4 && Set(ends).count == 1)
        #expect(Set(try tables[0].rows.map { try Self.number($0[1]) }).count == 4)
        let rates = try tables[1].rows.map { try $0.dropFirst().map(Self.number) }
        #expect(rates[1].last == ends[0])
        #expect(rates[0].last! > ends[0] + 0.01 && rates[0] == rates[0].sorted(by: >))
        #expect(rates[2].last! > ends[0] + 0.005 && rates[2] != rates[2].sorted(by: >))
        // No sum is in another order, and the compiler reorders none.
        #expect(Self.text(try Self.lesson("descent").items()).contains("the same to the last bit"))
    }

    @Test("Inputs of a graph can be changed, and J and dv are explained before they are used")
    func graph() throws {
        let text = Self.text(try Self.lesson("graph").items(["a": -1]))
        for line in [
            "v = a + u = −1 + 6 = 5", "J = 3·v = 3·5 = 15", "db = du·c = 3·2 = 6", "dc = du·b = 3·3 = 9",
        ] {
            #expect(text.contains(line), "\(line)")
        }
        let (J, first) = (try #require(text.range(of: "J is what")), try #require(text.range(of: "J = ")))
        #expect(J.lowerBound < first.lowerBound)
        let (dv, use) = (
            try #require(text.range(of: "dv is short for dJ/dv")), try #require(text.range(of: "dv = "))
        )
        #expect(dv.lowerBound < use.lowerBound)
    }

    @Test(
        "The neuron says its label, and what is left of da·a(1 − a) where a has rounded", arguments: [0.0, 1])
    func neuron(y: Double) throws {
        let lesson = try Self.lesson("neuron")
        let items = try lesson.items(["y": y, "x1": 0, "x2": 0, "b": 0])
        #expect(Self.text(items).contains("y = \(Int(y)), the label"))
        #expect(Self.text(items).contains("a = σ(z) = σ(0) = 0.5"))
        #expect(Self.text(items).contains("that is a − y = \(y == 1 ? "−0.5" : "0.5")"))
        #expect(Self.figures(items)[0].description.contains("The label is y = \(Int(y))."))
        let saturated = Self.text(try lesson.items(["b": 1000, "y": 0]))
        #expect(saturated.contains("L = −log(1 − a) = −log(1 − 1) = ∞"))
        #expect(saturated.contains("a − y = 1 is one, and is what implementations compute"))
    }

    @Test("A graph has a box for each value, an arrow for each use, and values behind those they came from")
    func boxes() throws {
        let drawing = Drawing(Self.figures(try Self.lesson("graph").items())[0].svg)
        let texts = drawing.texts.map(\.content)
        for text in ["u = b·c", "u = 6", "du = 3", "J = 3·v", "dc = 9"] {
            #expect(texts.contains(text), "\(text)")
        }
        #expect(drawing.elements.count { $0.name == "line" } == 5)
        #expect(drawing.elements.count { $0.name == "rect" } == 7)  // the ground too
        func x(_ text: String) throws -> Double {
            let found = try #require(drawing.texts.first { $0.content == text })
            return found.x + found.width / 2
        }
        #expect(try x("b") < x("u = b·c"))
        #expect(try x("u = b·c") < x("v = a + u"))
        #expect(try x("v = a + u") < x("J = 3·v"))
        // An input is right before its first use.
        #expect(abs(try x("a") - x("u = b·c")) < 1)
    }

    @Test("The network's graph is drawn with its shapes, and its last dZ is A − Y")
    func network() throws {
        let items = try Self.lesson("network").items()
        let figure = Self.figures(items)[0]
        #expect(figure.table.rows.contains(["Z1", "W1·X + b1", "4 × 2", "dA1 ∗ g′(Z1)"]))
        #expect(figure.table.rows.contains(["W2", "given", "1 × 4", "dZ2·A1ᵀ"]))
        #expect(figure.table.rows.contains(["X", "given", "3 × 2", "W1ᵀ·dZ1"]))
        let text = Self.text(items)
        #expect(text.contains(/1 × 1 +1 × 1 +1 × 4 +4 × 1\n−0.5 +−0.5 +−1  −1  0  −1 +−0.5\n/))  // one sample
        #expect(text.contains("−1   0.03788  −0.5"))  // dW1 of two
    }

    @Test("The literal loss is drawn up to where it is infinite, and the place is named")
    func saturation() throws {
        let figure = Self.figures(try Self.lesson("saturation").items())[0]
        let drawing = Drawing(figure.svg)
        #expect(drawing.texts.contains { $0.content == "infinite from z = 16.64 on" })
        #expect(drawing.count(class: "limit") == 1)
        let tables = try Self.tables("saturation")
        for row in tables[0].rows { #expect((row[2] == "∞") == (try Self.number(row[0]) >= 16.64)) }
        for row in tables[1].rows { #expect((row[2] == "NaN") == (try Self.number(row[0]) >= 16.64)) }
    }

    @Test("Squared error has two valleys where cross-entropy has one")
    func convexity() throws {
        let text = Self.text(try Self.lesson("convexity").items())
        #expect(
            text.contains(
                /cross-entropy: lowest at w = [^;]*; convex: no chord between two of the 321 places/))
        #expect(text.contains(/squared error: lowest at w = .* and w = .*; not convex: between w/))
    }

    @Test("Linear layers do what one layer does, and ReLU does not")
    func linear() throws {
        let rows = try Self.tables("linear")[0].rows
        #expect(rows.count > 3)
        for row in rows { #expect(row[1] == row[2]) }
        #expect(rows.contains { $0[3] != $0[1] })
    }

    @Test("Equal units stay equal and cannot learn, random ones part and do")
    func symmetry() throws {
        let tables = try Self.tables("symmetry")
        for row in tables[0].rows { #expect(row[2] == row[3] && row[3] == row[4]) }
        #expect(tables[0].rows.first![2] != tables[0].rows.last![2])
        for row in tables[1].rows { #expect(row[2] != row[3] && row[3] != row[4] && row[2] != row[4]) }
        #expect(try Self.number(tables[0].rows.last![1]) > 0.45)
        #expect(try Self.number(tables[1].rows.last![1]) < 0.05)
        let text = Self.text(try Self.lesson("symmetry").items())
        // A single unit with the sum of the output weights is the same network.
        let costs = text.matches(of: /J = ([0-9.]+\d)/).map { String($0.output.1) }
        #expect(costs.count == 2 && costs[0] == costs[1] && costs[0] == tables[0].rows.last![1])
        #expect(text.contains("to the last bit") && text.contains("All 13 derivatives are 0."))
    }

    @Test("A dead ReLU gets no derivative, a leaky one a little")
    func activations() throws {
        let text = Self.text(try Self.lesson("activations").items())
        #expect(text.contains("With ReLU dW1 = 0, db1 = 0; with leaky ReLU dW1 = −0.0"))
        let slopes = try Self.tables("activations")[1]
        #expect(slopes.rows.map { $0[0] } == ["sigmoid", "tanh", "ReLU", "leaky ReLU"])
        #expect(slopes.rows.map { $0[4] } == ["0.25", "1", "0", "0.01"])  // at z = 0
    }

    @Test("The networks of parity are right, and counted")
    func depth() throws {
        let table = try Self.tables("depth")[0]
        #expect(table.rows.allSatisfy { $0.last == "all right" })
        #expect(
            table.rows.first { $0[0] == "8" } == [
                "8", "256", "14 in 3", "128 in 1", "8 in 1", "6 in 3", "all right",
            ])
    }
}

@Suite("Curves are drawn from plain numbers")
struct CurveFigureTests {
    @Test("Curves are lines without points; what is no number is left out")
    func curves() {
        let figure = CurveFigure.figure(
            id: "t", title: "T", description: "D", note: "N", x: "z", y: "L",
            curves: [
                .init("one", [(0, 1), (1, 2), (2, 4)]),
                .init("other", [(0, 1), (1, .infinity), (2, .nan), (3, 3)]),
            ])
        let drawing = Drawing(figure.svg)
        FigureTests.expectNoOverlaps(figure)
        #expect(drawing.count(class: "line") == 2)
        #expect(drawing.elements.count { ["circle", "polygon"].contains($0.name) } == 0)
        #expect(figure.table.rows.map { $0[2] } == ["1.00", "–", "–", "3.00"])
    }

    @Test("Without a curve there is still a picture")
    func none() {
        let figure = CurveFigure.figure(
            id: "t", title: "T", description: "D", note: "N", x: "z", y: "L", curves: [])
        #expect(Drawing(figure.svg).isWellFormed)
    }
}
