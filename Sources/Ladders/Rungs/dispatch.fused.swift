import Problems

/// `dispatch.fused`: one pass with vectors, split over samples.
///
/// Changes from `simd.fused`: all processors take part. The samples are cut into parts that depend
/// on the shape alone, workers claim parts until none is left, and their sums are added in order: see
/// `SplitOverSamples` and `FusedKernel`.
struct DispatchFused<Scalar: LaneScalar>: KernelImplementation {
    static var rung: Rung {
        Rung(
            "dispatch.fused", after: "simd.fused", idea: "the one pass on all processors",
            why: "Each processor takes a part of the samples. Beyond the caches all read from one memory, so "
                + "the gain ends where its bandwidth does.",
            sums: Summation.blocks(SampleBlock<Scalar>.greatestSize, Spans.size).split(
                intoAtMost: Parts.greatestCount), isThreaded: true)
    }

    static func work(m: Int, nx: Int) -> Work {
        .step(Scalar.self, m: m, nx: nx, passes: 1, sweeps: 1)
    }

    let runner: SplitOverSamples<FusedKernel<Scalar>, Forks>

    @specialized(where Scalar == Float)
    @specialized(where Scalar == Double)
    func gradient(at model: Model<Scalar>, into gradient: inout Gradient<Scalar>) {
        runner.gradient(at: model, into: &gradient)
    }
}
