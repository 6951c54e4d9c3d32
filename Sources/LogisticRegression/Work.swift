/// What one step of gradient descent costs, counted from the algorithm: a model, not a measurement.
public struct Work: Sendable, Hashable {
    /// Floating-point additions and multiplications (a multiply-add is two) of the two passes over X.
    /// What each sample costs besides (one exponential, one logarithm, one division) is left out.
    public let operations: Int

    /// Bytes read and written if nothing stayed in a cache from one pass to the next.
    public let bytes: Int

    /// The work of a step that makes `passes` passes over X and `sweeps` over arrays of m scalars.
    ///
    /// 2·m·n_x operations forward and as many backward, whatever the order.
    public static func step<Scalar: RealScalar>(
        _: Scalar.Type, m: Int, nx: Int, passes: Int, sweeps: Int = 1
    ) -> Work {
        Work(operations: 4 * m * nx, bytes: (passes * m * nx + sweeps * m) * MemoryLayout<Scalar>.size)
    }
}
