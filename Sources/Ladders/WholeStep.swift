import Problems

/// A rung that makes the step in its own way, over arrays of its own.
protocol WholeStep<Scalar>: SendableMetatype {
    associatedtype Scalar: RealScalar

    static var info: RungInfo { get }

    /// Shapes that together take each of its paths: what the judge tries it on.
    static var shapes: [Shape] { get }

    /// Bytes of copies, and of arrays that live for a step only.
    static func preparedBytes(_ shape: Shape) -> Int

    init(_ problem: Problem<Scalar>)

    /// Sets `gradient` to J and its derivatives.
    func gradient(at model: Model<Scalar>, into gradient: inout Gradient<Scalar>)
}

extension WholeStep {
    /// None besides those that everyone is tried on: plain loops take one path.
    static var shapes: [Shape] { [] }

    /// The rung that makes its step so. Inlined into the ladder, so that the closures are specialized with it.
    @inline(__always)
    static var rung: Rung<Scalar> {
        Rung(info, shapes: { shapes }) { shape, _ in
            preparedBytes(shape)
        } prepare: { problem, _ in
            let step = Self(problem)
            return Prepared { step.gradient(at: $0, into: &$1) }
        }
    }
}
