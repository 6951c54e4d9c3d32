import Problems

extension Model {
    /// The parameters that a problem is judged at, and that a cell is judged at before it is timed: never those where
    /// training starts, since with zeros much could go wrong unseen.
    ///
    /// Weights of a network are drawn as usual for its activation, biases too. Where the activation has a kink, the bias
    /// of each unit is then moved a little, until rounding cannot put z of any sample on the other side of it: there
    /// the derivative is 0 or 1, and a bound that allows for both is wide. Where no small move does it, z in doubt remain
    /// (`Reference.doubtful`).
    ///
    /// - Parameter scale: by how much all parameters are greater than usual; 0: all are 0.
    package init(judging problem: Problem<Scalar>, seed: UInt64, scale: Double = 1) {
        guard !problem.network.hidden.isEmpty else {
            self = .random(problem.data.nx, seed: seed, scale: scale)
            return
        }
        self.init(initial: problem.shape, Initialization(for: problem.network), seed: seed)
        var random = SplitMix64(seed: seed ^ 0x5eed)
        for layer in problem.shape.layers {
            for j in layer.biases..<layer.biases + layer.units {
                parameters[j] = Scalar(random.uniform() - 0.4)
            }
        }
        for j in parameters.indices { parameters[j] *= Scalar(scale) }
        if scale != 0, problem.network.activation.hasKink { moveAwayFromKinks(problem) }
    }

    /// Moves biases, layer after layer, since the z of one layer follow from the biases of those before.
    @specialized(where Scalar == Float)
    @specialized(where Scalar == Double)
    private mutating func moveAwayFromKinks(_ problem: Problem<Scalar>) {
        let data = problem.data
        let widest = problem.network.hidden.max() ?? 0
        // Two arrays of so many Doubles.
        guard data.m * widest <= 1 << 23 else { return }
        let rules = UnitRules(problem.network.activation, .likely, Scalar.self)
        /// z of the layer before, and its E_z.
        var (z, errors) = (Matrix<Double>(0, 0), Matrix<Double>(0, 0))
        for layer in problem.shape.layers.dropLast() {
            let weights = LayerWeights<Double>(layer, self, .likely)
            let block = LayerValues<Double>.blockSize(inputs: layer.inputs, m: data.m)
            let values = LayerValues<Double>(layer, block)
            let (nextZ, nextErrors) = (
                Matrix<Double>(data.m, layer.units), Matrix<Double>(data.m, layer.units)
            )
            for first in stride(from: 0, to: data.m, by: block) {
                let count = min(block, data.m - first)
                for i in 0..<count {
                    if layer.weights == 0 {
                        values.set(data.sample(first + i), i)
                    } else {
                        for k in 0..<layer.inputs {
                            _ = rules.apply(z[first + i, k], errors[first + i, k], to: values, i, k)
                        }
                    }
                }
                values.linear(weights, count)
                for i in 0..<count {
                    for u in 0..<layer.units {
                        let power = layer.weights == 0 ? 0 : values.errors[i, u]
                        nextZ[first + i, u] = values.z[i, u] + weights.biases[u]
                        nextErrors[first + i, u] =
                            rules.linearError(weights, u, values.sizes[i, u], power).error
                    }
                }
            }
            for u in 0..<layer.units {
                let move = Self.move(nextZ, nextErrors, u)
                guard move != 0 else { continue }
                parameters[layer.biases + u] = Scalar(weights.biases[u] + move)
                let moved = Double(parameters[layer.biases + u]) - weights.biases[u]
                for i in 0..<data.m { nextZ[i, u] += moved }
            }
            (z, errors) = (nextZ, nextErrors)
        }
    }

    /// The smallest move of a unit's z, up to a hundred times E_z, after which none is within E_z of 0; 0 where there
    /// is none.
    private static func move(_ z: Matrix<Double>, _ errors: Matrix<Double>, _ u: Int) -> Double {
        var greatest = 0.0
        for i in 0..<z.rows { greatest = max(greatest, errors[i, u]) }
        let limit = 100 * greatest
        // The moves that would put a z too near, with a margin for the rounding of the bias.
        var forbidden: [(from: Double, to: Double)] = []
        for i in 0..<z.rows where z[i, u].magnitude < limit + 2 * greatest {
            let margin = 1.5 * errors[i, u]
            forbidden.append((-z[i, u] - margin, -z[i, u] + margin))
        }
        forbidden.sort { $0.from < $1.from }
        var (best, free) = (Double.infinity, -limit)
        for range in forbidden {
            // Everything from `free` to the start of this range is allowed.
            if range.from >= free {
                let nearest = min(max(0, free), range.from)
                if nearest.magnitude < best.magnitude { best = nearest }
            }
            free = max(free, range.to)
        }
        if free <= limit, max(0, free) < best.magnitude { best = max(0, free) }
        return best.isFinite ? best : 0
    }
}
