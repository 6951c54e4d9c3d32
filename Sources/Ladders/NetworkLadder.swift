import Problems

/// The ladder of networks: the same ideas as that of logistic regression, where the work is in matrix products. A new
/// rung is listed here and nowhere else.
package enum NetworkLadder {
    /// The rungs that compute in `Scalar`, from the four explicit loops up.
    ///
    /// One function, for the reason that `LogisticLadder.rungs` gives.
    @specialized(where Scalar == Float)
    @specialized(where Scalar == Double)
    package static func rungs<Scalar: LaneScalar>(_: Scalar.Type) -> [Rung<Scalar>] {
        [
            NetworkNestedLoops<Scalar>.rung,
            NetworkFlatLoops<Scalar>.rung,
            SamplePass<NetworkUncheckedLoops<Scalar>>.rung,
            SamplePass<NetworkSampleLoop<Scalar>>.rung,
            NetworkWholeArrays<Scalar>.rung,
            NetworkArraysInPlace<Scalar>.rung,
            SamplePass<NetworkLanes<Scalar>>.rung,
            NetworkTiled<Scalar>.rung,
            NetworkPacked<Scalar>.rung,
            NetworkFused<Scalar>.rung,
            NetworkArraysInPlace<Scalar>.rung(
                "dispatch.arrays", "the array operations on all processors",
                why: "Each processor takes a part of the samples, whose arrays are smaller and closer to it.",
                on: ForkJoin.self),
            NetworkPacked<Scalar>.rung(
                "dispatch.packed", "the packed products on all processors",
                why:
                    "Each processor takes a part of the samples through all layers and has sums of its own, which are "
                    + "added at the end.",
                on: ForkJoin.self),
            NetworkFused<Scalar>.rung(
                "dispatch.fused", "the blocks on all processors",
                why:
                    "Each processor takes a part of the samples, block by block, in its own cache. The work is in "
                    + "registers, so the gain goes on where memory would have ended it.",
                on: ForkJoin.self),
            NetworkFused<Scalar>.rung(
                "dispatch.team", after: "dispatch.fused", "threads that live for the whole run",
                why:
                    "To wake a thread takes tens of microseconds, three times in a step: to pack, to sum, to add. "
                    + "Threads that stay begin within one.",
                on: Team.self),
        ]
    }

    /// All rungs.
    package static var rungs: [RungInfo] { rungs(Float.self).map(\.info) }
}
