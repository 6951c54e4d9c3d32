import Problems
import Measurement
import Testing

import Reporting

@Suite("The report compares the rungs with peers")
struct PeersSectionTests {
    /// A cell where the best rung takes 1000 ns, reading X takes a part of that, and peers take `peers`.
    private func cell(
        _ peers: [(name: String, time: Int)], m: Int = 100, nx: Int = 32, scalar: ScalarKind = .float,
        threads: Int = 1, time: Int = 1000, reading: Int? = nil, threaded: Bool = false
    ) -> CellResult {
        Examples.cell(
            [
                Examples.rung("loops.a", nanoseconds: 8 * time),
                Examples.rung("simd.b", after: "loops.a", nanoseconds: time, threaded: threaded),
            ], m: m, nx: nx, scalar: scalar, threads: threads,
            ceilings: reading.map { [Examples.rung("read.one", nanoseconds: $0)] } ?? [],
            peers: peers.map { Examples.rung($0.name, idea: "made of \($0.name)", nanoseconds: $0.time) })
    }

    private func section(_ cells: [CellResult]) throws -> Section {
        try #require(Report(Examples.results(cells)).page.sections.first { $0.id == "peers" })
    }

    private func text(_ cells: [CellResult]) throws -> String {
        MarkdownPage(Page(title: "", lead: [], sections: [try section(cells)], colophon: "")).text
    }

    @Test("Without a peer's time the section is one line that says what to run, and why there is none")
    func leftOut() throws {
        func lines(_ cell: CellResult) -> [String] {
            Report(Examples.results([cell])).page.sections.flatMap { $0.items }.compactMap {
                if case .leftOut(let phrase) = $0 { phrase.plain } else { nil }
            }
        }
        let advice =
            "Left out: other languages, since no peer was timed. unlooped bench --preset peers --peer all "
            + "would fill it in."
        #expect(lines(cell([])).contains(advice))
        let dead = Examples.rung("c", nanoseconds: 1, rounds: 0, passed: nil, skipped: "it died")
        #expect(lines(Examples.cell([Examples.rung("a.b", nanoseconds: 1)], peers: [dead])).contains(advice))
        #expect(try text([Examples.cell([], peers: [dead])]).contains("**c** has no time at m = "))
    }

    @Test("All else is as it is without peers, but for the ladders and the count of samples")
    func unchanged() {
        let full = Pages.full
        var bare = Examples.results(
            full.cells.map {
                CellResult(
                    cell: $0.cell, blocks: $0.blocks, rungs: $0.rungs, controls: $0.controls,
                    ceilings: $0.ceilings)
            })
        (bare.ceilings, bare.notes, bare.trainings) = (full.ceilings, full.notes, full.trainings)
        func rest(_ results: Results) -> [Section] {
            Report(results).page.sections.filter {
                !["peers", "ladder", "precision", "data", "machine", "missing"].contains($0.id)
            }
        }
        #expect(rest(full) == rest(bare) && rest(bare).count == 7)
        #expect(Report(bare).figures(of: "ladder").first?.svg.contains("peer") == false)
        #expect(Report(bare).figures(of: "peers").isEmpty)
    }

    @Test("A sentence and tables have the means, the smallest factors and their cells")
    func numbers() throws {
        let found = try text([
            cell([("numpy", 8000), ("c", 4000)]),
            cell([("numpy", 2000), ("c", 1000)], m: 200),
            cell([("numpy", 4000)], m: 300, scalar: .double), cell([], m: 400),
        ])
        // 4, 1 and 4 over the best; 8, 2 and 4 over NumPy.
        #expect(found.contains("Over 3 cells the best rung is **2.52 times as fast** as the best peer"))
        #expect(
            found.contains("clearly faster in 2, clearly slower in **0**, without a clear difference in 1"))
        #expect(found.contains("The smallest factor is 1.00× (1.00 to 1.00), of simd.b over c at m = 200, "))
        #expect(found.contains("1 cell has no time of a peer."))
        #expect(
            found.contains(
                "| the best of each cell |  |  | m = 200, nₓ = 32, float, 1 thread | 1.00× ≈ | 2.52× | 3 | 2 | 1 | "
                    + "0 | – |"))
        #expect(
            found.contains(
                "| numpy | made of numpy | one | m = 200, nₓ = 32, float, 1 thread | 2.00× | 4.00× | 3 | 3 | 0 | "
                    + "0 | 0.100 |"))
        #expect(
            found.contains(
                "| c | made of c | one | m = 200, nₓ = 32, float, 1 thread | 1.00× ≈ | 2.00× | 2 | 1 | 1 | 0 | 0.100 |"
            ))
        #expect(found.contains("| double, 1 thread | m = 300, nₓ = 32, double, 1 thread | 4.00× | 4.00× |"))
        #expect(
            found.contains(
                "| m = 100, nₓ = 32, float, 1 thread | simd.b | c | 1.00 µs | 4.00 µs | 4.00 (4.00 to 4.00) |"
            ))
        #expect(!found.contains("Where a peer is ahead"))
        #expect(try !text([cell([("c", 2000)])]).contains("no time of a peer"))
        #expect(try text([cell([("c", 2000)])]).contains("In no cell is a peer clearly ahead"))
    }

    @Test("Where a peer is ahead the cell is listed with the cause")
    func causes() throws {
        func cause(_ cell: CellResult) throws -> String { try text([cell]) }
        let limit = try cause(cell([("c", 950)], reading: 900))
        #expect(limit.contains("### Where a peer is ahead\n\n- **0.950×** (0.950 to 0.950) at m = 100, "))
        #expect(
            limit.contains(
                "simd.b takes 1.00 µs and c 950 ns. simd.b runs at 90 % of what memory allows, c at 95 %."))
        #expect(limit.contains("no code could be more than 1.06 times as fast as the peer"))
        let short = try cause(cell([("c", 990)], reading: 100))
        #expect(short.contains("A step is short: calls"))
        #expect(try cause(cell([("c", 1000)], reading: 100)).contains("In no cell is a peer clearly ahead"))
        let open = try cause(cell([("c", 90_000)], time: 100_000, reading: 50_000))
        #expect(open.contains("Neither the machine's limits nor the size tells why."))
        let alone = try cause(cell([("c", 90_000)], threads: 2, time: 100_000, reading: 50_000))
        #expect(alone.contains("the best works on one of 2."))
        let narrow = try cause(cell([("numpy", 90_000)], m: 100_000, nx: 2, time: 100_000, reading: 10_000))
        #expect(narrow.contains("### Where a peer is ahead\n\n- **0.900×** (0.900 to 0.900) at m = 100"))
        #expect(narrow.contains("A sample has 8 additions and multiplications"))
        let ahead = try cause(cell([("numpy", 250_000)], m: 100_000, nx: 2, time: 100_000, reading: 10_000))
        #expect(ahead.contains("In no cell is a peer clearly ahead") && !ahead.contains("### Ahead"))
        var results = Examples.results([
            cell([("c", 9000)], threads: 2, time: 10_000, reading: 5000, threaded: true)
        ])
        results.ceilings = Ceilings(
            bandwidths: [], multiplyAddRates: [], wakeUpCosts: Pages.full.ceilings?.wakeUpCosts ?? [],
            clock: ClockCost(readingNanoseconds: 20, resolutionNanoseconds: 1))
        #expect(ReportTests.markdown(results).contains("Waking 2 threads takes 4.00 µs on this machine"))
    }

    @Test("What the machine leaves to be gained is said where it was measured in each cell")
    func potential() throws {
        let cells = [
            cell([("c", 1000)], reading: 1000), cell([("c", 2250)], m: 200, reading: 250),
        ]
        let found = try text(cells)
        #expect(found.contains("in 1 of 2 cells (mean 1.00×), at less in 1 (mean 2.25×)."))
        #expect(found.contains("it would be 3.00 times as fast as these peers, if"))
        #expect(try !text(cells + [cell([("c", 1000)], m: 300)]).contains("of what the machine allows"))
    }

    @Test("The map has the factor and the name of the best peer, by scalar and on one thread and on several")
    func map() throws {
        let cells = [1, 2].flatMap { threads in
            [(100, 500), (200, 1000), (300, 5000)].map {
                cell([("c", $0.1), ("numpy with a long name", 50_000)], m: $0.0, threads: threads)
            } + [
                cell([("numpy with a long name", 2000)], m: 400, threads: threads),
                cell([], m: 500, threads: threads),
            ]
        }
        let figures = Report(Examples.results(cells)).figures(of: "peers")
        #expect(figures.map { $0.id } == ["peers-one-float", "peers-several-float"])
        let figure = try #require(figures.last)
        let drawing = Drawing(figure.svg)
        let texts = drawing.texts.map { $0.content }
        #expect(texts.contains("0.500×") && texts.contains("1.00× ≈") && texts.contains("5.00×"))
        #expect(texts.contains("c") && texts.contains("numpy wi…"))
        #expect(drawing.count(class: "open") == 1 && drawing.count(class: "ochre") == 2)
        #expect(figure.table.rows[0] == ["100", "0.500× simd.b over c"])
        #expect(
            drawing.tooltips.contains { $0.contains("simd.b is 2.00× (2.00 to 2.00) as fast as numpy with") })
        #expect(Report(Examples.results([cell([("c", 500)])])).figures(of: "peers").isEmpty)
    }

    @Test(
        "The fastest peer stands beside the fastest rungs, and all that have a time in the grid of languages")
    func answers() throws {
        var found = cell([("c", 500), ("slow", 2000)])
        let gone = Examples.rung("gone", nanoseconds: 1, rounds: 0, skipped: "it died")
        found.add(CellResult(cell: found.cell, rungs: [], peers: [gone]))
        let figures = Report(Examples.results([found])).figures
        let worth = try #require(figures.first { $0.id == "worth" })
        #expect(worth.table.rows.last == ["peer c", "made of c", "500 ns", "16.0×"])
        let nearness = try #require(figures.first { $0.id == "nearness" })
        #expect(
            nearness.table.rows.map { $0[0] }
                == ["of what the machine allows", "times as fast as c", "times as fast as slow"])
        #expect(nearness.table.rows[1][1] == "0.500×" && nearness.table.rows[2][1] == "2.00×")
        let texts = Drawing(nearness.svg).texts.map { $0.content }
        #expect(texts.contains("c") && texts.contains("0.500×") && !texts.contains("gone"))
    }

    @Test("A peer that was rejected, or missed a part of the rounds, is named with the reason")
    func absences() throws {
        let rungs = [Examples.rung("a.b", nanoseconds: 100)]
        let peers = [
            Examples.rung("c", nanoseconds: 200),
            Examples.rung("wrong", nanoseconds: 1, rounds: 0, passed: false, skipped: "it disagrees"),
            Examples.rung("frail", nanoseconds: 300, skipped: "it hung"),
        ]
        let found = try text([Examples.cell(rungs, peers: peers)])
        #expect(found.contains("**wrong** has no time at m = "))
        #expect(
            found.contains("**frail** was not timed in all rounds at m = ") && found.contains(": it hung."))
        #expect(found.contains("| wrong | an idea | one | – | – | – | 0 | 0 | 0 | 0 | 0.100 fails |"))
    }
}
