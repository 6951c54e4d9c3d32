import Problems

/// `simd.bfloat16`: one pass over X in 16 bits.
///
/// Changes from `simd.pipelined`: X is kept as `BFloat16`, rounded once when it is prepared, and widened in
/// registers; all arithmetic stays that of the scalar. The pass is in `BFloat16Kernel`, the layout in
/// `BFloat16Samples`.
struct SIMDBFloat16: KernelImplementation {
    static var rung: Rung {
        Rung(
            "simd.bfloat16", after: "simd.pipelined", idea: "X in 16 bits, computed as before",
            why:
                "Half as many bytes of X cross from memory as in Float, which beyond the caches is what a step "
                + "waits for. In turn each value of X keeps 8 significant bits, so that this is the step of "
                + "slightly other data.",
            sums: .blocks(SampleBlock<Float>.greatestSize, Spans.size), storage: .bfloat16)
    }

    static func work(m: Int, nx: Int) -> Work {
        .step(Float.self, m: m, nx: nx, passes: 1, storage: .bfloat16)
    }

    let runner: OneThread<BFloat16Kernel>

    func gradient(at model: Model<Float>, into gradient: inout Gradient<Float>) {
        runner.gradient(at: model, into: &gradient)
    }
}
