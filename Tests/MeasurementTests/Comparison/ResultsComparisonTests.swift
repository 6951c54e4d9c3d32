import Problems
import Measurement
import Testing

@Suite("A comparison reports the changes, and nothing else")
struct ResultsComparisonTests {
    typealias Examples = ComparisonExamples

    func compare(
        _ old: Results, _ new: Results, threshold: Double = 0.05
    ) -> ResultsComparison {
        ResultsComparison(old: old, new: new, threshold: threshold)
    }

    /// Two results of one time each, which have no common shift.
    func single(_ old: [Int], _ new: [Int], threshold: Double = 0.05) throws -> Change {
        let comparison = compare(
            Examples.results([Examples.result([Examples.rung("a.b", old)])]),
            Examples.results([Examples.result([Examples.rung("a.b", new)])]), threshold: threshold)
        #expect(comparison.commonShifts.isEmpty)
        return try #require(comparison.changes.first)
    }

    /// Of the logarithms: SciPy 1.17.1, scipy.stats.ttest_ind(new, old, equal_var=False).
    @Test("Ratio, interval and p are those of Welch's test on the logarithms of the medians of blocks")
    func numbers() throws {
        let change = try single([100, 102, 99, 101, 103, 98], [110, 113, 109, 111, 112, 108])
        let test = try #require(change.test)
        for (value, wanted) in [
            (change.old.nanoseconds, 100.4854866396228), (change.new.nanoseconds, 110.48680047165888),
            (change.ratio, 1.0995299337893878), (test.interval.low, 1.0746143663503527),
            (test.interval.high, 1.1250231833442106), (test.pValue, 3.4985383724196776e-06),
            (test.correctedPValue, 3.4985383724196776e-06), (test.excess, 1.0995299337893878),
        ] {
            #expect((value - wanted).magnitude <= 1e-8 * wanted)
        }
        #expect((change.old.blocks, change.new.blocks) == (6, 6))
        #expect(change.verdict == .slower)
    }

    @Test("A run compared with itself, and with its like, shows no change")
    func same() {
        let old = Examples.ladder([1, 2, 3, 4, 5, 6, 7])
        for new in [old, Examples.ladder([1, 2, 3, 4, 5, 6, 7], Examples.steadyAgain)] {
            let comparison = compare(old, new, threshold: 0)
            #expect(comparison.changes.count == 7)
            #expect(comparison.changes.allSatisfy { $0.verdict == .withinNoise })
            #expect(!comparison.isSlower)
            #expect(comparison.commonShifts.map { $0.verdict } == [.withinNoise])
            #expect(comparison.unmatched.isEmpty && comparison.obstacles.isEmpty)
        }
    }

    @Test("Of many times, exactly the one that is 10 % slower is found")
    func exactlyOne() {
        let factors = (0..<168).map { 1 + Double($0) / 10 }
        var slowed = factors
        slowed[77] *= 1.1
        let comparison = compare(
            Examples.ladder(factors), Examples.ladder(slowed, Examples.steadyAgain))
        #expect(comparison.slower.map { $0.rung } == ["r77"])
        #expect(comparison.faster.isEmpty)
        #expect(comparison.isSlower)
        #expect(comparison.commonShifts.map { $0.verdict } == [.withinNoise])
    }

    @Test("Scatter within a block proves nothing: only blocks count")
    func scatter() throws {
        // 20 % slower on average, and any of the blocks could have been the other's.
        #expect(
            try single([100, 150, 90, 140, 80, 130], [120, 180, 108, 168, 96, 156]).verdict == .withinNoise)
        #expect(try single([100, 101], [120, 121]).verdict == .slower)
        let one = try single([100], [200, 201])
        #expect(one.verdict == .tooFewBlocks)
        #expect(one.test == nil)
        #expect(one.ratio > 1.9)
        #expect((one.old.blocks, one.new.blocks) == (1, 2))
    }

    @Test(
        "The threshold holds alike on both sides: beyond 1 + t, or beyond its inverse",
        arguments: [
            (1051, .slower), (1049, .withinNoise), (951, .faster), (953, .withinNoise),
        ] as [(Int, Change.Verdict)])
    func threshold(new: Int, expected: Change.Verdict) throws {
        // 1/1.05 is 0.95238.
        let (old, new) = ([1000, 1000, 1000], [new, new, new])
        let change = try single(old, new)
        #expect(change.verdict == expected)
        #expect(change.test?.pValue == 0)
        #expect(try single(old, new, threshold: 0.04).verdict != .withinNoise)
        #expect(try single(old, new, threshold: 0.06).verdict == .withinNoise)
        #expect(try single(old, old, threshold: 0).verdict == .withinNoise)
    }

    @Test("What is significant alone need not be among many")
    func correction() throws {
        let (old, new) = ([1000, 1020, 980, 1010], [1075, 1120, 1060, 1100])
        let alone = try #require(try single(old, new).test)
        #expect(alone.correctedPValue == alone.pValue)
        #expect(alone.pValue < 0.05 && alone.pValue > 0.0005)
        // Four in a cell, too few to have a level.
        func results(_ medians: [Int]) -> Results {
            Examples.results(
                (0..<25).map { i in
                    let others = (0..<4).map { Examples.rung("o\(i).\($0)", old) }
                    return Examples.result(
                        others + (i == 0 ? [Examples.rung("a.b", medians)] : []),
                        in: Cell(m: 100 + i, nx: 4, scalar: .float, threads: 1))
                })
        }
        let comparison = compare(results(old), results(new))
        let change = try #require(comparison.changes.first)
        #expect(change.rung == "a.b")
        #expect(change.verdict == .withinNoise)
        // 101 times and their common shift.
        #expect(((change.test?.correctedPValue ?? 0) / alone.pValue - 102).magnitude < 1e-6)
    }

    @Test("What slows all of a round hides no change, and what is small in each cell shows in all of them")
    func levels() throws {
        var generator = SplitMix64(seed: 5)
        // Rounds at one to one and a half times their usual time, all rungs alike but for 2 %.
        func results(_ slowed: Double) -> Results {
            Examples.results(
                (0..<12).map { i in
                    let levels = (0..<18).map { _ in Double.random(in: 1...1.5, using: &generator) }
                    let rungs = (0..<10).map { rung in
                        let factor = rung == 3 ? slowed : 1
                        return RungResult(
                            rung: RungInfo("r\(rung)", after: nil, "i", sums: .running),
                            work: .reading(bytes: 1),
                            preparedBytes: 0, workers: 1, verdict: nil,
                            samples: levels.enumerated().map { round, level in
                                let time =
                                    1e6 * level * factor * Double.random(in: 0.98...1.02, using: &generator)
                                return Sample(
                                    block: round / 3, round: round, position: 0, steps: 1,
                                    nanoseconds: Int(time),
                                    cpuNanoseconds: 0)
                            })
                    }
                    return Examples.result(rungs, in: Cell(m: 10 + i, nx: 4, scalar: .float, threads: 1))
                })
        }
        let old = results(1)
        let same = compare(old, results(1), threshold: 0.03)
        #expect(!same.isSlower && same.rungs.count == 10)
        #expect(
            (same.changes.map { $0.verdict } + same.rungs.map { $0.verdict }).allSatisfy {
                $0 == .withinNoise
            })
        let slower = compare(old, results(1.05), threshold: 0.03)
        #expect(slower.rungs.filter { $0.verdict == .slower }.map { $0.rung } == ["r3"])
        #expect(slower.rungs.first?.cells == 12 && slower.isSlower)
        #expect(Set(slower.slower.map { $0.rung }).isSubset(of: ["r3"]) && slower.faster.isEmpty)
        let test = try #require(slower.rungs.first?.test)
        #expect(test.interval.low < 1.05 && 1.05 < test.interval.high && test.interval.low > 1.03)
    }

    @Test("Changes are ranked: the greatest slowdown and the greatest gain come first")
    func ranks() {
        let old = [1.0, 1, 1, 1, 1, 1, 1, 1, 1]
        let comparison = compare(
            Examples.ladder(old), Examples.ladder([1, 1.2, 0.7, 1, 1.5, 1, 0.8, 1, 1], Examples.steadyAgain))
        #expect(comparison.slower.map { $0.rung } == ["r4", "r1"])
        #expect(comparison.faster.map { $0.rung } == ["r2", "r6"])
        let ratios = comparison.changes.map { $0.ratio }
        #expect(ratios == ratios.sorted(by: >))
    }

    @Test("A time that only one has is reported, with the reason, and is not compared")
    func unmatched() {
        let old = Examples.results([
            Examples.result(
                [
                    Examples.rung("a.both", Examples.steady), Examples.rung("a.gone", Examples.steady),
                    Examples.rung("a.wrong", Examples.steady),
                    Examples.rung("a.late", [], skipped: "too slow"),
                    Examples.rung("a.never", [], skipped: "too slow"),
                ]), Examples.result([Examples.rung("a.both", Examples.steady)], in: Examples.otherCell),
        ])
        let new = Examples.results([
            Examples.result([
                Examples.rung("a.both", Examples.steady),
                Examples.rung("a.wrong", Examples.steady, passed: false),
                Examples.rung("a.late", Examples.steady), Examples.rung("a.never", [], skipped: "too slow"),
            ])
        ])
        let comparison = compare(old, new)
        #expect(comparison.changes.map { $0.rung } == ["a.both"])
        let reports = comparison.unmatched.map {
            "\($0.onlyIn) \($0.rung ?? "\($0.cell.m)") \($0.reason ?? "-")"
        }
        #expect(
            reports == [
                "old a.gone -", "old a.wrong it disagrees with the reference", "old 1000 -",
                "new a.late too slow",
            ])
        let mirrored = compare(new, old)
        #expect(mirrored.unmatched.count == 4)
        #expect(mirrored.unmatched.filter { $0.onlyIn == .new }.count == 3)
    }

    @Test("Only the wanted times are compared and reported")
    func wanted() {
        let old = Examples.results([
            Examples.result([Examples.rung("a.b", Examples.steady), Examples.rung("c.d", Examples.steady)]),
            Examples.result([Examples.rung("c.d", Examples.steady)], in: Examples.otherCell),
        ])
        let new = Examples.results([Examples.result([Examples.rung("a.b", Examples.steady)])])
        let comparison = ResultsComparison(old: old, new: new, threshold: 0.05) { $1 == "a.b" }
        #expect(comparison.changes.map { $0.rung } == ["a.b"])
        #expect(comparison.unmatched.isEmpty)
        #expect(compare(old, new).unmatched.count == 2)
    }

    @Test("Other machines, instruction sets and debug builds are in the way, other compilers are not")
    func obstacles() {
        func kinds(_ machine: Machine, _ build: Build, old: Build = Examples.build()) -> [Difference.Kind] {
            let cells = [Examples.result([Examples.rung("a.b", Examples.steady)])]
            return compare(
                Examples.results(cells, build: old),
                Examples.results(cells, machine: machine, build: build)
            ).obstacles.map { $0.kind }
        }
        #expect(kinds(Examples.machine, Examples.build()) == [])
        #expect(kinds(Examples.machine, Examples.build(compiler: "Swift 6.4")) == [])
        #expect(kinds(Examples.machine(processor: "Q"), Examples.build()) == [.machine])
        #expect(kinds(Examples.machine, Examples.build(set: "x86-64-v4")) == [.instructionSet])
        #expect(kinds(Examples.machine, Examples.build("debug")) == [.configuration])
        let debug = Examples.build("debug")
        #expect(kinds(Examples.machine, debug, old: debug) == [.configuration])
        #expect(
            kinds(Examples.machine(caches: 1 << 20), Examples.build("debug", set: "s"))
                == [.machine, .instructionSet, .configuration])
    }

    @Test("A difference says what the two have, also where their short names are the same")
    func differences() {
        let cells = [Examples.result([Examples.rung("a.b", Examples.steady)])]
        let old = Examples.results(cells)
        let new = Examples.results(cells, machine: Examples.machine(caches: 49152))
        let text = compare(old, new).obstacles.map { "\($0)" }.joined()
        #expect(text.contains("32.8 kB"))
        #expect(text.contains("49.2 kB"))
    }
}
