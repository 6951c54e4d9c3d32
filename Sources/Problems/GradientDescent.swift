/// Gradient descent with a constant learning rate, the same for every rung.
public struct GradientDescent<Scalar: RealScalar>: Sendable {
    /// α: how far each update goes along the gradient.
    public let learningRate: Scalar

    /// The greatest number of updates.
    public let iterations: Int

    /// Where given, the run ends once an update changes J by no more than this.
    public let tolerance: Scalar?

    /// Settings for a run.
    ///
    /// - Throws: `GradientDescentError` where the learning rate is not positive and finite, there is no
    ///   iteration, or the tolerance is negative or not finite.
    public init(
        learningRate: Scalar, iterations: Int, tolerance: Scalar? = nil
    ) throws(GradientDescentError) {
        guard learningRate > 0, learningRate.isFinite else { throw .learningRate(Double(learningRate)) }
        guard iterations > 0 else { throw .iterations(iterations) }
        if let tolerance, !(tolerance >= 0 && tolerance.isFinite) { throw .tolerance(Double(tolerance)) }
        (self.learningRate, self.iterations, self.tolerance) = (learningRate, iterations, tolerance)
    }

    /// Runs from `start`.
    ///
    /// - Parameter progress: called before each update with the number of updates so far, the cost and the
    ///   derivatives at the model they led to, and that model; the run is cancelled once it returns false.
    @specialized(where Scalar == Float)
    @specialized(where Scalar == Double)
    public func run(
        _ prepared: Prepared<Scalar>, from start: Model<Scalar>,
        progress: (_ updates: Int, _ gradient: Gradient<Scalar>, _ model: Model<Scalar>) -> Bool = {
            _, _, _ in
            true
        }
    ) -> TrainingRun<Scalar> {
        var model = start
        var gradient = Gradient<Scalar>(parameters: start.parameters.count)
        var costs: [Scalar] = []
        costs.reserveCapacity(iterations + 1)
        while true {
            prepared.gradient(at: model, into: &gradient)
            let previous = costs.last
            costs.append(gradient.J)
            let updates = costs.count - 1
            let end: TrainingRun<Scalar>.End? =
                if updates == iterations {
                    .iterations
                } else if let tolerance, let previous, (previous - gradient.J).magnitude <= tolerance {
                    .tolerance
                } else if !progress(updates, gradient, model) {
                    .cancelled
                } else {
                    nil
                }
            if let end { return TrainingRun(model: model, costs: costs, end: end) }
            model.descend(along: gradient, learningRate: learningRate)
        }
    }
}

extension Prepared {
    /// J after some updates from `start`, where it was finite and rose in none of them, and was lower in the end; else
    /// nil.
    ///
    /// - Parameter isCancelled: asked before each update.
    public func cost(
        after updates: Int, from start: Model<Scalar>, learningRate: Scalar,
        isCancelled: () -> Bool = { false }
    ) -> Scalar? {
        var (model, gradient) = (start, gradient(at: start))
        let first = gradient.J
        for _ in 0..<updates {
            guard !isCancelled() else { return nil }
            let previous = gradient.J
            model.descend(along: gradient, learningRate: learningRate)
            self.gradient(at: model, into: &gradient)
            guard gradient.J <= previous else { return nil }
        }
        return gradient.J < first ? gradient.J : nil
    }
}

/// The outcome of a run of gradient descent.
public struct TrainingRun<Scalar: RealScalar>: Sendable {
    /// Why a run ended.
    public enum End: String, Sendable, Codable {
        /// All iterations were made.
        case iterations
        /// The cost no longer changed by more than the tolerance.
        case tolerance
        /// The caller requested it.
        case cancelled
    }

    /// The parameters after the last update.
    public let model: Model<Scalar>

    /// J before the first update and after each.
    public let costs: [Scalar]

    /// Why it ended.
    public let end: End

    /// The run as it was after some updates, which led to `model`, as if it had been cancelled then.
    public func ended(after updates: Int, at model: Model<Scalar>) -> TrainingRun {
        TrainingRun(model: model, costs: Array(costs.prefix(updates + 1)), end: .cancelled)
    }

    /// The number of updates made.
    public var iterations: Int { costs.count - 1 }

    /// J of `model`, after the last update.
    public var finalCost: Scalar { costs[costs.count - 1] }

    /// Whether J ended greater than it began, by more than rounding, or is no number.
    public var hasDiverged: Bool { !(finalCost <= costs[0] * (1 + 1e-5)) || !finalCost.isFinite }
}

/// A setting that gradient descent cannot run with.
public enum GradientDescentError: Error, Equatable {
    /// α is not positive and finite.
    case learningRate(Double)
    /// Fewer than one iteration.
    case iterations(Int)
    /// A tolerance that is negative or not finite.
    case tolerance(Double)
}

extension GradientDescentError: CustomStringConvertible {
    /// The value given and the one expected.
    public var description: String {
        switch self {
        case .learningRate(let value): "the learning rate is \(value); expected a positive, finite number"
        case .iterations(let value): "the number of iterations is \(value); expected at least 1"
        case .tolerance(let value): "the tolerance is \(value); expected a finite number, 0 or greater"
        }
    }
}
