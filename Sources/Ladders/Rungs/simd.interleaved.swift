import Problems

/// `simd.interleaved`: a lane for each sample, and X as one stream.
///
/// Changes from `simd.columns`: the features of a vector of samples follow each other, so that X is read from
/// its first to its last byte, and not as a stream for each feature. See `InterleavedKernel` and `Columns`.
struct SIMDInterleaved<Scalar: LaneScalar>: KernelImplementation {
    static var rung: Rung {
        Rung(
            "simd.interleaved", after: "simd.columns", idea: "the columns interleaved, vector by vector",
            why:
                "A block of samples is one piece of memory, so that X comes as one stream and not as one for "
                + "each feature, which prefetching follows best.",
            sums: .blocks(Spans.size))
    }

    static func work(m: Int, nx: Int) -> Work {
        .step(Scalar.self, m: m, nx: nx, passes: 1)
    }

    let runner: OneThread<InterleavedKernel<Scalar>>

    @specialized(where Scalar == Float)
    @specialized(where Scalar == Double)
    func gradient(at model: Model<Scalar>, into gradient: inout Gradient<Scalar>) {
        runner.gradient(at: model, into: &gradient)
    }
}
