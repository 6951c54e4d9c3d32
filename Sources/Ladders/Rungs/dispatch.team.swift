import Problems

/// `dispatch.team`: the pipelined pass, on threads that stay from step to step.
///
/// Changes from `dispatch.pipelined`: threads are not woken for each step. They are forked once for a run,
/// look for the next step while the caller ends the last, and leave when none comes. With that a step that
/// takes 10 µs is worth sharing, and parts are smaller. See `Team` and `SplitOverSamples`.
struct DispatchTeam<Scalar: LaneScalar>: KernelImplementation {
    static var rung: Rung {
        Rung(
            "dispatch.team", after: "dispatch.pipelined", idea: "threads that live for the whole run",
            why: "To wake a thread takes tens of microseconds, at each step. Threads that stay and look for "
                + "the next step begin it within one.",
            sums: Summation.blocks(SampleBlock<Scalar>.greatestSize, Spans.size).split(
                intoAtMost: Parts.greatestCount), isThreaded: true)
    }

    static func work(m: Int, nx: Int) -> Work {
        .step(Scalar.self, m: m, nx: nx, passes: 1, sweeps: 1)
    }

    let runner: SplitOverSamples<PipelinedKernel<Scalar>, Team>

    @specialized(where Scalar == Float)
    @specialized(where Scalar == Double)
    func gradient(at model: Model<Scalar>, into gradient: inout Gradient<Scalar>) {
        runner.gradient(at: model, into: &gradient)
    }
}
