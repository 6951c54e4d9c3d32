import Problems

/// `simd.pipelined`: one pass over X, and the loads never pause.
///
/// Changes from `simd.fused`: the next block goes forward in the loop in which this one goes backward, so that X
/// arrives all the time and not only in every other loop. It is so for samples as wide as a tile of 4 or 8 vectors;
/// others take the pass of `simd.fused`. The pass is in `PipelinedKernel`.
struct SIMDPipelined<Scalar: LaneScalar>: KernelImplementation {
    static var rung: Rung {
        Rung(
            "simd.pipelined", after: "simd.fused",
            idea: "the next block forward while this one goes backward",
            why: "While a block goes backward all it needs is in the cache, and memory would be idle; in the "
                + "same loop the next block is fetched and goes forward.",
            sums: .blocks(SampleBlock<Scalar>.greatestSize, Spans.size))
    }

    static func work(m: Int, nx: Int) -> Work {
        .step(Scalar.self, m: m, nx: nx, passes: 1)
    }

    let runner: OneThread<PipelinedKernel<Scalar>>

    @specialized(where Scalar == Float)
    @specialized(where Scalar == Double)
    func gradient(at model: Model<Scalar>, into gradient: inout Gradient<Scalar>) {
        runner.gradient(at: model, into: &gradient)
    }
}
