import Problems

/// `dispatch.interleaved`: a lane for each sample and one stream, split over samples.
///
/// Changes from `simd.interleaved`: all processors take part, each with samples of its own, by threads that stay
/// for the run: few features make short steps. See `SplitOverSamples`, `Team` and `InterleavedKernel`.
struct DispatchInterleaved<Scalar: LaneScalar>: KernelImplementation {
    static var rung: Rung {
        Rung(
            "dispatch.interleaved", after: "simd.interleaved",
            idea: "the interleaved columns on all processors",
            why: "Each processor takes a part of the samples, which is one piece of memory.",
            sums: Summation.blocks(Spans.size).split(intoAtMost: Parts.greatestCount), isThreaded: true)
    }

    static func work(m: Int, nx: Int) -> Work {
        .step(Scalar.self, m: m, nx: nx, passes: 1, sweeps: 1)
    }

    let runner: SplitOverSamples<InterleavedKernel<Scalar>, Team>

    @specialized(where Scalar == Float)
    @specialized(where Scalar == Double)
    func gradient(at model: Model<Scalar>, into gradient: inout Gradient<Scalar>) {
        runner.gradient(at: model, into: &gradient)
    }
}
