import Problems

/// `dispatch.bfloat16`: one pass over X in 16 bits, split over samples.
///
/// Changes from `simd.bfloat16`: all processors take part. The samples are cut into parts that depend
/// on the shape alone, workers claim parts until none is left, and their sums are added in order: see
/// `SplitOverSamples` and `BFloat16Kernel`.
struct DispatchBFloat16: KernelImplementation {
    static var rung: Rung {
        Rung(
            "dispatch.bfloat16", after: "simd.bfloat16", idea: "the pass in 16 bits on all processors",
            why:
                "Each processor takes a part of the samples. Memory, which all share, has half as much to bring.",
            sums: Summation.blocks(SampleBlock<Float>.greatestSize, Spans.size).split(
                intoAtMost: Parts.greatestCount), storage: .bfloat16, isThreaded: true)
    }

    static func work(m: Int, nx: Int) -> Work {
        .step(Float.self, m: m, nx: nx, passes: 1, storage: .bfloat16)
    }

    let runner: SplitOverSamples<BFloat16Kernel, Forks>

    func gradient(at model: Model<Float>, into gradient: inout Gradient<Float>) {
        runner.gradient(at: model, into: &gradient)
    }
}
