import Problems

/// How far whole runs of gradient descent may come apart.
///
/// J is convex and its gradient L-Lipschitz, L being its greatest `Curvature`. For α ≤ 2/L the exact step moves no
/// two points further apart, so the errors of steps add up and are not amplified: after T steps an implementation
/// is within
///
///     δ = Σ_t (α·‖E_grad‖ + u (‖w‖ + α·‖dw‖))
///
/// of the exact run, in the Euclidean norm of (w, b), and two implementations within 2δ of each other;
/// their J within ‖∇J‖·δ + ½Lδ² + E_J of the exact one. ‖E_grad‖ is the norm of the bounds of one step.
package struct RunBound: Sendable {
    /// L, the Lipschitz constant of the gradient.
    package let lipschitz: Double

    /// Whether α ≤ 2/L. Where it is not, errors may grow from step to step, and nothing is promised.
    package let isStable: Bool

    /// δ: how far the parameters may be from the exact run.
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
        // Power iteration comes from below: a hundredth more than it found is on the safe side.
        lipschitz = (Curvature.greatest(of: data) ?? .infinity) * 1.01
        isStable = Double(learningRate) * lipschitz <= 2
        let (alpha, u) = (Double(learningRate), Scalar.kind.unitRoundoff)
        var model = Model<Scalar>(zeros: data.nx)
        for step in 0...steps {
            let reference = Reference(data, model, storages: [storage], isPrecise: false)
            let bound = ErrorBound(reference, sums, storage: storage)
            let gradient = reference.exactGradient
            let slope = norm(gradient.derivatives.map { Double($0) })
            if step == steps {
                J = slope * distance + lipschitz / 2 * distance * distance + (bound.J ?? .infinity)
            } else {
                let size = norm(model.parameters.map { Double($0) })
                distance += alpha * norm(bound.derivatives) + u * (size + alpha * slope)
                model.descend(along: gradient, learningRate: learningRate)
            }
        }
    }
}

/// How far the end of a run of gradient descent is from where another one ended.
package struct RunDistance: Sendable {
    /// The Euclidean distance of the parameters.
    package let parameters: Double

    /// The distance of J after the last update.
    package let cost: Double

    /// From a run that was computed outside of Swift, from the same data and learning rate.
    package init<Scalar: RealScalar>(_ run: TrainingRun<Scalar>, from exact: RunFixture) {
        self.init(run, exact.w + [exact.b], J: exact.J)
    }

    /// From another run.
    package init<Scalar: RealScalar>(_ run: TrainingRun<Scalar>, from other: TrainingRun<Double>) {
        self.init(
            run, other.model.parameters.map { DoubleDouble($0) }, J: DoubleDouble(other.finalCost))
    }

    private init<Scalar: RealScalar>(
        _ run: TrainingRun<Scalar>, _ parameters: [DoubleDouble], J: DoubleDouble
    ) {
        func difference(_ value: Scalar, _ exact: DoubleDouble) -> Double {
            (DoubleDouble(Double(value)) - exact).double
        }
        self.parameters = norm(zip(run.model.parameters, parameters).map { difference($0, $1) })
        cost = difference(run.finalCost, J).magnitude
    }

    /// Whether both are within the bound of the distance from an exact run, and that bound holds.
    package func isWithin(_ bound: RunBound) -> Bool {
        bound.isStable && parameters <= bound.distance && cost <= bound.J
    }
}

/// The Euclidean length.
private func norm(_ v: [Double]) -> Double { v.reduce(0) { $0 + $1 * $1 }.squareRoot() }
