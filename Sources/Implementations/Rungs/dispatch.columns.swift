import LogisticRegression

/// `dispatch.columns`: each feature contiguous, split over samples.
///
/// Changes from `simd.columns`: all processors take part, each with samples of its own in every column. See
/// `SplitOverSamples` and `ColumnsKernel`.
struct DispatchColumns<Scalar: LaneScalar>: KernelImplementation {
    static var rung: Rung {
        Rung(
            "dispatch.columns", after: "simd.columns", idea: "the contiguous features on all processors",
            why: "Each processor takes a part of the samples, in every column.",
            sums: Summation.blocks(Spans.size).split(intoAtMost: Parts.greatestCount), isThreaded: true)
    }

    static func work(m: Int, nx: Int) -> Work {
        .step(Scalar.self, m: m, nx: nx, passes: 1, sweeps: 1)
    }

    let runner: SplitOverSamples<ColumnsKernel<Scalar>>

    @specialized(where Scalar == Float)
    @specialized(where Scalar == Double)
    func gradient(at model: Model<Scalar>, into gradient: inout Gradient<Scalar>) {
        runner.gradient(at: model, into: &gradient)
    }
}
