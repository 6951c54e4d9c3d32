import Problems

/// `dispatch.simd`: two passes with vectors, split over samples.
///
/// Changes from `simd.twoPass`: all processors take part. The samples are cut into parts that depend
/// on the shape alone, workers claim parts until none is left, and their sums are added in order: see
/// `SplitOverSamples` and `TwoPassKernel`.
struct DispatchSIMD<Scalar: LaneScalar>: KernelImplementation {
    static var rung: Rung {
        Rung(
            "dispatch.simd", after: "simd.twoPass", idea: "the two passes on all processors",
            why: "Each processor takes a part of the samples, and the second pass over a part may find "
                + "it still in that processor's cache.",
            sums: Summation.blocks(SampleBlock<Scalar>.greatestSize, Spans.size).split(
                intoAtMost: Parts.greatestCount), isThreaded: true)
    }

    static func work(m: Int, nx: Int) -> Work {
        .step(Scalar.self, m: m, nx: nx, passes: 2, sweeps: 3)
    }

    let runner: SplitOverSamples<TwoPassKernel<Scalar>, Forks>

    @specialized(where Scalar == Float)
    @specialized(where Scalar == Double)
    func gradient(at model: Model<Scalar>, into gradient: inout Gradient<Scalar>) {
        runner.gradient(at: model, into: &gradient)
    }
}
