import Problems

/// `arrays.inPlace`: the same whole-array operations into scratch kept from step to step.
///
/// Changes from `arrays.whole`: no operation allocates, so no step asks the system for memory or fills
/// it with zeros first. The operations are in `ArrayKernel`.
struct ArraysInPlace<Scalar: LaneScalar>: KernelImplementation {
    static var rung: Rung {
        Rung(
            "arrays.inPlace", after: "arrays.whole", idea: "the same operations into kept scratch",
            why: "The arrays of m values are kept from step to step, so no step asks the system for "
                + "memory and has it filled with zeros first.",
            sums: .blocks(SampleBlock<Scalar>.greatestSize, Spans.size))
    }

    static func work(m: Int, nx: Int) -> Work {
        .step(Scalar.self, m: m, nx: nx, passes: 2, sweeps: 31)
    }

    let runner: OneThread<ArrayKernel<Scalar>>

    @specialized(where Scalar == Float)
    @specialized(where Scalar == Double)
    func gradient(at model: Model<Scalar>, into gradient: inout Gradient<Scalar>) {
        runner.gradient(at: model, into: &gradient)
    }
}
