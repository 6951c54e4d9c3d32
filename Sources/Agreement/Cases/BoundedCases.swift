import Problems

extension Case {
    /// Random data and a random model whose z spread about `scale` wide, within the derived bounds.
    static func random(_ shape: Shape, seed: UInt64, scale: Double, threads: Int) -> Case {
        let name = scale == 0 ? "zero model" : scale > 1 ? "large model" : "random model"
        return bounded(.bounded, name, shape, seed: seed, threads: threads) {
            (synthetic(shape, seed: seed), .random(shape.nx, seed: seed, scale: scale))
        }
    }

    /// The scales of the models: all z are 0, most are between −2 and 2, many are saturated.
    static var scales: [Double] { [0, 1, 30] }

    /// Data and a model that are made when the case comes up, against the reference within the bounds.
    static func bounded(
        _ kind: Verdict.Kind, _ name: String, _ shape: Shape, activation: Activation = .relu, seed: UInt64,
        threads: Int, rounding: Rounding = .likely, _ make: @escaping () -> (Dataset<Scalar>, Model<Scalar>)
    ) -> Case {
        Case(kind, name, shape, activation: activation, seed: seed, threads: threads) {
            let (data, model) = make()
            let problem = Problem(data, Network(hidden: shape.hidden, activation: activation))
            let reference = Reference(problem, model, rounding: rounding)
            return { rung in
                let (sums, storage) = (rung.info.sums, rung.info.storage)
                let gradient = rung.prepare(problem, threads: threads).gradient(at: model)
                let finding = Finding(inRange: gradient, reference, sums, storage)
                guard storage != .scalar else { return [finding] }
                // The rounding of X could hide much that is wrong. But X as it is stored is known to the bit, and
                // about the step of that the bound is as narrow as everyone's.
                let stored = Reference(data.stored(as: storage), model, storages: [.scalar])
                return [
                    finding, Finding(inRange: gradient, stored, sums, .scalar).named(name + ", as stored"),
                ]
            }
        }
    }
}
