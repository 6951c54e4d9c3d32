import Measurement
import Testing

@Suite("The shift that all times have in common is reported by itself")
struct CommonShiftTests {
    typealias Examples = ComparisonExamples

    static let factors = [1.0, 2, 3, 4, 5, 6, 7, 8, 9, 10]

    func compare(_ factors: [Double], threaded: Bool = false) -> ResultsComparison {
        ResultsComparison(
            old: Examples.ladder(Self.factors, threaded: threaded),
            new: Examples.ladder(factors, Examples.steadyAgain, threaded: threaded), threshold: 0.05)
    }

    @Test("A machine that is 8 % slower accuses none, and is a slowdown by itself", arguments: [false, true])
    func slower(threaded: Bool) throws {
        let comparison = compare(Self.factors.map { $0 * 1.08 }, threaded: threaded)
        #expect(comparison.slower.isEmpty)
        #expect(comparison.changes.allSatisfy { $0.ratio > 1.07 && $0.verdict == .withinNoise })
        let shift = try #require(comparison.commonShifts.first)
        #expect(comparison.commonShifts.count == 1)
        #expect(shift.isThreaded == threaded)
        #expect(shift.times == 10)
        #expect((shift.ratio - 1.08).magnitude < 0.001)
        #expect(shift.test.interval.low > 1.05 && shift.test.interval.high < 1.11)
        #expect(shift.verdict == .slower)
        #expect(comparison.isSlower)
    }

    @Test("A machine that is 3 % slower is no slowdown, and one that is 8 % faster is a gain")
    func small() {
        let slower = compare(Self.factors.map { $0 * 1.03 })
        #expect(!slower.isSlower)
        #expect(slower.commonShifts.map { $0.verdict } == [.withinNoise])
        let faster = compare(Self.factors.map { $0 / 1.08 })
        #expect(!faster.isSlower)
        #expect(faster.commonShifts.map { $0.verdict } == [.faster])
        #expect(faster.faster.isEmpty)
    }

    @Test("A change is held against the common shift and against no change, whichever is nearer")
    func nearer() throws {
        // All are 8 % slower; beyond that r2 is slower by 10 %, r3 has not changed, and r4 is faster by 12 %.
        var factors = Self.factors.map { $0 * 1.08 }
        factors[2] *= 1.1
        factors[3] = Self.factors[3]
        factors[4] = Self.factors[4] / 1.12
        let comparison = compare(factors)
        #expect(comparison.slower.map { $0.rung } == ["r2"])
        #expect(comparison.faster.map { $0.rung } == ["r4"])
        let excesses = Dictionary(
            uniqueKeysWithValues: comparison.changes.map { ($0.rung, $0.test?.excess ?? 0) })
        #expect((try #require(excesses["r2"]) - 1.1).magnitude < 0.001)
        #expect(excesses["r3"] == 1)
        #expect((try #require(excesses["r4"]) - 1 / 1.12).magnitude < 0.001)
    }

    @Test("A neighbour that slows what runs on several threads does not excuse the rest")
    func groups() {
        func results(_ factor: Double, _ medians: [Int]) -> Results {
            Examples.results([
                Examples.result(
                    (0..<6).map { Examples.rung("s\($0)", medians) }
                        + (0..<6).map { i in
                            Examples.rung(
                                "t\(i)", medians.map { Int(Double($0) * factor) }, threaded: true)
                        })
            ])
        }
        let comparison = ResultsComparison(
            old: results(1, Examples.steady), new: results(1.4, Examples.steadyAgain), threshold: 0.05)
        #expect(comparison.slower.isEmpty)
        #expect(comparison.commonShifts.map { $0.isThreaded } == [false, true])
        #expect(comparison.commonShifts.map { $0.verdict } == [.withinNoise, .slower])
    }

    @Test("Five times are too few to have a shift in common: each is judged alone")
    func few() {
        let five = Array(Self.factors.prefix(5))
        let comparison = ResultsComparison(
            old: Examples.ladder(five),
            new: Examples.ladder(five.map { $0 * 1.1 }, Examples.steadyAgain), threshold: 0.05)
        #expect(comparison.commonShifts.isEmpty)
        #expect(comparison.slower.count == 5)
    }

    @Test("What slows half of a run is scatter, and no shift")
    func drift() {
        let drifting = [1000, 1009, 991, 1205, 1212, 1196]
        let comparison = ResultsComparison(
            old: Examples.ladder(Self.factors), new: Examples.ladder(Self.factors, drifting), threshold: 0.05)
        #expect(comparison.commonShifts.map { $0.verdict } == [.withinNoise])
        #expect(!comparison.isSlower)
    }

    @Test("The change that could have been found is reported: the less the blocks scatter, the smaller it is")
    func detectable() throws {
        // Five, which have no level that they could scatter together with.
        let five = Array(Self.factors.prefix(5))
        let fine = try #require(
            ResultsComparison(
                old: Examples.ladder(five), new: Examples.ladder(five, Examples.steadyAgain), threshold: 0.05
            ).detectableRatio)
        #expect(fine > 1.01 && fine < 1.05)
        let coarse = ResultsComparison(
            old: Examples.ladder(five), new: Examples.ladder(five, [800, 1000, 1200, 1000, 900]),
            threshold: 0.05)
        #expect(try #require(coarse.detectableRatio) > 1.3)
        let none = ResultsComparison(
            old: Examples.ladder([1], [1000]), new: Examples.ladder([1], [1000]), threshold: 0.05)
        #expect(none.detectableRatio == nil)
    }
}
