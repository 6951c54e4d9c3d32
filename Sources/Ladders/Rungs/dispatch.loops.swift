import Problems

/// `dispatch.loops`: the two unchecked loops, split over samples.
///
/// Changes from `loops.unchecked`: all processors take part. The samples are cut into parts that depend
/// on the shape alone, workers claim parts until none is left, and their sums are added in order: see
/// `SplitOverSamples` and `LoopKernel`.
struct DispatchLoops<Scalar: LaneScalar>: KernelImplementation {
    static var rung: Rung {
        Rung(
            "dispatch.loops", after: "loops.unchecked", idea: "the loops on all processors",
            why: "Each processor takes a part of the samples, which pays once that is worth more than waking "
                + "the others.",
            sums: Summation.running.split(intoAtMost: Parts.greatestCount), isThreaded: true)
    }

    static func work(m: Int, nx: Int) -> Work {
        .step(Scalar.self, m: m, nx: nx, passes: 1, sweeps: 1)
    }

    let runner: SplitOverSamples<LoopKernel<Scalar>, Forks>

    @specialized(where Scalar == Float)
    @specialized(where Scalar == Double)
    func gradient(at model: Model<Scalar>, into gradient: inout Gradient<Scalar>) {
        runner.gradient(at: model, into: &gradient)
    }
}
