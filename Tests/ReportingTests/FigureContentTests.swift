import Problems
import Measurement
import Testing

import Reporting

@Suite("Each figure shows what it is for")
struct FigureContentTests {
    /// The picture of the ladder of some rungs.
    private func ladder(_ rungs: [RungResult]) throws -> Figure {
        try #require(Report(Examples.results([Examples.cell(rungs)])).figures(of: "ladder").first)
    }

    /// The row of a table that begins with `name`.
    private func row(_ name: String, _ figure: Figure) -> [String] {
        figure.table.rows.first { $0.first == name } ?? []
    }

    @Test(
        "The ladder has a bar for each rung over its base, an open one for no clear difference, and none for none"
    )
    func ladder() throws {
        let figure = try ladder([
            Examples.rung("loops.one", nanoseconds: 8000),
            Examples.rung("loops.two", after: "loops.one", nanoseconds: 2000),
            Examples.rung("simd.same", after: "loops.two", nanoseconds: 2000),
            Examples.rung("simd.slower", after: "loops.two", nanoseconds: 4000),
            Examples.rung("simd.none", after: "loops.two", nanoseconds: 1, rounds: 0, skipped: "slow"),
            Examples.rung(
                "simd.wrong", after: "loops.two", nanoseconds: 1, rounds: 0, passed: false, skipped: "wrong"),
        ])
        let drawing = Drawing(figure.svg)
        #expect(drawing.count(class: "bar") == 2)
        #expect(drawing.count(class: "open") == 1)
        let texts = drawing.texts.map { $0.content }
        #expect(texts.contains("4.00×") && texts.contains("1.00× ≈") && texts.contains("0.500×"))
        #expect(texts.contains("skipped") && texts.contains("disagrees with the reference"))
        #expect(texts.contains("times as fast as the rung that it hangs from, logarithmic"))
        #expect(row("simd.same", figure)[4] == "1.00 (1.00 to 1.00) ≈")
        #expect(row("simd.slower", figure)[5] == "2.00 (2.00 to 2.00)")
        #expect(drawing.tooltips.contains { $0.contains("4.00× (4.00 to 4.00) over loops.one") })
    }

    @Test("Bars of the ladder are as long as the logarithms of the factors")
    func lengths() throws {
        let figure = try ladder([
            Examples.rung("a.one", nanoseconds: 10_000),
            Examples.rung("a.ten", after: "a.one", nanoseconds: 1000),
            Examples.rung("a.thousand", after: "a.ten", nanoseconds: 10),
        ])
        let bars = Drawing(figure.svg).elements.filter { $0.attributes["class"] == "bar" }
        let widths = bars.compactMap { $0.attributes["width"].flatMap(Double.init) }
        let lefts = bars.compactMap { $0.attributes["x"].flatMap(Double.init) }
        try #require(widths.count == 2 && lefts.count == 2)
        #expect((widths[1] / widths[0] - 2).magnitude < 0.01)
        #expect((lefts[0] - lefts[1]).magnitude < 0.2)
    }

    @Test(
        "A rung hangs from the one that it builds on, whatever is between them; one that rounds X is below all"
    )
    func tree() throws {
        let figure = try ladder([
            Examples.rung("a.one", nanoseconds: 1000),
            Examples.rung("a.half", after: "a.one", nanoseconds: 100, storage: .bfloat16),
            Examples.rung("a.two", after: "a.one", nanoseconds: 500),
            Examples.rung("a.three", after: "a.one", nanoseconds: 500),
            Examples.rung("a.four", after: "a.two", nanoseconds: 250),
        ])
        let names = Drawing(figure.svg).texts.filter { $0.content.hasPrefix("a.") }
        #expect(names.map { $0.content } == ["a.one", "a.two", "a.four", "a.three", "a.half"])
        #expect(zip(names, names.dropFirst()).allSatisfy { $0.y < $1.y })
        let lefts = names.map { $0.x }
        #expect(lefts[0] < lefts[1] && lefts[1] < lefts[2] && lefts[1] == lefts[3] && lefts[4] == lefts[0])
    }

    @Test("Rungs that build on each other, or stand there twice, are in the ladder once")
    func circle() throws {
        let figure = try ladder([
            Examples.rung("a.one", nanoseconds: 1000),
            Examples.rung("a.two", after: "a.three", nanoseconds: 500),
            Examples.rung("a.three", after: "a.two", nanoseconds: 500),
            Examples.rung("a.four", after: "a.four", nanoseconds: 500),
            Examples.rung("a.one", nanoseconds: 1000),
        ])
        let names = Drawing(figure.svg).texts.map { $0.content }.filter { $0.hasPrefix("a.") }
        #expect(names == ["a.one", "a.two", "a.three", "a.four"])
    }

    @Test("A stand-in for the first rung is called one in the note")
    func standIn() throws {
        let figure = try ladder([
            Examples.rung("a.slow", nanoseconds: 1, rounds: 0, skipped: "slow"),
            Examples.rung("a.next", after: "a.slow", nanoseconds: 100),
            Examples.rung("a.fast", after: "a.next", nanoseconds: 10),
        ])
        let note = Drawing(figure.svg).texts.map { $0.content }.joined(separator: " ")
        #expect(note.contains("a.slow has no time; a.next stands in for it."))
    }

    @Test(
        "Growth has a line and a band for the first rung and the best of each family, and a mark for each cache within its range"
    )
    func growth() throws {
        let figures = Report(StudyExample.results).figures(of: "growth")
        let figure = try #require(figures.first { $0.id == "growth-m-float" })
        let drawing = Drawing(figure.svg)
        #expect(drawing.count(class: "line") == 5 && drawing.count(class: "band") == 5)
        // The first of all, and the best of each of four families.
        #expect(drawing.count(class: "bold") == 5)
        #expect(figure.table.rows.count == 13)
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
        let maps = Report(Examples.results([cell(10, 500), cell(100, 1000), cell(1000, 4000)])).figures(
            of: "map")
        let winners = try #require(maps.first { $0.id == "map-float" })
        #expect(winners.table.rows[0] == ["10", "simd.b 2.00× over dispatch.c"])
        #expect(winners.table.rows[1][1].contains("≈"))
        #expect(winners.table.rows[2] == ["1\u{202F}000", "dispatch.c 2.00× over loops.a"])
        #expect(Drawing(winners.svg).count(class: "open") == 1)
        let threads = try #require(maps.first { $0.id == "map-threads-float" })
        #expect(threads.table.rows.map { $0[1].prefix(5) } == ["0.500", "1.00×", "2.00×"])
        #expect(Drawing(threads.svg).count(class: "open") == 1)
    }

    @Test("A shape that was not timed is empty in the map")
    func hole() throws {
        let rungs = [Examples.rung("a.a", nanoseconds: 9), Examples.rung("a.b", nanoseconds: 99)]
        let cells = [(10, 2), (100, 2), (10, 8)].map { Examples.cell(rungs, m: $0.0, nx: $0.1) }
        let map = try #require(Report(Examples.results(cells)).figures(of: "map").first)
        #expect(map.table.rows[1] == ["100", "a.a 11.0× over a.b", "–"])
    }

    @Test("The roofline has roofs for each cache and memory, on one and on all threads, and every rung")
    func roofline() throws {
        let figure = try #require(Report(StudyExample.results).figures(of: "roofline").first)
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
        let figures = Report(Examples.results([cell(1, 1600), cell(2, 1000), cell(4, 500)])).figures(
            of: "threads")
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
        let figure = try #require(
            Report(StudyExample.results).figures(of: "precision").first { $0.id == "scalars" })
        #expect(row("loops.nested", figure)[1].hasPrefix("1.00 ("))
        #expect(row("simd.fused", figure)[1].hasPrefix("1.90 ("))
        let float = Examples.cell([Examples.rung("a.b", nanoseconds: 5)])
        #expect(Report(Examples.results([float])).figures(of: "precision").isEmpty)
    }

    @Test("Agreement takes the worst of all cells, and says where nothing was judged")
    func agreement() throws {
        let judged = Examples.rung("a.b", nanoseconds: 10)
        let not = Examples.rung("a.c", nanoseconds: 5, passed: nil)
        let figure = try #require(
            Report(Examples.results([Examples.cell([judged, not])])).figures(of: "agreement").first)
        #expect(row("a.b", figure) == ["a.b", "0.100", "–", "1.00×"])
        #expect(Drawing(figure.svg).texts.contains { $0.content == "not judged" })
        #expect(Report(Examples.results([Examples.cell([not])])).figures(of: "agreement").isEmpty)
    }

    @Test("Readers who do not see a picture get its place and its table in words")
    func description() throws {
        let figure = try ladder([
            Examples.rung("a.b", nanoseconds: 1000),
            Examples.rung("a.c", after: "a.b", idea: "twice", nanoseconds: 500),
        ])
        #expect(
            figure.description
                == "At m = 10\u{202F}000, nₓ = 100, float, 2 threads. rung, builds on, what it changes: "
                + "time of a step; times as fast as that; times as fast as a.b. a.b, –, an idea: 1.00 µs (1.00 µs "
                + "to 1.00 µs); –; 1.00 (1.00 to 1.00). a.c, a.b, twice: 500 ns (500 ns to 500 ns); 2.00 (2.00 to "
                + "2.00); 2.00 (2.00 to 2.00).")
        // Of the points of a curve the last is enough.
        let fall = try #require(
            Report(Pages.full).figures(of: "training").first { $0.id == "training-updates" })
        #expect(fall.description.hasSuffix("line: updates; J. float: 1\u{202F}000 updates; 0.0625."))
    }

    @Test("What results hold no data for has no figure")
    func absent() {
        let results = Examples.results([Examples.cell([Examples.rung("a.b", nanoseconds: 10)])])
        #expect(Report(results).figures.map { $0.id } == ["ladder", "agreement"])
    }
}
