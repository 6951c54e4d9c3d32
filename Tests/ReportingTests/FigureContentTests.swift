import Problems
import Measurement
import Testing

import Reporting

@Suite("Each figure shows what it is for")
struct FigureContentTests {
    /// The row of a table that begins with `name`.
    private func row(_ name: String, _ figure: Figure) -> [String] {
        figure.table.rows.first { $0.first == name } ?? []
    }

    @Test(
        "The ladder has a bar for each rung over its base, an open one for no clear difference, and none for none"
    )
    func ladder() throws {
        let cell = Examples.cell([
            Examples.rung("loops.one", nanoseconds: 8000),
            Examples.rung("loops.two", after: "loops.one", nanoseconds: 2000),
            Examples.rung("simd.same", after: "loops.two", nanoseconds: 2000),
            Examples.rung("simd.slower", after: "loops.two", nanoseconds: 4000),
            Examples.rung("simd.none", after: "loops.two", nanoseconds: 1, rounds: 0, skipped: "slow"),
            Examples.rung(
                "simd.wrong", after: "loops.two", nanoseconds: 1, rounds: 0, passed: false, skipped: "wrong"),
        ])
        let figure = try #require(Gallery(Examples.results([cell])).ladder)
        let drawing = Drawing(figure.svg)
        #expect(drawing.count(class: "bar") == 2)
        #expect(drawing.count(class: "open") == 1)
        let texts = drawing.texts.map { $0.content }
        #expect(texts.contains("4.00×") && texts.contains("1.00× ≈") && texts.contains("0.500×"))
        #expect(texts.contains("skipped") && texts.contains("disagrees with the reference"))
        #expect(texts.contains("times as fast as loops.one"))
        #expect(row("simd.same", figure)[3] == "1.00 (1.00 to 1.00) ≈")
        #expect(row("simd.slower", figure)[4] == "2.00 (2.00 to 2.00)")
        #expect(drawing.tooltips.contains { $0.contains("4.00× (4.00 to 4.00) over loops.one") })
    }

    @Test("Bars of the ladder are as long as the logarithms of the factors")
    func lengths() throws {
        let cell = Examples.cell([
            Examples.rung("a.one", nanoseconds: 10_000),
            Examples.rung("a.ten", after: "a.one", nanoseconds: 1000),
            Examples.rung("a.thousand", after: "a.ten", nanoseconds: 10),
        ])
        let figure = try #require(Gallery(Examples.results([cell])).ladder)
        let bars = Drawing(figure.svg).elements.filter { $0.attributes["class"] == "bar" }
        let widths = bars.compactMap { $0.attributes["width"].flatMap(Double.init) }
        let lefts = bars.compactMap { $0.attributes["x"].flatMap(Double.init) }
        try #require(widths.count == 2 && lefts.count == 2)
        #expect((widths[1] / widths[0] - 2).magnitude < 0.01)
        #expect((lefts[0] + widths[0] - lefts[1]).magnitude < 0.2)
    }

    @Test("A reference that stands in for the first rung is said to")
    func standIn() throws {
        let cell = Examples.cell([
            Examples.rung("a.slow", nanoseconds: 1, rounds: 0, skipped: "slow"),
            Examples.rung("a.next", after: "a.slow", nanoseconds: 100),
            Examples.rung("a.fast", after: "a.next", nanoseconds: 10),
        ])
        let figure = try #require(Gallery(Examples.results([cell])).ladder)
        let note = Drawing(figure.svg).texts.map { $0.content }.joined(separator: " ")
        #expect(note.contains("a.slow has no time; a.next stands in for it."))
        #expect(note.contains("times as fast as a.next"))
    }

    @Test("Growth has a line and a band for each rung, and a mark for each cache within its range")
    func growth() throws {
        let gallery = Gallery(StudyExample.results)
        let figure = try #require(gallery.growth.first { $0.id == "growth-m-float-value" })
        let drawing = Drawing(figure.svg)
        #expect(drawing.count(class: "line") == 13 && drawing.count(class: "band") == 13)
        // The first of all, and the best of each of four families.
        #expect(drawing.count(class: "bold") == 5)
        #expect(drawing.elements.count { ["circle"].contains($0.name) } == 4 * 3)
        // L1 holds 8 samples, fewer than the smallest m; L3, of 1 MiB, 256.
        #expect(drawing.count(class: "limit") == 1)
        #expect(drawing.tooltips.contains("X as large as L3: 1 MiB"))
        #expect(figure.table.head == ["rung", "m = 100", "m = 10\u{202F}000", "m = 100\u{202F}000"])
    }

    @Test("The map names winners by their factor over the next, and says where there is none")
    func map() throws {
        func cell(_ m: Int, _ fast: Int) -> CellResult {
            Examples.cell(
                [
                    Examples.rung("loops.a", nanoseconds: 2000), Examples.rung("simd.b", nanoseconds: fast),
                    Examples.rung("dispatch.c", nanoseconds: 1000, threaded: true),
                ], m: m)
        }
        let gallery = Gallery(Examples.results([cell(10, 500), cell(100, 1000), cell(1000, 4000)]))
        let winners = try #require(gallery.maps.first { $0.id == "map-float" })
        #expect(winners.table.rows[0] == ["10", "simd.b 2.00× over dispatch.c"])
        #expect(winners.table.rows[1][1].contains("≈"))
        #expect(winners.table.rows[2] == ["1\u{202F}000", "dispatch.c 2.00× over loops.a"])
        #expect(Drawing(winners.svg).count(class: "open") == 1)
        let threads = try #require(gallery.maps.first { $0.id == "map-threads-float" })
        #expect(threads.table.rows.map { $0[1].prefix(5) } == ["0.500", "1.00×", "2.00×"])
        #expect(Drawing(threads.svg).count(class: "open") == 1)
    }

    @Test("A shape that was not timed is empty in the map")
    func hole() throws {
        let rungs = [Examples.rung("a.a", nanoseconds: 9), Examples.rung("a.b", nanoseconds: 99)]
        let cells = [(10, 2), (100, 2), (10, 8)].map { Examples.cell(rungs, m: $0.0, nx: $0.1) }
        let map = try #require(Gallery(Examples.results(cells)).maps.first)
        #expect(map.table.rows[1] == ["100", "a.a 11.0× over a.b", "–"])
    }

    @Test("The roofline has roofs for each cache and memory, on one and on all threads, and every rung")
    func roofline() throws {
        let figure = try #require(Gallery(StudyExample.results).rooflines.first)
        let names = figure.table.rows.map { $0[0] }
        for place in ["L1", "L3", "memory", "multiply-adds"] {
            #expect(names.contains("roof: \(place), 1 thread"))
            #expect(names.contains("roof: \(place), 4 threads"))
        }
        // 2.04 ns a value are 1.96 billion operations a second; memory allows one operation a byte 20 GB/s.
        #expect(row("loops.nested", figure) == ["loops.nested", "1.00", "1.96", "9.8 %"])
        #expect(row("roof: memory, 1 thread", figure)[2].hasPrefix("20.0"))
        #expect(row("roof: memory, 4 threads", figure)[2].hasPrefix("40.0"))
        #expect(row("roof: L1, 4 threads", figure)[2].hasPrefix("800"))
        #expect(row("roof: L3, 1 thread", figure)[2].hasPrefix("120"))
    }

    @Test("The serial fraction is that of Karp and Flatt")
    func serialFraction() throws {
        let fraction = try #require(SerialFraction.of(speedup: 1.6, threads: 2))
        #expect((fraction - 0.25).magnitude < 1e-12)
        #expect(SerialFraction.of(speedup: 8, threads: 8) == 0)
        #expect(try #require(SerialFraction.of(speedup: 3, threads: 2)) < 0)
        #expect(SerialFraction.of(speedup: 1, threads: 1) == nil)
        #expect(SerialFraction.of(speedup: .nan, threads: 2) == nil)
    }

    @Test("Threads are compared with one thread of the same code and with the fastest rung without")
    func threads() throws {
        func cell(_ threads: Int, _ nanoseconds: Int) -> CellResult {
            CellResult(
                cell: Cell(m: 100, nx: 8, scalar: .float, threads: threads),
                rungs: [
                    Examples.rung("simd.b", nanoseconds: 1000),
                    Examples.rung("dispatch.c", nanoseconds: nanoseconds, threaded: true),
                ])
        }
        let figures = Gallery(Examples.results([cell(1, 1600), cell(2, 1000), cell(4, 500)])).threads
        #expect(
            figures.map { $0.id } == [
                "threads-speedup-float", "threads-efficiency-float", "threads-speedup-best-float",
            ])
        let rows = try #require(figures.first).table.rows
        #expect(
            rows[0] == [
                "dispatch.c", "1", "1.60 µs", "1.00 (1.00 to 1.00)", "100 %", "–", "0.625 (0.625 to 0.625)",
            ])
        #expect(rows[1][3...5] == ["1.60 (1.60 to 1.60)", "80 %", "0.250"])
        #expect(rows[2][3...] == ["3.20 (3.20 to 3.20)", "80 %", "0.0833", "2.00 (2.00 to 2.00)"])
    }

    @Test("Double against Float is the ratio of times at one shape")
    func scalars() throws {
        let figure = try #require(Gallery(StudyExample.results).scalars)
        #expect(row("loops.nested", figure)[1].hasPrefix("1.00 ("))
        #expect(row("simd.fused", figure)[1].hasPrefix("1.90 ("))
        let float = Examples.cell([Examples.rung("a.b", nanoseconds: 5)])
        #expect(Gallery(Examples.results([float])).scalars == nil)
    }

    @Test("Agreement takes the worst of all cells, and says where nothing was judged")
    func agreement() throws {
        let judged = Examples.rung("a.b", nanoseconds: 10)
        let not = Examples.rung("a.c", nanoseconds: 5, passed: nil)
        let figure = try #require(
            Gallery(Examples.results([Examples.cell([judged, not])])).agreement.first)
        #expect(row("a.b", figure) == ["a.b", "0.100", "–", "1.00×"])
        #expect(Drawing(figure.svg).texts.contains { $0.content == "not judged" })
        #expect(Gallery(Examples.results([Examples.cell([not])])).agreement.isEmpty)
    }

    @Test("What results hold no data for has no figure")
    func absent() {
        let gallery = Gallery(Examples.results([Examples.cell([Examples.rung("a.b", nanoseconds: 10)])]))
        #expect(gallery.growth.isEmpty && gallery.maps.isEmpty && gallery.rooflines.isEmpty)
        #expect(gallery.threads.isEmpty && gallery.training(0).isEmpty && gallery.realData.isEmpty)
        #expect(gallery.bandwidth == nil && gallery.code == nil)
    }
}
