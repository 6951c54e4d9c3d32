import Problems

extension Case {
    /// dw and db against central differences of J in extended precision (`NumericGradient`).
    ///
    /// J is all that goes into it, so it also checks the formulas of the gradient.
    static func numericGradient(_ shape: Shape, seed: UInt64) -> Case {
        Case(name: "numeric gradient") {
            let data = synthetic(shape, seed: seed)
            let model = Model<Scalar>.random(shape.nx, seed: seed, scale: 1)
            let reference = Reference(data, model, isPrecise: true)
            let numeric = NumericGradient(data, model)
            return { type in
                let trial = Trial(
                    rung: type.info, scalar: Scalar.kind, kind: .independent, name: "numeric gradient",
                    m: shape.m, nx: shape.nx, seed: seed)
                let gradient = type.prepare(data, threads: 1).gradient(at: model)
                let comparison = Comparison(
                    gradient, Reference(reference, dw: numeric.dw, db: numeric.db),
                    ErrorBound(reference, type.info), addition: numeric.truncation)
                return [Verdict(trial, comparison)]
            }
        }
    }

    /// The small data sets of a fixture that are in this scalar, at each of their models.
    static func fixture(_ fixture: Fixture) -> [Case] {
        fixture.sets.filter { $0.scalar == Scalar.kind }.flatMap { set in
            set.models.enumerated().map { n, values in
                let name = "fixture \(set.name) \(n)"
                return Case(name: name) {
                    let shape = Shape(set.x.count, set.x.first?.count ?? 0)
                    let data = Dataset<Scalar>(shape) {
                        Scalar(set.x[$0][$1])
                    } label: {
                        Scalar(set.y[$0])
                    }
                    let model = Model(w: values.w.map { Scalar($0) }, b: Scalar(values.b))
                    let reference = Reference(data, model)
                    let m = DoubleDouble(Double(shape.m))
                    let outside = Reference(
                        reference, dw: values.dw.map { $0 * m }, db: values.db * m, loss: values.J * m)
                    return { type in
                        let trial = Trial(
                            rung: type.info, scalar: Scalar.kind, kind: .independent, name: name, m: shape.m,
                            nx: shape.nx, seed: 0)
                        let gradient = type.prepare(data, threads: 1).gradient(at: model)
                        let bound = ErrorBound(reference, type.info)
                        return [Verdict(trial, Comparison(gradient, outside, bound))]
                    }
                }
            }
        }
    }
}
