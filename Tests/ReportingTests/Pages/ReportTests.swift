import Foundation
import Problems
import Measurement
import Testing

import Reporting

@Suite("The report says what the results hold")
struct ReportTests {
    static func markdown(_ results: Results) -> String { MarkdownPage(Report(results).page).text }

    private static let sections = [
        "ladder", "growth", "map", "peers", "roofline", "threads", "precision", "agreement", "laws", "data",
        "training", "machine",
    ]

    @Test("Its sections stand in order, whatever the results lack")
    func order() {
        for results in [Pages.full, Pages.hostileResults] + Pages.sparse.map({ $0.results }) {
            let sections = Report(results).page.sections.map { $0.id }
            #expect(sections == Self.sections.filter(sections.contains) + sections.filter { $0 == "missing" })
        }
    }

    @Test("With all data there is something in every section, and nothing is left out")
    func full() {
        for section in Report(Pages.full).page.sections {
            #expect(section.items.count > 1, "\(section.id)")
            for item in section.items {
                if case .leftOut(let phrase) = item { Issue.record("\(section.id): \(phrase.plain)") }
            }
        }
    }

    @Test("What the results hold no data for stands together, each with the command that would fill it in")
    func leftOut() throws {
        let sections = Report(Examples.results([])).page.sections
        #expect(sections.map { $0.id } == ["machine", "missing"])
        for item in try #require(sections.last).items {
            guard case .leftOut(let phrase) = item else {
                Issue.record("\(item)")
                continue
            }
            let commands = phrase.spans.compactMap { if case .code(let text) = $0 { text } else { nil } }
            #expect(!commands.isEmpty && commands.allSatisfy { $0.hasPrefix("unlooped") })
        }
    }

    @Test("The numbers of the headline are those computed from the results")
    func headline() throws {
        let results = Pages.full
        let cell = try #require(results.largestCell)
        #expect((cell.cell.m, cell.cell.nx, cell.cell.scalar) == (10_000, 128, .float))
        let fastest = try #require(cell.fastest)
        let factor = try #require(cell.factorOverReference(fastest))
        let roofline = try #require(results.roofline(fastest, in: cell))
        let line = try #require(Report(results).keyLines.first)
        #expect(
            line.contains(
                "dispatch.b, is \(Numbers.three(factor.median)) times as fast as loops.a, an idea: "))
        let interval = try #require(factor.interval)
        #expect(
            line.contains("95 % interval \(Numbers.three(interval.low)) to \(Numbers.three(interval.high)))"))
        #expect(line.contains("It runs at \(Numbers.percent(roofline.fraction)) of what memory allows."))
        #expect(
            line.contains(
                "\(Numbers.time(fastest.stepTime)) instead of \(Numbers.time(cell.reference?.stepTime))"))
        #expect(line.contains("m = 10\u{202F}000, nₓ = 128, float, 2 threads"))
        // 1 281 000 ns against 660 500 ns on threads, 2 ns a value against 1, which takes 320 250 to read.
        #expect(line.contains("15.5 times") && line.contains("at 48 %"))
        #expect(Self.markdown(results).contains("**dispatch.b**, is **15.5 times as fast** as loops.a"))
    }

    @Test("A rung on X in 16 bits is listed apart from the ladder with its factor, and in no headline")
    func otherX() throws {
        let cell = Examples.cell([
            Examples.rung("loops.a", nanoseconds: 90_000),
            Examples.rung("simd.b", after: "loops.a", nanoseconds: 30_000),
            Examples.rung("simd.half", after: "simd.b", nanoseconds: 12_000, storage: .bfloat16),
        ])
        let report = Report(Examples.results([cell]))
        #expect(report.keyLines.allSatisfy { !$0.contains("simd.half") })
        let text = try #require(
            Self.markdown(Examples.results([cell])).split(separator: "Beside the ladder").last)
        #expect(text.contains("8 significant bits") && text.contains("**simd.half**: 2.50×"))
        #expect(text.contains("over simd.b."))
        #expect(!Self.markdown(Examples.results([])).contains("Beside the ladder"))
    }

    @Test(
        "Four lines matter most: the headline, the other kind, the greatest single gain, and how well it is known"
    )
    func keyLines() {
        let lines = Report(Pages.full).keyLines
        #expect(lines.count == 4)
        #expect(lines[1].hasPrefix("On one thread simd.b is the fastest, 8.00 times as fast as loops.a"))
        #expect(lines[2].contains("simd.b, an idea: 8.00 times as fast as loops.a."))
        #expect(Report(Examples.results([])).keyLines == ["Nothing was timed."])
        let alone = Examples.results([Examples.cell([Examples.rung("a.b", nanoseconds: 10)])])
        #expect(Report(alone).keyLines.count == 2)
        #expect(
            Report(alone).keyLines[0].hasPrefix("The fastest version, a.b, makes a step in 10.0 ns, at m = "))
    }

    @Test("The first lines say how well times are known, what was asked for, and what does not count")
    func precision() throws {
        // Of one rung ten blocks are equal, and of the other they scatter by 10 %.
        func results(_ precision: Double?, rounds: Int = 10) -> Results {
            let scattered = RungResult(
                rung: RungInfo("a.c", after: "a.b", "i", sums: .running), work: .reading(bytes: 1),
                preparedBytes: 0,
                workers: 1, verdict: nil,
                samples: (0..<rounds).map { round in
                    Sample(
                        block: round, round: round, position: 0, steps: 1, nanoseconds: 900 + 20 * round,
                        cpuNanoseconds: 0)
                })
            var settings = SamplerSettings()
            settings.precision = precision
            var some = Examples.results([
                Examples.cell([Examples.rung("a.b", nanoseconds: 1000, rounds: rounds), scattered])
            ])
            some = Results(
                date: "", command: "", seed: 1, settings: settings, plan: some.plan, machine: some.machine,
                build: some.build, cells: some.cells)
            return some
        }
        func line(_ results: Results) throws -> String { try #require(Report(results).keyLines.last) }
        let all = try line(results(nil))
        #expect(
            all.hasPrefix("95 % of the 2 times are known to ")
                && all.contains(" % or better, and 95 % of the spe"))
        #expect(try line(results(0.5)).hasSuffix("All are known to the 50 % that were asked for."))
        #expect(
            try line(results(0.01)).hasSuffix(
                "1 % were asked for, and 1 are not known as well: the time was over."))
        #expect(try line(results(0.01, rounds: 5)).hasPrefix("No time has an interval: that takes 6 blocks."))
    }

    @Test("A stand-in for the first rung is called one")
    func standIn() {
        let rungs = [
            Examples.rung("a.s", nanoseconds: 1, rounds: 0, skipped: "a step takes too long"),
            Examples.rung("a.t", after: "a.s", nanoseconds: 1000), Examples.rung("a.u", nanoseconds: 100),
        ]
        let text = Self.markdown(Examples.results([Examples.cell(rungs)]))
        #expect(text.contains("as a.t, an idea, which stands in for a.s, not timed here"))
        #expect(text.contains("so a.t, the slowest that has one, stands in for it"))
    }

    @Test("A skipped and a rejected rung are in the ladder, with the reason")
    func absent() {
        let text = Self.markdown(
            Examples.results([
                Examples.cell([
                    Examples.rung("a.b", nanoseconds: 10),
                    Examples.rung("a.skipped", nanoseconds: 1, rounds: 0, skipped: "a step takes too long"),
                    Examples.rung("a.wrong", nanoseconds: 1, passed: false),
                ])
            ]))
        #expect(text.contains("| a.skipped | – | an idea | skipped |"))
        #expect(text.contains("- **a.skipped** has no time at m = "))
        #expect(text.contains(": a step takes too long."))
        #expect(text.contains("| a.wrong | – | an idea | disagrees with the reference |"))
        #expect(text.contains("0.100 fails"))
        #expect(text.contains("**1 of 3 verdicts are against an implementation**: a.wrong is off in J"))
    }

    @Test("Whatever makes the numbers doubtful is reported, grave warnings before all numbers")
    func warnings() throws {
        let rung = Examples.rung("a.b", nanoseconds: 10, rounds: 3, passed: nil)
        var results = Examples.results([Examples.cell([rung])], configuration: "debug")
        results.advice = Advice.all(of: results)
        let text = Self.markdown(results)
        let top = try #require(text.components(separatedBy: "## What is it worth?").first)
        #expect(top.contains("> **Warning.** This is a debug build, and its times say nothing"))
        #expect(top.contains("no judge has seen") && !top.contains("Some times in"))
        #expect(
            text.contains(
                "- Some times in 1 cell, such as m = 10000, n\\_x = 100, float, 2 threads, rest on fewer"))
        #expect(!Self.markdown(Pages.full).contains("**Warning.**"))
    }

    @Test("A factor that is no clear difference is marked")
    func indistinguishable() {
        let rungs = [
            Examples.rung("a.one", nanoseconds: 1000),
            Examples.rung("a.two", after: "a.one", nanoseconds: 1000),
        ]
        let text = Self.markdown(Examples.results([Examples.cell(rungs)]))
        #expect(text.contains(" | 1.00 (1.00 to 1.00) ≈ | 1.00 (1.00 to 1.00) |"))
        #expect(text.contains("over a.one, no clear difference: an idea."))
    }

    @Test("Why a rung is as fast as it is comes from the results")
    func causes() {
        func text(_ rung: RungResult, _ first: Int = 1_000_000) -> String {
            Self.markdown(
                Examples.results([Examples.cell([Examples.rung("a.one", nanoseconds: first), rung])]))
        }
        let twice = text(Examples.rung("a.two", after: "a.one", nanoseconds: 2_000_000, passes: 2))
        #expect(twice.contains("It is slower here: a step of it moves 8.04 MB where a.one moves 4.04 MB"))
        #expect(twice.contains("is larger than the caches"))
        let alone = text(Examples.rung("a.two", after: "a.one", nanoseconds: 2_000_000, threaded: true))
        #expect(alone.contains("One thread worked on it."))
        let little = text(
            Examples.rung("a.two", after: "a.one", nanoseconds: 20_000, threaded: true, workers: 2), 10_000)
        #expect(little.contains("too little work for threads"))
        let unknown = text(Examples.rung("a.two", after: "a.one", nanoseconds: 2_000_000))
        #expect(unknown.contains("the counted work does not tell why"))
        #expect(!text(Examples.rung("a.two", after: "a.one", nanoseconds: 1_040_000)).contains("slower here"))
        let faster = text(Examples.rung("a.two", after: "a.one", nanoseconds: 500_000, passes: 2))
        #expect(faster.contains("A step moves 8.04 MB where a.one moves 4.04 MB."))
        #expect(Self.markdown(Pages.full).contains("an idea. Where it starts. It runs at "))
    }

    @Test("Every file is among those that are announced, and figures are named for themselves")
    func names() {
        for results in [Pages.full, Pages.hostileResults] + Pages.sparse.map({ $0.results }) {
            let names = Report(results).files().map { $0.name }
            #expect(Set(names).isSubset(of: Report.fileNames))
            #expect(Set(names).count == names.count)
            #expect(names.starts(with: ["report.html", "report.md", "results.csv"]))
        }
        #expect(Set(Report.fileNames).count == Report.fileNames.count)
    }

    @Test("Threads, precision, agreement and training have their numbers")
    func numbers() {
        let text = Self.markdown(Pages.full)
        #expect(text.contains("| dispatch.b | simd.b | 1.94× | 2 | 97 % | 3.1 % | 1.94× |"))
        #expect(text.contains("| simd.b | 1.00 (1.00 to 1.00) |"))
        #expect(text.contains("All 108 verdicts are in favour."))
        #expect(
            text.contains(
                "| a.b | float | 0.0625 | 98.77 % | – | 10.0 ms | 1.00e-08 | 1.00e-06 | 2.00e-06 | 0.000100 |"
            ))
    }
}

@Suite("Numbers are written with three digits")
struct FiguresTests {
    @Test("Rounding, powers of ten and what is no number")
    func three() {
        let texts = [0, 0.00123, 0.9996, 9.996, 12.34, 99.96, 1234, 1.5e7, -2.5, .infinity].map(Numbers.three)
        #expect(
            texts == ["0", "0.00123", "1.00", "10.0", "12.3", "100", "1234", "1.50e+07", "-2.50", "inf"])
    }
}
