import Problems

/// How far whole runs of gradient descent may come apart.
///
/// J is convex and its gradient L-Lipschitz with L = ¼ λmax(X̃X̃ᵀ)/m, X̃ being X with a row of ones. For
/// α ≤ 2/L the exact step moves no two points further apart, so the errors of steps add up and are not
/// amplified: after T steps an implementation is within
///
///     δ = Σ_t (α·‖E_grad‖ + u (‖w‖ + α·‖dw‖))
///
/// of the exact run, in the Euclidean norm of (w, b), and two implementations within 2δ of each other;
/// their J within ‖∇J‖·δ + ½Lδ² + E_J of the exact one. ‖E_grad‖ is the norm of the bounds of one step.
package struct RunBound: Sendable {
    /// L, the Lipschitz constant of the gradient.
    package private(set) var lipschitz: Double

    /// Whether α ≤ 2/L. Where it is not, errors may grow from step to step, and nothing is promised.
    package private(set) var isStable: Bool

    /// δ: how far (w, b) may be from the exact run.
    package private(set) var distance = 0.0

    /// How far J may be from the exact run.
    package private(set) var J = 0.0

    /// The bound of a run from w = 0, b = 0.
    ///
    /// - Parameters:
    ///   - sums: how the implementation sums.
    ///   - storage: how it stores X.
    @specialized(where Scalar == Float)
    @specialized(where Scalar == Double)
    package init<Scalar: RealScalar>(
        _ data: Dataset<Scalar>, learningRate: Scalar, steps: Int, sums: Summation,
        storage: Storage = .scalar
    ) {
        lipschitz = greatestEigenvalue(data) / 4
        isStable = Double(learningRate) * lipschitz <= 2
        let (alpha, u) = (Double(learningRate), Scalar.kind.unitRoundoff)
        var model = Model<Scalar>(zeros: data.nx)
        for step in 0...steps {
            let reference = Reference(rough: data, model, storage: storage)
            let bound = ErrorBound(reference, sums, storage: storage)
            let gradient = reference.exactGradient
            let slope = norm(gradient.dw.map { Double($0) }, Double(gradient.db))
            if step == steps {
                J = slope * distance + lipschitz / 2 * distance * distance + (bound.J ?? .infinity)
            } else {
                let size = norm(model.w.map { Double($0) }, Double(model.b))
                distance += alpha * norm(bound.dw, bound.db) + u * (size + alpha * slope)
                model.descend(along: gradient, learningRate: learningRate)
            }
        }
    }
}

/// √(Σ w_j² + b²)
func norm(_ w: [Double], _ b: Double) -> Double {
    w.reduce(b * b) { $0 + $1 * $1 }.squareRoot()
}

/// λmax(X̃X̃ᵀ)/m by power iteration, X̃ being X with a row of ones.
@specialized(where Scalar == Float)
@specialized(where Scalar == Double)
func greatestEigenvalue<Scalar: RealScalar>(_ data: Dataset<Scalar>) -> Double {
    let nx = data.nx
    var v = Array(repeating: 1 / Double(nx + 1).squareRoot(), count: nx + 1)
    var value = 0.0
    for _ in 0..<200 {
        var next = Array(repeating: 0.0, count: nx + 1)
        for i in 0..<data.m {
            let x = data.x.base + i * nx
            var product = v[nx]
            for j in 0..<nx { product += Double(x[j]) * v[j] }
            for j in 0..<nx { next[j] += Double(x[j]) * product }
            next[nx] += product
        }
        let length = norm(next, 0)
        guard length > 0 else { return 0 }
        v = next.map { $0 / length }
        let previous = value
        value = length / Double(data.m)
        if (value - previous).magnitude <= 1e-9 * value { break }
    }
    // Power iteration comes from below: a hundredth more than it found is on the safe side.
    return value * 1.01
}
