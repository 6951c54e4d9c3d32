import Problems
import Testing

import Measurement

@Suite("A law of growth is fitted, and says where it does not hold")
struct GrowthLawTests {
    @Test(
        "Times that follow a law give its coefficients back",
        arguments: [
            [300, 12, 5, 0.4], [0, 12, 5, 0.4], [300, 0, 5, 0.4], [300, 12, 0, 0.4], [300, 12, 5, 0],
            [0, 0, 0, 2], [50, 0, 0, 0], [40_000, 1e-3, 1e-3, 1e-4],
        ])
    func exact(c: [Double]) throws {
        let law = GrowthLaw(
            GrowthExamples.points([10, 100, 1000], [4, 32, 256]) {
                c[0] + c[1] * $0 + c[2] * $1 + c[3] * $0 * $1
            })
        #expect(law.holds && law.count == 9)
        let terms = try #require(law.terms)
        let found = [
            terms.nanoseconds, terms.nanosecondsPerSample, terms.nanosecondsPerFeature,
            terms.nanosecondsPerValue,
        ]
        for (value, reference) in zip(found, c) { #expect(isNear(value, reference), "\(found) for \(c)") }
        #expect(try #require(law.greatestResidual) < 1e-12)
        #expect(terms.nanoseconds(m: 7, nx: 3) >= c[0])
    }

    /// Times that are off a law by −4 % to 5 %.
    private let noisy = zip(
        GrowthExamples.points([100, 1000, 10000], [8, 64, 512]) { _, _ in 0 },
        [1915.8, 14918.4, 155386.8, 4423.8, 37455.6, 395451.0, 23803.8, 228446.4, 2149151.4]
    ).map { GrowthPoint(cell: $0.cell, nanoseconds: $1) }

    @Test("Noise is fitted by relative least squares")
    func noise() throws {
        let law = GrowthLaw(noisy)
        // scipy.optimize.nnls of SciPy 1.17 on the rows (1, m, n_x, m·n_x) / T and ones.
        let terms = try #require(law.terms)
        #expect(isNear(terms.nanoseconds, 387.0084708378795))
        #expect(isNear(terms.nanosecondsPerSample, 11.773617985127583))
        #expect(isNear(terms.nanosecondsPerFeature, 2.9593760230504977))
        #expect(isNear(terms.nanosecondsPerValue, 0.40851366846356574))
        #expect(isNear(law.greatestResidual, 0.03967536760743795))
        #expect(isNear(law.rootMeanSquareResidual, 0.026133315376152932))
        #expect(law.holds)
        let first = try #require(law.residuals.first)
        #expect(isNear(1 + first.relative, terms.nanoseconds(m: 100, nx: 8) / 1915.8))
    }

    @Test("Times that follow no such law are reported with the cell that is off most")
    func notHolding() throws {
        // Quadratic in m.
        let law = GrowthLaw(GrowthExamples.points([10, 100, 1000], [4, 32]) { $0 * $0 * $1 })
        #expect(!law.holds)
        #expect(law.terms != nil && law.residuals.count == 6)
        let worst = try #require(law.residuals.max { $0.relative.magnitude < $1.relative.magnitude })
        #expect(law.doubt == .off(worst))
        let percent = Int((100 * worst.relative.magnitude).rounded())
        #expect(
            law.doubt?.description == "off by \(percent) % at m = \(worst.cell.m), n_x = \(worst.cell.nx)")
    }

    @Test("A residual of 15 % is the limit")
    func limit() {
        // Times that fall from 1 to f as m grows, which no coefficient can make: the best is a constant,
        // (f + f²) / (1 + f²), off by (1 − f) / (1 + f²) at the most, which is 15 % for f = 0.76274.
        func law(_ factor: Double) -> GrowthLaw {
            GrowthLaw(
                GrowthExamples.points([10, 100], [4, 32, 64]) { m, _ in m == 10 ? 1000 : 1000 * factor })
        }
        #expect(law(0.763).holds)
        #expect(isNear(law(0.763).greatestResidual, 0.237 / (1 + 0.763 * 0.763)))
        #expect(law(0.762).doubt?.description == "off by 15 % at m = 10, n_x = 4")
    }

    @Test("Too few or badly placed cells and unusable times are reasons in words")
    func degenerate() {
        func doubt(_ m: [Int], _ nx: [Int], _ time: (Double, Double) -> Double = { $0 * $1 }) -> String? {
            let law = GrowthLaw(GrowthExamples.points(m, nx, time))
            #expect(law.terms == nil && law.residuals.isEmpty && law.greatestResidual == nil)
            #expect(law.rootMeanSquareResidual == nil && !law.holds)
            return law.doubt?.description
        }
        #expect(doubt([], []) == "only 0 cells")
        #expect(doubt([10], [4]) == "only 1 cell")
        #expect(doubt([10, 20, 30], [4]) == "only 3 cells")
        #expect(doubt([10, 10, 10, 10], [4, 4]) == "only 1 cell")
        #expect(doubt([10], [1, 2, 3, 4, 5, 6]) == "only one m")
        #expect(doubt([1, 2, 3, 4, 5, 6], [8]) == "only one n_x")
        let m = [10, 100, 1000]
        #expect(doubt(m, [4, 8]) { $0 == 100 && $1 == 4 ? 0 : 1 } == "a time of 0.0 ns at m = 100, n_x = 4")
        for time in [-1, Double.nan, .infinity] { #expect(doubt(m, [4, 8]) { _, _ in time } != nil) }
        for time in [Double.leastNonzeroMagnitude, 1e-200, 1e200] {
            #expect(doubt(m, [4, 8]) { _, _ in time } == "its cells do not tell the terms apart")
        }
        // A diagonal: all X are of one size.
        let diagonal = (0..<6).map {
            GrowthPoint(cell: GrowthExamples.cell(1 << $0, 1 << (5 - $0)), nanoseconds: 10)
        }
        #expect(GrowthLaw(diagonal).doubt == .ambiguous)
        let largest = [Int.max, .max - 1, .max - 2].flatMap { m in
            [Int.max, 1].map { GrowthPoint(cell: GrowthExamples.cell(m, $0), nanoseconds: 10) }
        }
        #expect(!GrowthLaw(largest).holds)
    }

    @Test("A series has a law for each place where X fits")
    func regimes() {
        let caches = [
            Machine.Cache(level: 1, kind: "Data", bytes: 32768),
            Machine.Cache(level: 1, kind: "Instruction", bytes: 1 << 30),
            Machine.Cache(level: 2, kind: "Unified", bytes: 1 << 20),
        ]
        #expect(CacheRegime(xBytes: 32768, caches: caches) == .cache(level: 1))
        #expect(CacheRegime(xBytes: 32769, caches: caches) == .cache(level: 2))
        #expect(CacheRegime(xBytes: .max, caches: caches) == .memory)
        #expect(CacheRegime(xBytes: 1, caches: []) == .all)
        let series = GrowthSeries(
            rung: "a.b", scalar: .float, threads: 2,
            points: GrowthExamples.points([100, 200, 400, 10000], [8, 16]) {
                ($0 * $1 * 4 > 32768 ? 3 : 1) * $0 * $1
            })
        let laws = series.laws(caches: caches)
        #expect(laws.keys.sorted() == [.cache(level: 1), .cache(level: 2)])
        #expect(isNear(laws[.cache(level: 1)]?.terms?.nanosecondsPerValue, 1))
        #expect(laws[.cache(level: 2)]?.doubt == .fewCells(2))
        #expect(series.laws(caches: []).keys.sorted() == [.all])
    }
}
