import Problems

extension Case {
    /// The derivatives against central differences of J in extended precision (`NumericGradient`).
    ///
    /// J is all that goes into it, so it also checks the formulas of the gradient.
    static func numericGradient(
        _ shape: Shape, activation: Activation = .relu, seed: UInt64
    ) -> Case {
        Case(.independent, "numeric gradient", shape, activation: activation, seed: seed) {
            let problem = problem(shape, activation, seed: seed)
            let model = Model(judging: problem, seed: seed)
            let reference = Reference(problem, model, isPrecise: true)
            let numeric = NumericGradient(problem, model)
            let differences = Reference(reference, derivatives: numeric.derivatives)
            return { rung in
                let gradient = rung.prepare(problem, threads: 1).gradient(at: model)
                let bound = ErrorBound(reference, rung.info)
                return [Finding(Comparison(gradient, differences, bound, addition: numeric.truncation))]
            }
        }
    }

    /// The small data sets of a fixture that are in this scalar, at each of their models.
    static func fixture(_ fixture: Fixture) -> [Case] {
        fixture.sets.filter { $0.scalar == Scalar.kind }.flatMap { set in
            set.models.enumerated().map { n, values in
                outside(
                    "\(set.name) \(n)", x: set.x, y: set.y, parameters: values.w + [values.b], J: values.J,
                    derivatives: values.dw + [values.db])
            }
        }
    }

    /// Values that were computed outside of Swift, within the bounds.
    static func outside(
        _ name: String, x: [[Double]], y: [Double], _ network: Network = .logistic, parameters: [Double],
        J: DoubleDouble, derivatives: [DoubleDouble]
    ) -> Case {
        let shape = Shape(x.count, x.first?.count ?? 0, hidden: network.hidden)
        return Case(.independent, "fixture \(name)", shape, activation: network.activation) {
            let data = Dataset<Scalar>(shape) {
                Scalar(x[$0][$1])
            } label: {
                Scalar(y[$0])
            }
            let problem = Problem(data, network)
            let model = Model(parameters: parameters.map { Scalar($0) })
            let reference = Reference(problem, model)
            let m = DoubleDouble(Double(shape.m))
            let given = Reference(reference, derivatives: derivatives.map { $0 * m }, loss: J * m)
            return { rung in
                let gradient = rung.prepare(problem, threads: 1).gradient(at: model)
                return [Finding(Comparison(gradient, given, ErrorBound(reference, rung.info)))]
            }
        }
    }
}
