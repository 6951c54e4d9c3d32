import Problems
import Testing

import Measurement

@Suite("The slope on log-log axes")
struct LogSlopeTests {
    @Test("A power of the size gives its exponent, without error")
    func power() throws {
        let fit = try #require(LogSlope([10, 100, 1000, 5000].map { ($0, 7 * $0 * $0.squareRoot()) }))
        #expect(isNear(fit.slope, 1.5))
        #expect(fit.standardError < 1e-12)
        #expect(isNear(fit.interval.low, 1.5) && isNear(fit.interval.high, 1.5))
    }

    @Test("Noise gives the standard error and the interval that SciPy gives")
    func noise() throws {
        // scipy.stats.linregress on logarithms and stats.t.ppf(0.975, 3), SciPy 1.17.
        let fit = try #require(
            LogSlope([(100, 1.1), (300, 2.9), (1000, 10.5), (3000, 29), (10000, 103)]))
        #expect(isNear(fit.slope, 0.989018342285236))
        #expect(isNear(fit.standardError, 0.01647586789579404))
        #expect(isNear(fit.interval.low, 0.9365847773739238))
        #expect(isNear(fit.interval.high, 1.0414519071965482))
        #expect(fit.interval.coverage == 0.95)
    }

    @Test("Fewer than three sizes, and what has no logarithm, give no slope")
    func degenerate() {
        #expect(LogSlope([]) == nil)
        #expect(LogSlope([(1, 1), (2, 2)]) == nil)
        #expect(LogSlope([(1, 1), (1, 2), (2, 2), (2, 3)]) == nil)
        #expect(LogSlope([(5, 1), (5, 2), (5, 3)]) == nil)
        for bad in [0, -1, Double.nan, .infinity] {
            #expect(LogSlope([(1, 1), (2, 2), (3, bad)]) == nil)
            #expect(LogSlope([(1, 1), (2, 2), (bad, 3)]) == nil)
        }
    }

    @Test("A series has a slope in m for each n_x, and in n_x for each m, where there are three sizes")
    func series() {
        let series = GrowthSeries(
            rung: "a.b", scalar: .float, threads: 2,
            points: GrowthExamples.points([10, 100, 1000], [4, 8]) { $0 * $1 * $1 })
        let slopes = series.slopes(along: .samples)
        #expect(slopes.keys.sorted() == [4, 8])
        #expect(isNear(slopes[8]?.slope, 1))
        #expect(series.slopes(along: .features).isEmpty)
    }
}
