import Problems

/// `loops.unchecked` of networks: the four loops through unsafe pointers.
///
///     z = b_u;  for k in inputs:  z += W_uk · a_k
///     for u in units:  for k in inputs:  dW_uk += dz_u · a_k;  da_k += W_uk · dz_u
///
/// Changes from `loops.flat`: nothing is checked in the loops, so the compiler may use vectors where the order of
/// operations allows it, in dW and da; the running sum z it must not reorder.
enum NetworkUncheckedLoops<Scalar: LaneScalar>: InputOperations {
    static var info: RungInfo {
        RungInfo(
            "loops.unchecked", after: "loops.flat", "unsafe pointers, no bounds checks",
            why:
                "With nothing to check, the compiler uses vectors for dW and da, two of the three products. The running "
                + "sum z it must not reorder.",
            sums: .running)
    }

    @inline(__always)
    static func dot(_ w: UnsafePointer<Scalar>, _ a: UnsafePointer<Scalar>, _ n: Int) -> Scalar {
        var z: Scalar = 0
        for k in 0..<n { z += w[k] * a[k] }
        return z
    }

    @inline(__always)
    static func axpy(
        _ factor: Scalar, _ a: UnsafePointer<Scalar>, _ y: UnsafeMutablePointer<Scalar>, _ n: Int
    ) {
        for k in 0..<n { y[k] += a[k] * factor }
    }
}
