import Foundation

/// A linear fit of which no coefficient is negative: the x ≥ 0 with the least Σ wᵢ·(aᵢ·x − yᵢ)².
///
/// The best x uses some of the coefficients, is 0 in the others, and in those that it uses is the ordinary
/// fit of their columns (C. L. Lawson and R. J. Hanson, Solving Least Squares Problems, chapter 23). With at
/// most four coefficients there are sixteen choices, and all of them are tried. Each is solved by Householder
/// reflections on columns of length 1, which keeps the digits that normal equations square away.
package struct LeastSquares: Sendable, Equatable {
    /// The greatest number of coefficients.
    package static let greatestCount = 4

    /// x, none of it negative.
    package let coefficients: [Double]

    /// Whether the rows determine all coefficients. Where they do not, others fit as well.
    package let isDetermined: Bool

    /// Columns closer than this to a combination of others count as one.
    private static let tolerance = 1e-10

    /// The fit of `values`, one for each of `rows`, weighted by `weights`.
    ///
    /// Nil without rows, where the counts do not match, with no or with too many coefficients, or where a
    /// number is not finite or a weight negative.
    package init?(rows: [[Double]], values: [Double], weights: [Double]) {
        guard let count = rows.first?.count, (1...Self.greatestCount).contains(count),
            rows.allSatisfy({ $0.count == count }), rows.count == values.count, rows.count == weights.count,
            weights.allSatisfy({ $0 >= 0 })
        else { return nil }
        let roots = weights.map { $0.squareRoot() }
        var columns = (0..<count).map { j in zip(rows, roots).map { $0[j] * $1 } }
        let target = zip(values, roots).map { $0 * $1 }
        guard (columns + [target]).allSatisfy({ $0.allSatisfy(\.isFinite) }) else { return nil }
        let lengths = columns.map { Self.length($0[...]) }
        for j in 0..<count where lengths[j] > 0 { columns[j] = columns[j].map { $0 / lengths[j] } }

        isDetermined = Self.solve(columns, target) != nil
        var best = [Double](repeating: 0, count: count)
        var distance = Self.length(target[...])
        // What more coefficients gain by rounding alone is no gain.
        let rounding = 1e-12 * distance
        let choices = (1..<1 << count).sorted { $0.nonzeroBitCount < $1.nonzeroBitCount }
        for choice in choices {
            let used = (0..<count).filter { choice >> $0 & 1 == 1 }
            guard let fit = Self.solve(used.map { columns[$0] }, target), fit.distance < distance - rounding
            else { continue }
            let scaled = zip(used, fit.coefficients).map { $1 / lengths[$0] }
            guard scaled.allSatisfy({ $0 >= 0 && $0.isFinite }) else { continue }
            best = [Double](repeating: 0, count: count)
            for (j, value) in zip(used, scaled) { best[j] = value }
            distance = fit.distance
        }
        coefficients = best
    }

    /// The ordinary fit, with coefficients of any sign, and how far it stays from `target`; nil where the
    /// columns, each of length 1, depend on each other.
    private static func solve(_ columns: [[Double]], _ target: [Double])
        -> (coefficients: [Double], distance: Double)?
    {
        guard columns.count <= target.count else { return nil }
        // Q turns the columns into an upper triangle R, and the target along with them.
        var (r, y) = (columns, target)
        for k in r.indices {
            let length = length(r[k][k...])
            guard length > tolerance else { return nil }
            let diagonal = r[k][k] > 0 ? -length : length
            var mirror = Array(r[k][k...])
            mirror[0] -= diagonal
            let square = mirror.reduce(0) { $0 + $1 * $1 }
            func reflect(_ vector: inout [Double]) {
                var dot = 0.0
                for i in mirror.indices { dot += mirror[i] * vector[k + i] }
                for i in mirror.indices { vector[k + i] -= 2 * dot / square * mirror[i] }
            }
            for j in k..<r.count { reflect(&r[j]) }
            reflect(&y)
        }
        var coefficients = [Double](repeating: 0, count: r.count)
        for k in r.indices.reversed() {
            var rest = y[k]
            for j in k + 1..<r.count { rest -= r[j][k] * coefficients[j] }
            coefficients[k] = rest / r[k][k]
        }
        return (coefficients, length(y[r.count...]))
    }

    /// The Euclidean length, without overflow on the way.
    private static func length(_ vector: ArraySlice<Double>) -> Double {
        let greatest = vector.reduce(0) { max($0, $1.magnitude) }
        guard greatest > 0 else { return 0 }
        return greatest * vector.reduce(0) { $0 + ($1 / greatest) * ($1 / greatest) }.squareRoot()
    }
}
