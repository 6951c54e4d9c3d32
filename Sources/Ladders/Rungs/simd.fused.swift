import Problems

/// `simd.fused`: one pass over X.
///
/// Changes from `simd.twoPass`: each block of samples is used forward and backward while it is in the
/// cache, so X is fetched from memory once in a step, not twice. The pass is in `FusedKernel`.
struct SIMDFused<Scalar: LaneScalar>: KernelImplementation {
    static var rung: Rung {
        Rung(
            "simd.fused", after: "simd.twoPass", idea: "one pass over X, block by block",
            why: "A block of samples goes forward and backward while it is in the cache, so X comes from "
                + "memory once in a step and not twice.",
            sums: .blocks(SampleBlock<Scalar>.greatestSize, Spans.size))
    }

    static func work(m: Int, nx: Int) -> Work {
        .step(Scalar.self, m: m, nx: nx, passes: 1)
    }

    let runner: OneThread<FusedKernel<Scalar>>

    @specialized(where Scalar == Float)
    @specialized(where Scalar == Double)
    func gradient(at model: Model<Scalar>, into gradient: inout Gradient<Scalar>) {
        runner.gradient(at: model, into: &gradient)
    }
}
