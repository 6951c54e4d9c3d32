import Problems
import Measurement
import Testing

import Reporting

@Suite("Figures show what the results hold")
struct FigureTests {
    private static let figures = Report(StudyExample.results).figures

    @Test("A whole study has every figure, each with a name of its own")
    func all() {
        let expected = [
            "worth", "nearness", "ladder", "growth-m-float", "growth-nx-float", "growth-m-double",
            "growth-nx-double",
            "map-float", "map-double", "map-threads-float", "map-threads-double", "peers-several-float",
            "peers-several-double", "roofline-float",
            "roofline-double", "threads-speedup-float", "threads-efficiency-float",
            "threads-speedup-best-float", "threads-speedup-double", "threads-efficiency-double",
            "threads-speedup-best-double", "scalars", "ladder-other", "agreement", "error-float",
            "error-double",
            "ladder-data-float", "ladder-data-double", "training", "training-2", "bandwidth",
        ]
        #expect(Self.figures.map { $0.id } == expected)
    }

    @Test("A data set with a name has its own ladder, and no other picture of the grid changes by it")
    func named() {
        let own = Self.figures.filter {
            !["ladder-data-float", "ladder-data-double", "training-2"].contains($0.id)
        }
        let grid = Report(StudyExample.grid).figures
        // How far off a rung is at most is said over all cells.
        #expect(own.filter { $0.id != "agreement" } == grid.filter { $0.id != "agreement" })
        let ladder = Self.figures.first { $0.id == "ladder-data-double" }
        #expect(
            ladder?.description.hasPrefix(
                "At shirts, m = 500\u{202F}000, nₓ = 1\u{202F}024, double, 4 threads.") == true)
    }

    @Test("Where only a data set with a name was timed, the figures are of it")
    func onlyNamed() {
        let cells = ScalarKind.allCases.map {
            StudyExample.cell(m: 500, nx: 30, scalar: $0, threads: 4, data: "shirts")
        }
        let ids = Report(Examples.results(cells)).figures.map { $0.id }
        #expect(ids == ["worth", "nearness", "ladder", "scalars", "ladder-other", "agreement"])
    }

    @Test(
        "Every picture stands alone, has words for readers who do not see it, and no name twice")
    func standsAlone() { for figure in Self.figures { Self.expectStandsAlone(figure) } }

    static func expectStandsAlone(_ figure: Figure) {
        let drawing = Drawing(figure.svg)
        #expect(drawing.isWellFormed)
        let root = drawing.elements.first
        #expect(root?.name == "svg" && root?.attributes["role"] == "img")
        #expect(root?.attributes["xmlns"] == "http://www.w3.org/2000/svg")
        #expect(root?.attributes["aria-labelledby"] == "\(figure.id)-title \(figure.id)-desc")
        #expect(drawing.tooltips.first == figure.title)
        #expect(!figure.description.isEmpty)
        let ids = drawing.elements.compactMap { $0.attributes["id"] }
        #expect(ids.allSatisfy { $0.hasPrefix(figure.id + "-") } && Set(ids).count == ids.count)
        #expect(figure.svg.contains("prefers-color-scheme:dark"))
        #expect(!figure.svg.contains("url(") && !figure.svg.contains("<script"))
        #expect(figure.id.wholeMatch(of: /[a-z0-9-]+/) != nil)
    }

    @Test(
        "No text overlaps another or leaves the picture, at the size for narrow screens")
    func overlaps() { for figure in Self.figures { Self.expectNoOverlaps(figure) } }

    static func expectNoOverlaps(_ figure: Figure) {
        let drawing = Drawing(figure.svg)
        for (i, text) in drawing.texts.enumerated() {
            #expect(text.x >= -1 && text.x + text.width <= drawing.size.width + 1, "\(figure.id): \(text)")
            #expect(text.y >= -1 && text.y + text.height <= drawing.size.height + 1, "\(figure.id): \(text)")
            for other in drawing.texts[..<i] {
                #expect(!text.overlaps(other), "\(figure.id): \(text) \(other)")
            }
        }
    }

    @Test("Thirty rungs, twelve peers and one cell: no text overlaps another either")
    func crowded() {
        let rungs = (0..<30).map { i in
            Examples.rung(
                "\(["loops", "arrays", "simd", "dispatch"][i % 4]).a-long-name-\(i)",
                after: i > 0
                    ? "\(["loops", "arrays", "simd", "dispatch"][(i - 1) % 4]).a-long-name-\(i - 1)" : nil,
                nanoseconds: 1_000_000 / (i + 1), threaded: i % 4 == 3)
        }
        let peers = (0..<12).map {
            Examples.rung("another-peer-\($0)", nanoseconds: 90_000 / ($0 + 1), threaded: true)
        }
        for cells in [[10], [10, 1000]].map({ $0.map { Examples.cell(rungs, m: $0, peers: peers) } }) {
            let figures = Report(Examples.results(cells)).figures
            #expect(figures.count > 2)
            figures.forEach(Self.expectNoOverlaps)
        }
    }

    @Test("Behind every picture are its numbers, a text for each column")
    func tables() {
        for figure in Self.figures {
            let table = figure.table
            #expect(!table.rows.isEmpty && table.rows.allSatisfy { $0.count == table.head.count })
            #expect(table.leading < table.head.count)
        }
    }

    @Test("Nothing timed, one cell and one rung, one round, and twelve orders of magnitude: no trap")
    func sparse() {
        #expect(Report(Examples.results([])).figures.isEmpty)
        let one = Examples.cell([Examples.rung("a.b", nanoseconds: 10, rounds: 1)])
        #expect(Report(Examples.results([one])).figures.map { $0.id } == ["ladder", "agreement"])
        let wide = (0..<13).map { i in
            Examples.rung("a.r\(i)", after: i > 0 ? "a.r\(i - 1)" : nil, nanoseconds: Int(1e13) / tenth(i))
        }
        let cells = [Examples.cell(wide, m: 10), Examples.cell(wide, m: 1000)]
        for figure in Report(Examples.results(cells)).figures {
            #expect(Drawing(figure.svg).isWellFormed)
            Self.expectNoOverlaps(figure)
        }
    }

    private func tenth(_ power: Int) -> Int { (0..<power).reduce(1) { product, _ in product * 10 } }

    @Test("Names from results cannot break a picture, however long they are")
    func hostile() {
        let name = "<script>alert('&')</script>." + String(repeating: "long", count: 50)
        let rungs = [
            Examples.rung(name, nanoseconds: 1000),
            Examples.rung("b.\u{1}", after: name, nanoseconds: 10, threaded: true),
        ]
        let peers = [Examples.rung(name, nanoseconds: 20)]
        let cells = [100, 1000].map { Examples.cell(rungs, m: $0, peers: peers) }
        var results = Examples.results(cells)
        results.ceilings = StudyExample.ceilings
        results.notes = [RungNote(rung: name, why: name)]
        let figures = Report(results).figures
        #expect(figures.count > 5 && figures.contains { $0.id == "peers-several-float" })
        for figure in figures {
            #expect(Drawing(figure.svg).isWellFormed, "\(figure.id)")
            #expect(!figure.svg.contains("<script>"))
            Self.expectNoOverlaps(figure)
        }
    }
}
