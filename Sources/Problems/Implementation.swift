/// One way to compute J, dw and db of a model on a data set.
///
/// An implementation is made once per data set: copies, other layouts and scratch are prepared then,
/// outside of what is timed. It knows nothing of the clock, the judge or another implementation.
///
/// The contract:
/// - z, a and L are computed by the formulas of `logistic(_:label:)`, for any m ≥ 1 and n_x ≥ 1.
/// - The sums over samples are divided by m once, at the end.
/// - Where the model holds NaN or infinity nothing traps; a NaN in w or b gives NaN in J, db and dw.
/// - A threaded implementation gives the same bits for every number of threads.
public protocol Implementation<Scalar> {
    /// `Float` or `Double`.
    associatedtype Scalar: RealScalar

    /// Its place on the ladder.
    static var rung: Rung { get }

    /// What one step costs, for m samples of n_x features.
    static func work(m: Int, nx: Int) -> Work

    /// Bytes that it holds besides the data set, copies and scratch, for m samples of n_x features;
    /// arrays that last for a step only count too. Whoever prepares it asks first whether there is room.
    static func preparedBytes(m: Int, nx: Int, threads: Int) -> Int

    /// Prepares for `data`.
    ///
    /// - Parameter threads: how many may work at the same time, at least 1. Implementations that are
    ///   not threaded ignore it.
    init(_ data: Dataset<Scalar>, threads: Int)

    /// Computes J, dw and db of `model` (n_x weights) into `gradient` (n_x derivatives).
    func gradient(at model: Model<Scalar>, into gradient: inout Gradient<Scalar>)

    /// How many different threads worked on the latest gradient.
    var workersInLatestGradient: Int { get }
}

extension Implementation {
    /// 1, unless the implementation is threaded.
    public var workersInLatestGradient: Int { 1 }

    /// J, dw and db of `model`.
    public func gradient(at model: Model<Scalar>) -> Gradient<Scalar> {
        var result = Gradient<Scalar>(zeros: model.w.count)
        gradient(at: model, into: &result)
        return result
    }

    /// One step of gradient descent: J, dw and db of `model`, then the update of w and b.
    @inlinable
    public func step(
        _ model: inout Model<Scalar>, learningRate: Scalar, scratch: inout Gradient<Scalar>
    ) {
        gradient(at: model, into: &scratch)
        model.descend(along: scratch, learningRate: learningRate)
    }
}

/// A kind of implementation for one scalar type: what the Catalog lists.
public typealias ImplementationType<Scalar> = any Implementation<Scalar>.Type
