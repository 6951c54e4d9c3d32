import Problems

/// How far the end of a run of gradient descent is from where another one ended.
package struct RunDistance: Sendable {
    /// The Euclidean distance of (w, b).
    package let parameters: Double

    /// The distance of J after the last update.
    package let cost: Double

    /// From a run that was computed outside of Swift, from the same data and learning rate.
    package init<Scalar: RealScalar>(_ run: TrainingRun<Scalar>, from exact: RunFixture) {
        self.init(run, w: exact.w, b: exact.b, J: exact.J)
    }

    /// From another run.
    package init<Scalar: RealScalar>(_ run: TrainingRun<Scalar>, from other: TrainingRun<Double>) {
        self.init(
            run, w: other.model.w.map { DoubleDouble($0) }, b: DoubleDouble(other.model.b),
            J: DoubleDouble(other.finalCost))
    }

    private init<Scalar: RealScalar>(
        _ run: TrainingRun<Scalar>, w: [DoubleDouble], b: DoubleDouble, J: DoubleDouble
    ) {
        func difference(_ value: Scalar, _ exact: DoubleDouble) -> Double {
            (DoubleDouble(Double(value)) - exact).double
        }
        parameters = norm(zip(run.model.w, w).map { difference($0, $1) }, difference(run.model.b, b))
        cost = difference(run.finalCost, J).magnitude
    }

    /// Whether both are within the bound of the distance from an exact run, and that bound holds.
    package func isWithin(_ bound: RunBound) -> Bool {
        bound.isStable && parameters <= bound.distance && cost <= bound.J
    }
}
