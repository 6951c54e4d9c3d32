import Problems

/// `simd.lanes` of networks: the four loops with a vector of inputs at a time, and nothing else changed.
///
///     for i in 1…m:  for l in 1…L:  for u in units:
///         for k in vectors of inputs:  z += w_uk · a_k            one vector of sums, added across at the end
///         for k in vectors of inputs:  dW_uk += dz_u · a_k;  da_k += w_uk · dz_u
///
/// Changes from `loops.unchecked`: the sum z, which the compiler must not reorder, is packed too, and a product and its
/// sum are one instruction. There is one accumulator, so each multiply-add of z waits for the one before it.
enum NetworkLanes<Scalar: LaneScalar>: InputOperations {
    static var info: RungInfo {
        RungInfo(
            "simd.lanes", after: "loops.unchecked", "inputs in SIMD lanes, one accumulator",
            why:
                "The sum z is packed too: a vector of inputs in one multiply-add. Each sample still reads all weights, "
                + "and reads and writes dW.",
            sums: .running)
    }

    @inline(__always)
    static func dot(_ w: UnsafePointer<Scalar>, _ a: UnsafePointer<Scalar>, _ n: Int) -> Scalar {
        var (lanes, k) = (Scalar.Lanes(repeating: 0), 0)
        while k &+ Scalar.Lanes.scalarCount <= n {
            lanes = lanes.addingProduct(.load(w + k), times: .load(a + k))
            k &+= Scalar.Lanes.scalarCount
        }
        var z = lanes.horizontalSum()
        while k < n {
            z += w[k] * a[k]
            k &+= 1
        }
        return z
    }
}
