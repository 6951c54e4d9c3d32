import Problems
import Testing

import Measurement

@Suite("Least squares without negative coefficients")
struct LeastSquaresTests {
    @Test("A coefficient that would be negative is 0, and the others are fitted without it")
    func clamped() throws {
        // scipy.optimize.nnls of SciPy 1.17 on rows and values times √weight. With signs allowed,
        // numpy.linalg.lstsq gives a negative second coefficient.
        let fit = try #require(
            LeastSquares(
                rows: [[1, 1, 0.5], [1, 2, 0.1], [1, 3, 0.9], [1, 4, 0.2], [1, 5, 0.7]],
                values: [4.5, 2, 5, 1, 3], weights: [1, 2, 0.5, 4, 1]))
        #expect(isNear(fit.coefficients[0], 0.75))
        #expect(fit.coefficients[1] == 0)
        #expect(isNear(fit.coefficients[2], 4.386792452830187))
        #expect(fit.isDetermined)
    }

    @Test("No better point has all coefficients at 0 or above", arguments: 1...4)
    func optimal(count: Int) throws {
        // The conditions of Karush, Kuhn and Tucker: no slope leads down from an x ≥ 0.
        var random = SplitMix64(seed: 7)
        for _ in 0..<200 {
            let size = Int.random(in: count...9, using: &random)
            func number() -> Double { Double.random(in: -2...3, using: &random) }
            let rows = (0..<size).map { _ in (0..<count).map { _ in number() } }
            let (values, weights) = (rows.map { _ in number() }, rows.map { _ in number().magnitude })
            let fit = try #require(LeastSquares(rows: rows, values: values, weights: weights))
            let slopes = (0..<count).map { j in
                rows.indices.reduce(0.0) { sum, i in
                    let residual = zip(rows[i], fit.coefficients).reduce(-values[i]) { $0 + $1.0 * $1.1 }
                    return sum + weights[i] * rows[i][j] * residual
                }
            }
            for (slope, coefficient) in zip(slopes, fit.coefficients) {
                #expect(coefficient >= 0 && slope > -1e-9)
                #expect((slope * coefficient).magnitude < 1e-8 * max(1, coefficient * coefficient))
            }
        }
    }

    @Test("Columns that depend on each other are detected, and still fitted")
    func dependent() throws {
        let fit = try #require(
            LeastSquares(rows: [[1, 2], [2, 4], [3, 6]], values: [1, 2, 3], weights: [1, 1, 1]))
        #expect(!fit.isDetermined)
        #expect(isNear(fit.coefficients[0] + 2 * fit.coefficients[1], 1))
        let few = try #require(LeastSquares(rows: [[1, 2]], values: [1], weights: [1]))
        #expect(!few.isDetermined)
        let zeros = try #require(LeastSquares(rows: [[0], [0]], values: [1, 2], weights: [1, 1]))
        #expect(zeros == LeastSquares(rows: [[0], [0]], values: [3, 4], weights: [1, 1]))
        #expect(!zeros.isDetermined && zeros.coefficients == [0])
    }

    @Test("Columns of very different size lose no digits")
    func scales() throws {
        let rows = (1...8).map { [1e-150, 1e150 * Double($0), 1e-9 * Double($0 * $0)] }
        let values = rows.map { $0[0] * 3e150 + $0[1] * 2e-150 + $0[2] * 5e9 }
        let fit = try #require(
            LeastSquares(rows: rows, values: values, weights: rows.map { _ in 1 }))
        #expect(isNear(fit.coefficients[0], 3e150))
        #expect(isNear(fit.coefficients[1], 2e-150))
        #expect(isNear(fit.coefficients[2], 5e9))
    }

    @Test("What cannot be fitted gives nil, and traps nowhere")
    func wrong() {
        #expect(LeastSquares(rows: [], values: [], weights: []) == nil)
        #expect(LeastSquares(rows: [[]], values: [1], weights: [1]) == nil)
        #expect(LeastSquares(rows: [[1, 2, 3, 4, 5]], values: [1], weights: [1]) == nil)
        #expect(LeastSquares(rows: [[1, 2], [1]], values: [1, 2], weights: [1, 1]) == nil)
        #expect(LeastSquares(rows: [[1], [1]], values: [1], weights: [1, 1]) == nil)
        #expect(LeastSquares(rows: [[1], [1]], values: [1, 2], weights: [1]) == nil)
        for bad in [Double.nan, .infinity] {
            #expect(LeastSquares(rows: [[bad], [1]], values: [1, 2], weights: [1, 1]) == nil)
            #expect(LeastSquares(rows: [[1], [1]], values: [1, bad], weights: [1, 1]) == nil)
            #expect(LeastSquares(rows: [[1], [1]], values: [1, 2], weights: [1, bad]) == nil)
        }
        #expect(LeastSquares(rows: [[1], [1]], values: [1, 2], weights: [1, -1]) == nil)
    }
}
