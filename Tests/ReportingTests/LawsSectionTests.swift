import Foundation
import Problems
import Measurement
import Testing

import Reporting

@Suite("The report has laws of growth and crossovers")
struct LawsSectionTests {
    /// A grid of cells where the first rung follows a law, the second grows with m², and the third, on
    /// threads, starts at 100 µs and takes half the time of the first for each value.
    private func grid(_ m: [Int], _ nx: [Int]) -> [CellResult] {
        nx.flatMap { nx in
            m.map { m in
                Examples.cell(
                    [
                        Examples.rung("a.one", nanoseconds: 1000 + 20 * m + 2 * m * nx),
                        Examples.rung("a.two", after: "a.one", nanoseconds: m * m * nx),
                        Examples.rung(
                            "a.threads", after: "a.one", nanoseconds: 100_000 + 10 * m + m * nx,
                            threaded: true, workers: 2),
                    ], m: m, nx: nx)
            }
        }
    }

    @Test("The times and factors of each rung are taken from the results, in the order of the ladder")
    func series() throws {
        var cells = grid([100, 1000], [4])
        cells.append(
            Examples.cell(
                [
                    Examples.rung("a.one", nanoseconds: 10, rounds: 0, skipped: "slow"),
                    Examples.rung("a.two", after: "a.one", nanoseconds: 10),
                ], m: 7, nx: 4, scalar: .double))
        let results = Examples.results(cells)
        let series = results.growthSeries
        #expect(series.map { $0.rung } == ["a.one", "a.two", "a.threads", "a.two"])
        #expect(series.map { $0.scalar } == [.float, .float, .float, .double])
        #expect(series[0].points.map { $0.nanoseconds } == [3800, 29000])
        #expect(series[0].points.map { $0.cell.m } == [100, 1000])
        let factors = results.factorSeries
        #expect(factors.map { "\($0.rung) \($0.previous)" } == ["a.two a.one", "a.threads a.one"])
        #expect(factors[1].points.map { $0.median } == [3800.0 / 101_400, 29000.0 / 114_000])
        #expect(factors[1].points.allSatisfy { $0.low == $0.median && $0.high == $0.median })
        #expect(Examples.results([]).growthSeries.isEmpty && Examples.results([]).factorSeries.isEmpty)
    }

    @Test("A grid that is large enough has both, and says where no law holds")
    func full() {
        let text = ReportTests.markdown(Examples.results(grid([100, 200, 500, 50_000], [4, 8, 16])))
        #expect(text.contains("<strong>Laws of growth.</strong>"))
        #expect(text.contains("| a.one | L1 | 1.00 µs | 20.0 ns | 0 | 2.00 ns | 9 | 0.0 % |"))
        #expect(!text.contains("| a.two | L1 |"))
        #expect(text.contains("| a.threads | L1 | 100 µs | 10.0 ns | 0 | 1.00 ns | 9 | 0.0 % |"))
        #expect(
            text.contains(
                "No law holds, or can be told, for a.two where X is in L1, 3 rungs where X is in L3 and "
                    + "3 rungs where X is in memory."
            ))
        #expect(text.contains("**Crossovers as m grows, float**"))
        #expect(text.contains("| a.threads over a.one | faster from "))
        #expect(text.contains("| a.threads over a.one | slower | slower | slower | faster |") == false)
        #expect(!text.contains("Left out: laws"))
        MarkdownPageTests.expectWholeTables(text)
    }

    @Test("A crossing has its interval, and an open one in words")
    func crossover() {
        func cell(_ m: Int, _ times: ClosedRange<Int>) -> CellResult {
            // 7 blocks, of which the interval of the median leaves out nearly none.
            let rung = RungInfo("a.two", after: "a.one", "", sums: .running)
            let samples = (0..<7).map { round in
                Sample(
                    block: round, round: round, position: 0, steps: 1,
                    nanoseconds: times.lowerBound + (times.upperBound - times.lowerBound) * round / 6,
                    cpuNanoseconds: 0)
            }
            return Examples.cell(
                [
                    Examples.rung("a.one", nanoseconds: 1000),
                    RungResult(
                        rung: rung, work: .step(Shape(m, 8), in: .float, passes: 1), preparedBytes: 0,
                        workers: 1, verdict: nil, samples: samples),
                ], m: m, nx: 8)
        }
        let clear = ReportTests.markdown(Examples.results([cell(100, 4000...4000), cell(1600, 250...250)]))
        #expect(clear.contains("| a.two over a.one | faster from 400 (400 to 400) |"))
        let open = ReportTests.markdown(Examples.results([cell(100, 900...1300), cell(1600, 250...250)]))
        #expect(open.contains("| a.two over a.one | faster from "))
        #expect(open.contains(" (below the smallest to "))
        let none = ReportTests.markdown(Examples.results([cell(100, 900...1300), cell(1600, 900...1100)]))
        #expect(none.contains("no clear crossing."))
    }

    @Test("With too few cells one line says what to run")
    func few() {
        func text(_ cells: [CellResult]) -> String { ReportTests.markdown(Examples.results(cells)) }
        let advice = ", since there are too few cells. `unlooped bench --preset standard` would fill it in."
        #expect(text(grid([100], [4])).contains("> Left out: laws and crossovers" + advice))
        #expect(text(grid([100, 200], [4])).contains("> Left out: laws" + advice))
        #expect(text(grid([100, 200, 400], [4])).contains("> Left out: laws" + advice))
    }
}
