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
            NetworkUncheckedLoops<Scalar>.rung,
            NetworkSampleLoop<Scalar>.rung,
        ]
    }

    /// All rungs.
    package static var rungs: [RungInfo] { rungs(Float.self).map(\.info) }
}
