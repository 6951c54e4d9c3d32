import Problems

/// `loops.sample` of networks: only the loops over samples, layers and units are left.
///
///     for i in 1…m:  for l in 1…L:  for u in units:
///         z = dot(W_u, a) + b_u
///         dW_u = axpy(dz_u, a, dW_u);  da = axpy(dz_u, W_u, da)
///
/// Changes from `loops.unchecked`: the loops over inputs are calls of general functions, which use vectors.
enum NetworkSampleLoop<Scalar: LaneScalar>: InputOperations {
    static var info: RungInfo {
        RungInfo(
            "loops.sample", after: "loops.unchecked", "dot and axpy take the inputs",
            why:
                "A general dot sums in four vectors at once, so that a multiply-add need not wait for the one before "
                + "it. For each sample all weights are read, and dW is read and written.",
            sums: .running)
    }

    @inline(__always)
    static func dot(_ w: UnsafePointer<Scalar>, _ a: UnsafePointer<Scalar>, _ n: Int) -> Scalar {
        Ladders.dot(UnsafeBufferPointer(start: w, count: n), UnsafeBufferPointer(start: a, count: n))
    }
}
