import Problems

/// `simd.columns`: each feature contiguous.
///
/// Changes from `simd.fused`: X is kept feature by feature, so that a lane belongs to a sample from z to dw:
/// no lane is idle at small n_x, and nothing is added up across lanes for each sample. The pass is in
/// `ColumnsKernel`, the layout in `Columns`.
struct SIMDColumns<Scalar: LaneScalar>: KernelImplementation {
    static var rung: Rung {
        Rung(
            "simd.columns", after: "simd.fused", idea: "each feature contiguous, a lane for each sample",
            why: "A lane belongs to one sample from z to dw, so that none is idle where there are few "
                + "features, and no sample is added up across lanes. In turn X comes as many streams, not one.",
            sums: .blocks(Spans.size))
    }

    static func work(m: Int, nx: Int) -> Work {
        .step(Scalar.self, m: m, nx: nx, passes: 1)
    }

    let runner: OneThread<ColumnsKernel<Scalar>>

    @specialized(where Scalar == Float)
    @specialized(where Scalar == Double)
    func gradient(at model: Model<Scalar>, into gradient: inout Gradient<Scalar>) {
        runner.gradient(at: model, into: &gradient)
    }
}
