import Problems

extension Case {
    /// Random data and a random model whose z spread about `scale` wide, within the derived bounds.
    static func random(_ shape: Shape, seed: UInt64, scale: Double, threads: Int) -> Case {
        bounded(name(scale), .bounded, shape, seed: seed, threads: threads) {
            (synthetic(shape, seed: seed), .random(shape.nx, seed: seed, scale: scale))
        }
    }

    /// What the models' scales are: all z are 0, most are between −2 and 2, many are saturated.
    static var scales: [Double] { [0, 1, 30] }

    static func name(_ scale: Double) -> String {
        scale == 0 ? "zero model" : scale > 1 ? "large model" : "random model"
    }

    /// Data and a model that are made when the case comes up, against the reference within the bounds.
    static func bounded(
        _ name: String, _ kind: Verdict.Kind, _ shape: Shape, seed: UInt64, threads: Int,
        _ make: @escaping () -> (Dataset<Scalar>, Model<Scalar>)
    ) -> Case {
        Case(name: name) {
            let (data, model) = make()
            let reference = Reference(data, model)
            return { type in
                let storage = type.info.storage
                func trial(_ name: String) -> Trial {
                    Trial(
                        rung: type.info, scalar: Scalar.kind, kind: kind, name: name, m: shape.m,
                        nx: shape.nx, seed: seed, threads: threads)
                }
                let gradient = type.prepare(data, threads: threads).gradient(at: model)
                let verdict = trial(name).verdict(on: gradient, against: reference, storage)
                guard storage != .scalar else { return [verdict] }
                // Beside the rounding of X much could go wrong unseen. But what X becomes is known to the bit,
                // and about the step of that the bound is as narrow as everyone's.
                let stored = Reference(data.stored(as: storage), model, storages: [.scalar])
                return [
                    verdict, trial(name + ", as stored").verdict(on: gradient, against: stored, .scalar),
                ]
            }
        }
    }

    /// Standard-normal features.
    static func synthetic(_ shape: Shape, seed: UInt64) -> Dataset<Scalar> {
        do {
            return try Dataset.synthetic(m: shape.m, nx: shape.nx, seed: seed)
        } catch {
            preconditionFailure("synthetic data of \(shape): \(error)")
        }
    }
}

extension Trial {
    /// Whether a gradient is within the derived bounds of those who store X so.
    func verdict<Scalar>(
        on gradient: Gradient<Scalar>, against reference: Reference<Scalar>, _ storage: Storage
    ) -> Verdict {
        guard reference.terms(storage).isInRange else {
            return Verdict(self, outcome: .passed, message: "sums out of range: nothing trapped")
        }
        return Verdict(
            self, Comparison(gradient, reference, ErrorBound(reference, rung.sums, storage: storage)))
    }
}

extension Judge {
    /// Tries the bounded cases of the suite on something that is no Swift type, such as a program of
    /// another language: its own order of summation and of division is within the bounds.
    ///
    /// - Parameters:
    ///   - rung: what it is called, and how it sums.
    ///   - threads: how many it uses.
    ///   - progress: called after each shape, with the fraction done; false ends the trial there.
    ///   - gradients: J, dw and db of each of some models on the same data; nil ends the trial there.
    /// - Returns: a verdict for each shape and model until the end.
    package func boundedVerdicts(
        on rung: RungInfo, threads: Int, progress: (_ done: Double) -> Bool = { _ in true },
        gradients: (_ data: Dataset<Scalar>, _ models: [Model<Scalar>]) -> [Gradient<Scalar>]?
    ) -> [Verdict] {
        var verdicts: [Verdict] = []
        for (n, shape) in suite.bounded.enumerated() {
            let seed = seed &+ UInt64(n)
            let data = Case<Scalar>.synthetic(shape, seed: seed)
            let scales = Case<Scalar>.scales
            let models = scales.map { Model<Scalar>.random(shape.nx, seed: seed, scale: $0) }
            guard let answers = gradients(data, models) else { break }
            for (scale, (model, gradient)) in zip(scales, zip(models, answers)) {
                let trial = Trial(
                    rung: rung, scalar: Scalar.kind, kind: .bounded, name: Case<Scalar>.name(scale),
                    m: shape.m, nx: shape.nx, seed: seed, threads: threads)
                verdicts.append(trial.verdict(on: gradient, against: Reference(data, model), rung.storage))
            }
            guard progress(Double(n + 1) / Double(suite.bounded.count)) else { break }
        }
        return verdicts
    }
}
