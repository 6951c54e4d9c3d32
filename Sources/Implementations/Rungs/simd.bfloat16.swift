import LogisticRegression

/// `simd.bfloat16`: one pass over X in 16 bits.
///
/// Changes from `simd.pipelined`: X is kept as `BFloat16`, rounded once when it is prepared, and widened in
/// registers; all arithmetic stays that of the scalar. The pass is in `BFloat16Kernel`, the layout in
/// `BFloat16Samples`.
struct SIMDBFloat16<Scalar: LaneScalar>: KernelImplementation {
    static var rung: Rung {
        Rung(
            "simd.bfloat16", after: "simd.pipelined", idea: "X in 16 bits, computed as before",
            why: "Half as many bytes of X cross from memory as in Float, which beyond the caches is what a step "
                + "waits for. In turn each value of X keeps 8 significant bits, so that this is the step of "
                + "slightly other data.",
            sums: .blocks(SampleBlock<Scalar>.greatestSize, Spans.size), storage: .bfloat16)
    }

    static func work(m: Int, nx: Int) -> Work {
        .step(Scalar.self, m: m, nx: nx, passes: 1, storage: .bfloat16)
    }

    let runner: OneThread<BFloat16Kernel<Scalar>>

    @specialized(where Scalar == Float)
    @specialized(where Scalar == Double)
    func gradient(at model: Model<Scalar>, into gradient: inout Gradient<Scalar>) {
        runner.gradient(at: model, into: &gradient)
    }
}
