import Problems
import Testing

import Measurement

@Suite("Crossovers are where the factor passes 1")
struct CrossoverTests {
    private func outcome(_ factors: [(m: Int, low: Double, median: Double, high: Double)]) -> Overtaking? {
        Overtaking(GrowthExamples.factors(factors), along: .samples)
    }

    private func crossovers(_ factors: [(m: Int, low: Double, median: Double, high: Double)]) -> [Crossover] {
        guard case .crosses(let crossovers) = outcome(factors) else { return [] }
        return crossovers
    }

    @Test("One crossing is interpolated between its neighbours, and so are the ends of its interval")
    func one() throws {
        // On log-log axes the factor rises from 1/10 to 10 over two powers of ten.
        let found = crossovers([(100, 0.05, 0.1, 0.1), (10000, 5, 10, 10)])
        #expect(found.count == 1)
        let crossover = try #require(found.first)
        #expect(isNear(crossover.size, 1000) && crossover.overtakes)
        // The upper end is the factor itself; the lower one starts twice as low and passes 1 where
        // log(0.05) + s·log(100) = 0, which is at 100·100^0.650515.
        #expect(isNear(crossover.low, 1000))
        #expect(isNear(crossover.high, 2000, within: 1e-6))
    }

    @Test("A faster rung may fall behind, and overtake again: each crossing is found")
    func several() {
        let found = crossovers([
            (1, 0.49, 0.5, 0.51), (4, 1.9, 2, 2.1), (16, 0.45, 0.5, 0.55), (64, 0.45, 0.5, 0.55),
            (256, 1.9, 2, 2.1),
        ])
        #expect(found.map { $0.overtakes } == [true, false, true])
        for (crossover, size) in zip(found, [2.0, 8, 128]) { #expect(isNear(crossover.size, size)) }
        for crossover in found {
            #expect(crossover.low.map { $0 < crossover.size } == true)
            #expect(crossover.high.map { $0 > crossover.size } == true)
        }
    }

    @Test("Crossings that one interval holds are one where their number is odd, and none where it is even")
    func merged() {
        let odd = crossovers([
            (10, 0.4, 0.5, 0.6), (20, 0.8, 1.05, 1.2), (40, 0.8, 0.95, 1.2), (80, 1.8, 2, 2.2),
        ])
        #expect(odd.count == 1)
        #expect(odd.first.map { (20...40).contains($0.size) && $0.overtakes } == true)
        #expect(odd.first?.low.map { $0 < 20 } == true && odd.first?.high.map { $0 > 40 } == true)
        let even = [(10, 0.4, 0.5, 0.6), (20, 0.8, 1.05, 1.2), (40, 0.4, 0.5, 0.6)]
        #expect(outcome(even.map { ($0.0, $0.1, $0.2, $0.3) }) == .unclear)
    }

    @Test("A factor of just 1 in a cell is a crossing there, if the sides differ")
    func exactlyOne() {
        let through = crossovers([(10, 0.4, 0.5, 0.6), (20, 0.9, 1, 1.1), (40, 1.8, 2, 2.2)])
        #expect(through.count == 1 && isNear(through.first?.size, 20))
        let touch = outcome([(10, 0.4, 0.5, 0.6), (20, 0.9, 1, 1.1), (40, 0.4, 0.5, 0.6)])
        #expect(touch == .unclear)
        // Without any width the intervals of neighbours meet in the cell.
        let sharp = crossovers([(10, 0.5, 0.5, 0.5), (20, 1, 1, 1), (40, 2, 2, 2)])
        #expect(sharp.count == 1 && isNear(sharp.first?.low, 20) && isNear(sharp.first?.high, 20))
    }

    @Test("An interval that reaches the smallest or the largest size is open there")
    func open() throws {
        let below = try #require(crossovers([(10, 0.8, 0.9, 1.1), (100, 1.8, 2, 2.2)]).first)
        #expect(below.low == nil && below.high != nil)
        let above = try #require(crossovers([(10, 1.8, 2, 2.2), (100, 0.7, 0.9, 1.1)]).first)
        #expect(above.low != nil && above.high == nil && !above.overtakes)
        // Open at both ends, nothing is known.
        #expect(outcome([(10, 0.8, 0.9, 1.1), (100, 0.9, 1.1, 1.2)]) == .unclear)
    }

    @Test("Faster or slower throughout is said only where the whole interval says so")
    func throughout() {
        #expect(outcome([(10, 1.1, 1.2, 1.3), (100, 1.8, 2, 2.2)]) == .faster)
        #expect(outcome([(10, 0.1, 0.2, 0.3), (100, 0.8, 0.9, 0.99)]) == .slower)
        #expect(outcome([(10, 0.99, 1.2, 1.3), (100, 1.8, 2, 2.2)]) == .unclear)
    }

    @Test("One cell, one size twice and unusable factors are no crossing and no trap")
    func degenerate() {
        #expect(outcome([]) == nil)
        #expect(outcome([(10, 0.9, 1, 1.1)]) == nil)
        #expect(outcome([(10, 0.4, 0.5, 0.6), (10, 1.8, 2, 2.2)]) == nil)
        #expect(Crossover.all(of: [], along: .features).isEmpty)
        for bad in [0, -1, Double.nan, .infinity] {
            #expect(outcome([(10, 0.4, 0.5, 0.6), (20, bad, bad, bad), (40, 1.8, bad, 2.2)]) == nil)
            let rest = crossovers([(10, 0.4, 0.5, 0.6), (20, bad, bad, bad), (40, 1.8, 2, 2.2)])
            #expect(isNear(rest.first?.size, 20))
        }
        let extreme = crossovers([
            (1, .leastNonzeroMagnitude, .leastNonzeroMagnitude, 1),
            (.max, 1, .greatestFiniteMagnitude, .greatestFiniteMagnitude),
        ])
        #expect(extreme.isEmpty)
    }

    @Test("The order of the cells does not matter, nor the axis")
    func axes() {
        let points = [(32, 4.0), (2, 0.25), (8, 1)].map { nx, factor in
            FactorPoint(
                cell: GrowthExamples.cell(100, nx), median: factor, low: factor * 0.9, high: factor * 1.1)
        }
        let series = FactorSeries(
            rung: "a.b", previous: "a.c", scalar: .float, threads: 2, points: points)
        #expect(series.overtakings(along: .samples).isEmpty)
        guard case .crosses(let found) = series.overtakings(along: .features)[100] else {
            Issue.record("no crossover")
            return
        }
        #expect(found.count == 1 && isNear(found.first?.size, 8))
    }
}
