import Problems

/// `simd.twoPass`: several accumulators, several samples at a time, and a vector logistic.
///
/// Changes from `simd.lanes`: inner products have four accumulators; z of a block of samples stands in
/// one vector, so that exp takes a lane for each sample, and the losses of 1024 samples share a logarithm;
/// and the backward pass adds a block of samples to dw before it writes dw. The passes are in `TwoPassKernel`,
/// the blocks in `SampleBlock`, the losses in `ForwardSums`.
struct SIMDTwoPass<Scalar: LaneScalar>: KernelImplementation {
    static var rung: Rung {
        Rung(
            "simd.twoPass", after: "simd.lanes",
            idea: "blocks of samples, vector exp, one log for 1024 losses",
            why: "Sums are kept in several vectors, so that multiply-adds need not wait for each other, "
                + "one exp serves a vector of samples, and one logarithm all the losses of a span. It walks "
                + "over X twice.",
            sums: .blocks(SampleBlock<Scalar>.greatestSize, Spans.size))
    }

    static func work(m: Int, nx: Int) -> Work {
        .step(Scalar.self, m: m, nx: nx, passes: 2, sweeps: 3)
    }

    let runner: OneThread<TwoPassKernel<Scalar>>

    @specialized(where Scalar == Float)
    @specialized(where Scalar == Double)
    func gradient(at model: Model<Scalar>, into gradient: inout Gradient<Scalar>) {
        runner.gradient(at: model, into: &gradient)
    }
}
