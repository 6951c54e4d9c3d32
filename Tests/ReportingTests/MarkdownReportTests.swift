import Foundation
import LogisticRegression
import Measurement
import Testing

import Reporting

@Suite("The report says what the results hold")
struct MarkdownReportTests {
    /// Every table has as many columns in each line as in its first.
    func expectWholeTables(_ text: String) {
        var columns: Int?
        for line in text.split(separator: "\n", omittingEmptySubsequences: false) {
            guard line.hasPrefix("|") else {
                columns = nil
                continue
            }
            let count = line.replacingOccurrences(of: "\\|", with: "").count { $0 == "|" }
            #expect(columns == nil || columns == count, "\(line)")
            columns = count
        }
    }

    @Test("The headline sets the fastest rung against the first, on the largest cell")
    func headline() {
        let rungs = [
            Examples.rung("a.slow", nanoseconds: 8_000_000),
            Examples.rung("b.fast", after: "a.slow", nanoseconds: 1_000_000),
        ]
        let report = MarkdownReport(
            Examples.results([Examples.cell(rungs), Examples.cell(Array(rungs.reversed()), m: 10)]))
        #expect(report.headline.hasPrefix("**b.fast** makes a step 8.00 times as fast as a.slow"))
        #expect(report.headline.contains("1.00 ms instead of 8.00 ms"))
        #expect(report.text.contains("| **b.fast** | an idea | 1.00 ms | ±0.0 % | 8.00× | 8.00× | █"))
        #expect(report.text.contains("Growing m"))
        #expect(!report.text.contains("**Note**"))
        expectWholeTables(report.text)
    }

    @Test("Names, ideas and the machine cannot break the page")
    func escaping() {
        let rung = Examples.rung("a|b.<c>", idea: "x | y < z & `w`\n# head", nanoseconds: 10)
        let report = MarkdownReport(Examples.results([Examples.cell([rung])]))
        #expect(report.text.contains("**a\\|b.&lt;c&gt;**"))
        #expect(report.text.contains("x \\| y &lt; z &amp; \\`w\\` # head"))
        #expect(report.text.contains("A &lt;fast&gt; \\| cheap one"))
        expectWholeTables(report.text)
    }

    @Test("No cells, one rung, a skipped and a rejected rung all give a report")
    func sparse() {
        let empty = MarkdownReport(Examples.results([]))
        #expect(empty.text.contains("Nothing was timed."))
        let one = MarkdownReport(Examples.results([Examples.cell([Examples.rung("a.b", nanoseconds: 10)])]))
        #expect(one.headline.hasPrefix("**a.b** makes a step in 10.0 ns"))
        let absent = MarkdownReport(
            Examples.results([
                Examples.cell([
                    Examples.rung("a.b", nanoseconds: 10),
                    Examples.rung("a.skipped", nanoseconds: 1, rounds: 0, skipped: "a step takes too long"),
                    Examples.rung(
                        "a.wrong", nanoseconds: 1, rounds: 0, passed: false, skipped: "it disagrees"),
                ])
            ]))
        #expect(absent.text.contains("| **a.skipped** | an idea | skipped |"))
        #expect(
            absent.text.contains(
                "a.skipped has no time in m = 10000, n\\_x = 100, float, 2 threads: a step takes too long."))
        #expect(absent.text.contains("| **a.wrong** | an idea | disagrees |"))
        #expect(absent.text.contains("0.100 fails"))
        for report in [empty, one, absent] { expectWholeTables(report.text) }
        let none = Examples.cell([Examples.rung("a.b", nanoseconds: 1, rounds: 0, skipped: "slow")])
        #expect(MarkdownReport(Examples.results([none])).text.contains("Nothing was timed."))
        #expect(LadderTable(none).markdown.contains("skipped"))
    }

    @Test("What makes the numbers doubtful is told first")
    func warnings() {
        let rung = Examples.rung("a.b", nanoseconds: 10, rounds: 3, passed: nil)
        var results = Examples.results([Examples.cell([rung])], configuration: "debug")
        results.advice = Advice.all(of: results)
        let text = MarkdownReport(results).text
        #expect(text.contains("- This is a debug build, and its times say nothing"))
        #expect(text.contains("- Some times rest on 3 samples"))
        #expect(text.contains("no judge has seen"))
    }

    @Test("A rung that is slower than the one it builds on is explained from the results")
    func slower() {
        func text(_ rung: RungResult, _ first: Int = 1_000_000) -> String {
            MarkdownReport(
                Examples.results([Examples.cell([Examples.rung("a.one", nanoseconds: first), rung])])
            ).text
        }
        let twice = text(Examples.rung("a.two", after: "a.one", nanoseconds: 2_000_000, passes: 2))
        #expect(twice.contains("a.two takes 2.00 times as long as a.one, which it builds on: a step of it"))
        #expect(twice.contains("moves 8.04 MB where a.one moves 4.04 MB"))
        #expect(twice.contains("is larger than the caches"))
        let alone = text(Examples.rung("a.two", after: "a.one", nanoseconds: 2_000_000, threaded: true))
        #expect(alone.contains("only one thread worked"))
        let little = text(
            Examples.rung("a.two", after: "a.one", nanoseconds: 20_000, threaded: true, workers: 2), 10_000)
        #expect(little.contains("too little work for threads"))
        let unknown = text(Examples.rung("a.two", after: "a.one", nanoseconds: 2_000_000))
        #expect(unknown.contains("the counted work does not tell why"))
        #expect(!text(Examples.rung("a.two", after: "a.one", nanoseconds: 1_040_000)).contains("takes"))
    }

    @Test("Training has a table, with distances and the bound where one is known")
    func training() {
        var results = Examples.results([])
        results.training = TrainingOutcome(
            dataset: "d_1", m: 569, nx: 30, iterations: 1000, learningRate: 0.1, reference: "a.b in double",
            entries: [
                .init(
                    rung: "a.b", scalar: .float, cost: 0.0625, accuracy: 0.9877, seconds: 0.01,
                    costDistance: 1e-8, costBound: 1e-6, weightDistance: 2e-6, weightBound: 1e-4)
            ])
        let text = MarkdownReport(results).text
        #expect(
            text.contains(
                "| a.b | float | 0.0625 | 98.77 % | 10.0 ms | 1.00e-08 (bound 1.00e-06) | 2.00e-06 (bound 0.000100"
            ))
        expectWholeTables(text)
    }

    @Test("Numbers have three digits")
    func figures() {
        let texts = [0, 0.00123, 0.9996, 9.996, 12.34, 99.96, 1234, 1.5e7, -2.5, .infinity].map(Figures.three)
        #expect(
            texts == ["0", "0.00123", "1.00", "10.0", "12.3", "100", "1234", "1.50e+07", "-2.50", "inf"])
        #expect(Markdown.bar(0.5, width: 4) == "██")
        #expect(Markdown.bar(1.0 / 32, width: 4) == "▏")
        #expect(Markdown.bar(-1) == "" && Markdown.bar(.nan) == "")
    }
}
