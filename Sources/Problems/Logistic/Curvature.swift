/// L, the greatest curvature that J can have anywhere: the bound that says which learning rates are safe.
///
/// J has the second derivative (1/m) Σ a(1 − a)·x̃x̃ᵀ, x̃ being x with a 1 below it for b, and
/// a(1 − a) ≤ ¼, so that its greatest eigenvalue is at most
///
///     L = ¼ · λmax(X̃X̃ᵀ) / m
///
/// With α = 1/L the cost falls in every step (Nesterov, Introductory Lectures on Convex Optimization,
/// 2004, §2.1.5); beyond 2/L it may rise.
public enum Curvature {
    /// L of a data set, by power iteration: v := X̃X̃ᵀv / |X̃X̃ᵀv|, of which |X̃X̃ᵀv| tends to λmax.
    ///
    /// Each iteration reads X once, in `Double`. It ends when an iteration changes L by less than a
    /// millionth, or after 200: then L is a little too small, but 1/L is far from 2/L.
    ///
    /// - Parameter isCancelled: asked before each iteration.
    /// - Returns: nil where it was cancelled; infinity where squares of X leave the range of `Double`.
    @specialized(where Scalar == Float)
    @specialized(where Scalar == Double)
    public static func greatest<Scalar: RealScalar>(
        of data: Dataset<Scalar>, isCancelled: () -> Bool = { false }
    ) -> Double? {
        // Any start but one without a part along the eigenvector will do.
        var random = SplitMix64(seed: 1)
        var v = (0...data.nx).map { _ in random.uniform() - 0.5 }
        var eigenvalue = 0.0
        for _ in 0..<200 {
            guard !isCancelled() else { return nil }
            let length = norm(v)
            guard length.isFinite, length > 0 else { return .infinity }
            for j in v.indices { v[j] /= length }
            v = product(data, v)
            let previous = eigenvalue
            eigenvalue = norm(v)
            if (eigenvalue - previous).magnitude <= 1e-6 * eigenvalue { break }
        }
        return eigenvalue.isFinite ? eigenvalue / 4 / Double(data.m) : .infinity
    }

    /// X̃X̃ᵀv: each sample times its product with v, summed.
    @inline(__always)
    private static func product<Scalar: RealScalar>(_ data: Dataset<Scalar>, _ v: [Double]) -> [Double] {
        let nx = data.nx
        var result = Array(repeating: 0.0, count: nx + 1)
        for i in 0..<data.m {
            let x = data.sample(i)
            // Four sums, since the additions of one would wait for each other.
            var sums = SIMD4<Double>(v[nx], 0, 0, 0)
            for j in stride(from: 0, to: nx & ~3, by: 4) {
                for lane in 0..<4 { sums[lane] += Double(x[j + lane]) * v[j + lane] }
            }
            for j in (nx & ~3)..<nx { sums[0] += Double(x[j]) * v[j] }
            let factor = sums.sum()
            for j in 0..<nx { result[j] += Double(x[j]) * factor }
            result[nx] += factor
        }
        return result
    }

    private static func norm(_ v: [Double]) -> Double {
        v.reduce(0) { $0 + $1 * $1 }.squareRoot()
    }
}
