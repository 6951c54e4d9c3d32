import LogisticRegression

extension Case {
    /// Random data and a random model whose z spread about `scale` wide, within the derived bounds.
    static func random(_ shape: Suite.Shape, seed: UInt64, scale: Double, threads: Int) -> Case {
        let name = scale == 0 ? "zero model" : scale > 1 ? "large model" : "random model"
        return bounded(name, .bounded, shape, seed: seed, threads: threads) {
            (synthetic(shape, seed: seed), .random(shape.nx, seed: seed, scale: scale))
        }
    }

    /// Data and a model that are made when the case comes up, against the reference within the bounds.
    static func bounded(
        _ name: String, _ kind: Verdict.Kind, _ shape: Suite.Shape, seed: UInt64, threads: Int,
        _ make: @escaping () -> (Dataset<Scalar>, Model<Scalar>)
    ) -> Case {
        Case(name: name) {
            let (data, model) = make()
            let reference = Reference(data, model)
            return { type in
                let trial = Trial(
                    rung: type.rung, scalar: Scalar.kind, kind: kind, name: name, m: shape.m, nx: shape.nx,
                    seed: seed, threads: threads)
                let gradient = type.init(data, threads: threads).gradient(at: model)
                guard reference.terms.isInRange else {
                    return [Verdict(trial, outcome: .passed, message: "sums out of range: nothing trapped")]
                }
                let bound = ErrorBound(reference, type.rung.sums)
                return [Verdict(trial, Comparison(gradient, reference, bound))]
            }
        }
    }

    /// Standard-normal features.
    static func synthetic(_ shape: Suite.Shape, seed: UInt64) -> Dataset<Scalar> {
        do {
            return try Dataset.synthetic(m: shape.m, nx: shape.nx, seed: seed)
        } catch {
            preconditionFailure("synthetic data of \(shape): \(error)")
        }
    }
}
