/// What one step of gradient descent costs, counted from the algorithm: a model, not a measurement.
public struct Work: Sendable, Hashable {
    /// Floating-point additions and multiplications (a multiply-add is two) of the two passes over X.
    /// What each sample costs besides (an exponential, a division, a logarithm or its share of one) is left out.
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
    /// 2·m·n_x operations forward and as many backward, whatever the order.
    ///
    /// - Parameter storage: how X is stored.
    public static func step(
        _ shape: Shape, in scalar: ScalarKind, passes: Int, sweeps: Int = 1, storage: Storage = .scalar
    ) -> Work {
        let (m, nx) = (shape.m, shape.nx)
        return Work(
            operations: 4 * m * nx, bytes: passes * m * nx * storage.size(scalar) + sweeps * m * scalar.size)
    }
}
