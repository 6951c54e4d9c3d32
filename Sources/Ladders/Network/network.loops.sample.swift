import Problems

/// `loops.sample` of networks: only the loops over samples, layers and units are left.
///
///     for i in 1…m:  for l in 1…L:  for u in units:
///         z = dot(W_u, a) + b_u
///         dW_u = axpy(dz_u, a, dW_u);  da = axpy(dz_u, W_u, da)
///
/// Changes from `loops.unchecked`: the loops over inputs are calls of general functions, which use vectors.
struct NetworkSampleLoop<Scalar: LaneScalar>: WholeStep {
    static var info: RungInfo {
        RungInfo(
            "loops.sample", after: "loops.unchecked", "dot and axpy take the inputs",
            why:
                "A general dot sums in four vectors at once, so that a multiply-add need not wait for the one before "
                + "it. For each sample all weights are read, and dW is read and written.",
            sums: .running)
    }

    private let pass: SamplePass<Scalar>

    init(_ problem: Problem<Scalar>) { pass = SamplePass(problem) }

    static func preparedBytes(_ shape: Shape) -> Int { SamplePass<Scalar>.byteCount(shape) }

    @inline(never)
    func gradient(at model: Model<Scalar>, into gradient: inout Gradient<Scalar>) {
        pass.run(at: model, into: &gradient) { w, a, n in
            dot(UnsafeBufferPointer(start: w, count: n), UnsafeBufferPointer(start: a, count: n))
        } axpy: { factor, a, y, n in
            axpy(
                factor, UnsafeBufferPointer(start: a, count: n),
                UnsafeMutableBufferPointer(start: y, count: n))
        }
    }
}
