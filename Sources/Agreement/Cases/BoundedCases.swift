import Problems

extension Case {
    /// Random data and a random model, within the derived bounds.
    ///
    /// - Parameter scale: about how wide z spread in logistic regression; by how much all parameters of a network are
    ///   greater than usual.
    static func random(
        _ shape: Shape, _ activation: Activation = .relu, seed: UInt64, scale: Double = 1, threads: Int
    ) -> Case {
        let name = scale == 0 ? "zero model" : scale > 1 ? "large model" : "random model"
        // Saturated or zero, all dz of a network are alike, and so are the errors of their sums.
        return bounded(
            .bounded, name, shape, activation: activation, seed: seed, threads: threads,
            rounding: scale == 1 ? .likely : .worst
        ) {
            let problem = problem(shape, activation, seed: seed)
            return (problem.data, Model(judging: problem, seed: seed, scale: scale))
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
