/// The name of a rung, what it builds on, and what it changes.
public struct RungInfo: Sendable, Hashable {
    /// `family.variant`, as users name it.
    public let name: String

    /// The rung that this one builds on; nil at the foot of the ladder.
    public let after: String?

    /// The one thing that it changes, in a few words.
    public let idea: String

    /// Why that should make it faster, or what it costs, in a sentence or two; nil where it is not said.
    public let why: String?

    /// How it sums over samples, which decides how far it may be off.
    public let sums: Summation

    /// How often it reads all of X, and how often an array of m scalars: what `Work` is counted from.
    public let passes: Int, sweeps: Int

    /// How it stores X. A rung that rounds X makes the step of slightly other data: it is never compared with
    /// the others as one of them.
    public let storage: Storage

    /// Whether it uses several threads.
    public let isThreaded: Bool

    /// A rung; names are `family.variant`.
    public init(
        _ name: String, after: String?, _ idea: String, why: String? = nil, sums: Summation,
        passes: Int = 1, sweeps: Int = 1, storage: Storage = .scalar, isThreaded: Bool = false
    ) {
        (self.name, self.after, self.idea, self.why) = (name, after, idea, why)
        (self.sums, self.passes, self.sweeps) = (sums, passes, sweeps)
        (self.storage, self.isThreaded) = (storage, isThreaded)
    }

    /// The part of the name before the dot: `loops`, `arrays`, `simd` or `dispatch`.
    public var family: String { String(name.prefix { $0 != "." }) }

    /// The cost of one step in `scalar`.
    public func work(_ shape: Shape, in scalar: ScalarKind) -> Work {
        .step(shape, in: scalar, passes: passes, sweeps: sweeps, storage: storage)
    }
}

/// A rung of the ladder: one way to compute J and its derivatives.
///
/// It is prepared once per problem: copies, other layouts and scratch are made then, outside of what is timed.
/// It knows nothing of the clock, the judge or another rung.
///
/// The contract:
/// - z, a and L are computed by the formulas of `logistic(_:label:)`, for any m ≥ 1 and n_x ≥ 1.
/// - The sums over samples are divided by m once, at the end.
/// - Where the model holds NaN or infinity nothing traps; a NaN in w or b gives NaN in J, db and dw.
/// - A threaded rung gives the same bits for every number of threads.
public struct Rung<Scalar: RealScalar>: Sendable {
    /// Its name and place on the ladder.
    public let info: RungInfo

    private let paths, sharing: @Sendable () -> [Shape]
    private let bytes: @Sendable (_ shape: Shape, _ threads: Int) -> Int
    private let make: @Sendable (_ problem: Problem<Scalar>, _ threads: Int) -> Prepared<Scalar>

    /// A rung.
    ///
    /// - Parameters:
    ///   - shapes, sharedShapes: see the properties of these names.
    ///   - preparedBytes: see the method of this name.
    ///   - prepare: makes copies and scratch, and hands back what computes with them.
    public init(
        _ info: RungInfo, shapes: @escaping @Sendable () -> [Shape] = { [] },
        sharedShapes: @escaping @Sendable () -> [Shape] = { [] },
        preparedBytes: @escaping @Sendable (_ shape: Shape, _ threads: Int) -> Int,
        prepare: @escaping @Sendable (_ problem: Problem<Scalar>, _ threads: Int) -> Prepared<Scalar>
    ) {
        (self.info, paths, sharing) = (info, shapes, sharedShapes)
        (bytes, make) = (preparedBytes, prepare)
    }

    /// As users name it: `family.variant`.
    public var name: String { info.name }

    /// Shapes that together take each of its paths, on one thread: the judge tries it on them.
    public var shapes: [Shape] { paths() }

    /// Shapes just large enough to be shared among threads; none where it is not threaded.
    public var sharedShapes: [Shape] { sharing() }

    /// The cost of one step.
    public func work(_ shape: Shape) -> Work { info.work(shape, in: Scalar.kind) }

    /// Bytes that it holds besides the data set, copies and scratch; arrays that live for a step only count
    /// too. To be asked before it is prepared, in case there is no room.
    public func preparedBytes(_ shape: Shape, threads: Int) -> Int { bytes(shape, threads) }

    /// Prepares for a problem.
    ///
    /// - Parameter threads: how many may work at the same time, at least 1. Rungs that are not threaded
    ///   ignore it.
    public func prepare(_ problem: Problem<Scalar>, threads: Int) -> Prepared<Scalar> {
        make(problem, threads)
    }

    /// Prepares for logistic regression on `data`.
    public func prepare(_ data: Dataset<Scalar>, threads: Int) -> Prepared<Scalar> {
        make(Problem(data), threads)
    }
}

/// A rung that is prepared for a problem.
public struct Prepared<Scalar: RealScalar> {
    private let compute: (_ model: Model<Scalar>, _ gradient: inout Gradient<Scalar>) -> Void
    private let workers: () -> Int

    /// - Parameters:
    ///   - workers: how many different threads worked on the latest gradient.
    ///   - gradient: sets its second argument to J and its derivatives at the first.
    public init(
        workers: @escaping () -> Int = { 1 },
        gradient: @escaping (_ model: Model<Scalar>, _ gradient: inout Gradient<Scalar>) -> Void
    ) {
        (self.workers, compute) = (workers, gradient)
    }

    /// Sets `gradient` to J and its derivatives at `model`, which has the problem's number of parameters.
    public func gradient(at model: Model<Scalar>, into gradient: inout Gradient<Scalar>) {
        compute(model, &gradient)
    }

    /// J and its derivatives at `model`.
    public func gradient(at model: Model<Scalar>) -> Gradient<Scalar> {
        var result = Gradient<Scalar>(parameters: model.parameters.count)
        compute(model, &result)
        return result
    }

    /// One step of gradient descent: the gradient at `model`, then the update of `model`.
    public func step(
        _ model: inout Model<Scalar>, learningRate: Scalar, scratch gradient: inout Gradient<Scalar>
    ) {
        compute(model, &gradient)
        model.descend(along: gradient, learningRate: learningRate)
    }

    /// The same with the penalty λ/2·Σw² in J, and λ·w in the derivatives.
    ///
    /// - Parameters:
    ///   - l2: λ, 0 or greater.
    ///   - shape: of the problem.
    @specialized(where Scalar == Float)
    @specialized(where Scalar == Double)
    public func penalized(l2: Scalar, _ shape: Shape) -> Prepared {
        guard l2 != 0 else { return self }
        let weights = shape.weights
        return Prepared(workers: workers) { model, gradient in
            compute(model, &gradient)
            for j in weights.joined() { gradient.derivatives[j] += l2 * model.parameters[j] }
            gradient.J += Scalar(model.penalty(l2: Double(l2), shape))
        }
    }

    /// How many different threads worked on the latest gradient.
    public var workersInLatestGradient: Int { workers() }
}

/// The cost of one step of gradient descent, counted from the algorithm: a model, not a measurement.
public struct Work: Sendable, Hashable {
    /// Floating-point additions and multiplications (a multiply-add is two) of the two passes over X.
    /// The rest of each sample (an exponential, a division, a logarithm or its share of one) is left out.
    public let operations: Int

    /// Bytes that cross from memory when X is much larger than the caches: X once for each pass over all
    /// of it, and what is read or written of arrays of m scalars. A sample that is used twice in a row
    /// comes from memory once.
    public let bytes: Int

    /// Work that was counted elsewhere.
    public init(operations: Int, bytes: Int) { (self.operations, self.bytes) = (operations, bytes) }

    /// The work of reading so many bytes and doing nothing with them.
    public static func reading(bytes: Int) -> Work { Work(operations: 0, bytes: bytes) }

    /// The work of a step that makes `passes` passes over all of X and `sweeps` over arrays of m scalars.
    ///
    /// Each layer makes three products of 2·m·n⁽ˡ⁾·n⁽ˡ⁻¹⁾ operations, Z, dW and dA; the first has no dA. For
    /// logistic regression that is 2·m·n_x forward and as many backward. A sweep of a network is one over its
    /// activations, m values for each hidden unit.
    ///
    /// - Parameter storage: how X is stored.
    public static func step(
        _ shape: Shape, in scalar: ScalarKind, passes: Int, sweeps: Int = 1, storage: Storage = .scalar
    ) -> Work {
        let (m, nx) = (shape.m, shape.nx)
        let products = shape.layers.reduce(0) { $0 + 6 * m * $1.units * $1.inputs }
        let units = max(1, shape.hidden.reduce(0, +))
        return Work(
            operations: products - 2 * m * shape.layers[0].units * nx,
            bytes: passes * m * nx * storage.size(scalar) + sweeps * m * units * scalar.size)
    }
}
