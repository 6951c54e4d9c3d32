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
            let shape = Shape(set.x.count, set.x.first?.count ?? 0)
            return set.models.enumerated().map { n, values in
                Case(.independent, "fixture \(set.name) \(n)", shape) {
                    let data = Dataset<Scalar>(shape) {
                        Scalar(set.x[$0][$1])
                    } label: {
                        Scalar(set.y[$0])
                    }
                    let model = Model(w: values.w.map { Scalar($0) }, b: Scalar(values.b))
                    let reference = Reference(data, model)
                    let m = DoubleDouble(Double(shape.m))
                    let outside = Reference(
                        reference, derivatives: (values.dw + [values.db]).map { $0 * m }, loss: values.J * m)
                    return { rung in
                        let gradient = rung.prepare(data, threads: 1).gradient(at: model)
                        return [Finding(Comparison(gradient, outside, ErrorBound(reference, rung.info)))]
                    }
                }
            }
        }
    }
}
