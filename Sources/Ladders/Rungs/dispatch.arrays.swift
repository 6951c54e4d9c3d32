import Problems

/// `dispatch.arrays`: whole-array operations, split over samples.
///
/// Changes from `arrays.inPlace`: all processors take part. The samples are cut into parts that depend
/// on the shape alone, workers claim parts until none is left, and their sums are added in order: see
/// `SplitOverSamples` and `ArrayKernel`.
struct DispatchArrays<Scalar: LaneScalar>: KernelImplementation {
    static var rung: Rung {
        Rung(
            "dispatch.arrays", after: "arrays.inPlace", idea: "the array operations on all processors",
            why: "Each processor takes a part of the samples, and its arrays are short enough to stay in "
                + "its own cache, so that they are not fetched from memory for each operation.",
            sums: Summation.blocks(SampleBlock<Scalar>.greatestSize, Spans.size).split(
                intoAtMost: Parts.greatestCount), isThreaded: true)
    }

    static func work(m: Int, nx: Int) -> Work {
        .step(Scalar.self, m: m, nx: nx, passes: 2, sweeps: 31)
    }

    let runner: SplitOverSamples<ArrayKernel<Scalar>, Forks>

    @specialized(where Scalar == Float)
    @specialized(where Scalar == Double)
    func gradient(at model: Model<Scalar>, into gradient: inout Gradient<Scalar>) {
        runner.gradient(at: model, into: &gradient)
    }
}
