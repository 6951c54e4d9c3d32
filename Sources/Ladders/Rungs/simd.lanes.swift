import Problems

/// `simd.lanes`: the two loops of `loops.unchecked` with SIMD lanes.
///
/// Changes from `loops.unchecked`: the loops over features step by a whole vector, so that the sum z,
/// which the compiler must not reorder by itself, is packed as well. One accumulator, one sample at a
/// time; the loss is still computed in scalars. The loops are in `LanesKernel`.
struct SIMDLanes<Scalar: LaneScalar>: KernelImplementation {
    static var rung: Rung {
        Rung(
            "simd.lanes", after: "loops.unchecked", idea: "features in SIMD lanes, one accumulator",
            why: "The sum z is packed too: a vector of features in one multiply-add. There is one vector "
                + "of sums, so each multiply-add still waits for the one before it.",
            sums: .running)
    }

    static func work(m: Int, nx: Int) -> Work {
        .step(Scalar.self, m: m, nx: nx, passes: 1)
    }

    let runner: OneThread<LanesKernel<Scalar>>

    @specialized(where Scalar == Float)
    @specialized(where Scalar == Double)
    func gradient(at model: Model<Scalar>, into gradient: inout Gradient<Scalar>) {
        runner.gradient(at: model, into: &gradient)
    }
}
