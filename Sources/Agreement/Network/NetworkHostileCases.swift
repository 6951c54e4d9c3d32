import Problems

extension Case {
    /// The worst that data and parameters of a network may hold.
    static func hostileNetwork(_ shape: Shape, _ activation: Activation, seed: UInt64) -> [Case] {
        func bounded(
            _ name: String, data scale: Double = 1,
            _ change: @escaping (inout Model<Scalar>, Problem<Scalar>) -> Void
        ) -> Case {
            Case.bounded(
                .hostile, name, shape, activation: activation, seed: seed, threads: threads,
                rounding: .worst
            ) {
                let data = scaled(shape, seed, by: scale)
                let problem = Problem(data, Network(hidden: shape.hidden, activation: activation))
                var model = Model(judging: problem, seed: seed)
                change(&model, problem)
                return (data, model)
            }
        }
        /// Biases of the first layer, set to one value.
        func biases(_ value: Scalar) -> (inout Model<Scalar>, Problem<Scalar>) -> Void {
            { model, problem in
                let layer = problem.shape.layers[0]
                for u in 0..<layer.units { model.parameters[layer.biases + u] = value }
            }
        }
        func multiply(_ factor: Double, firstOnly: Bool = true) -> (inout Model<Scalar>, Problem<Scalar>) ->
            Void
        {
            { model, problem in
                for layer in problem.shape.layers.prefix(firstOnly ? 1 : .max) {
                    for j in layer.weights..<layer.biases { model.parameters[j] *= Scalar(factor) }
                }
            }
        }
        let greatest = Double(Scalar.greatestFiniteMagnitude)
        let huge = greatest.squareRoot() * 0x1p20
        let least = Double(Scalar.leastNonzeroMagnitude)
        return [
            // σ and tanh at their ends, where g′ is nearly 0.
            bounded("saturated units", data: 30, multiply(30)),
            // ReLU gives 0 and its derivative is 0 for every sample: nothing gets through.
            bounded("dead units", biases(-100)),
            bounded("live units", biases(100)),
            // Equal units stay equal; errors of equal terms add up in full.
            bounded("equal units") { model, problem in
                for layer in problem.shape.layers {
                    for j in layer.weights..<layer.biases { model.parameters[j] = 0.125 }
                }
            },
            bounded("huge features", data: huge, multiply(1 / huge)),
            bounded("subnormal features", data: 64 * least) { _, _ in },
            // Beyond the greatest finite scalar nothing is promised but that nothing traps.
            bounded("overflowing sums", data: greatest / 64, multiply(1000, firstOnly: false)),
            repeated(shape, activation: activation, seed: seed),
            notANumber(shape, activation: activation, seed: seed),
            infiniteNetwork(shape, activation, seed: seed),
        ]
    }

    /// An infinite weight or bias in any layer: nothing traps.
    private static func infiniteNetwork(_ shape: Shape, _ activation: Activation, seed: UInt64) -> Case {
        Case(.hostile, "infinite model", shape, activation: activation, seed: seed, threads: threads) {
            let problem = problem(shape, activation, seed: seed)
            let model = Model(judging: problem, seed: seed)
            return { rung in
                let prepared = rung.prepare(problem, threads: threads)
                for j in shape.layers.flatMap({ [$0.weights, $0.biases] }) {
                    var infinite = model
                    infinite.parameters[j] = .infinity
                    _ = prepared.gradient(at: infinite)
                }
                return [Finding(.passed)]
            }
        }
    }
}
