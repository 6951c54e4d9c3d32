import Problems

/// `loops.unchecked`: the same two loops through unsafe pointers, without bounds checks.
///
/// Changes from `loops.flat`: nothing is checked in the loops, so the compiler may use vectors where the
/// order of operations allows it: in the loop that adds to dw it does, in the running sum z it must not.
/// The loops are in `LoopKernel`.
struct UncheckedLoops<Scalar: LaneScalar>: KernelImplementation {
    static var rung: Rung {
        Rung(
            "loops.unchecked", after: "loops.flat", idea: "unsafe pointers, no bounds checks",
            why: "With nothing to check, the compiler uses vectors where it may: in the loop that adds "
                + "to dw. The running sum z it must not reorder, so there each addition still waits for "
                + "the one before.",
            sums: .running)
    }

    static func work(m: Int, nx: Int) -> Work {
        .step(Scalar.self, m: m, nx: nx, passes: 1)
    }

    let runner: OneThread<LoopKernel<Scalar>>

    @specialized(where Scalar == Float)
    @specialized(where Scalar == Double)
    func gradient(at model: Model<Scalar>, into gradient: inout Gradient<Scalar>) {
        runner.gradient(at: model, into: &gradient)
    }
}
