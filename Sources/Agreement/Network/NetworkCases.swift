import Problems

extension Case {
    // MARK: Exact

    /// How an exact network ends.
    enum Ending: CaseIterable {
        /// z⁽ᴸ⁾ = 0 for every sample, so dz = ±½: J = ln 2 is not exact, and judged by its bound.
        case half
        /// |z⁽ᴸ⁾| so great that a is 0 or 1, and dz −1, 0 or 1: J is exact too.
        case ones, zeros
    }

    /// Every partial sum of every product is exact, in any order: X, W and b are small integers and g is ReLU or linear,
    /// so that all values are integers or halves of integers. All derivatives must be the same bits from all.
    ///
    /// Where a network is so wide or deep that sums would grow too great, more and more weights are 0.
    static func exactNetwork(
        _ shape: Shape, _ activation: Activation, _ ending: Ending, seed: UInt64, threads: Int
    ) -> Case {
        Case(.exact, "\(ending)", shape, activation: activation, seed: seed, threads: threads) {
            let network = Network(hidden: shape.hidden, activation: activation)
            let problem = Problem(integers(shape, seed: seed, greatest: 3), network)
            // Halves of integers.
            let limit = Scalar.kind == .float ? 0x1p23 : 0x1p52
            for sparsity in 0..<40 {
                var model = Model<Scalar>(
                    integers: shape, seed: seed, sparsity: sparsity, isPaired: ending == .half)
                if ending != .half {
                    let greatest = network.linear(problem.data, at: model).reduce(0) { max($0, $1.magnitude) }
                    let vanishing: Scalar = Scalar.kind == .float ? 128 : 800
                    model.b = (ending == .ones ? 1 : -1) * (greatest + vanishing)
                }
                let reference = Reference(problem, model, rounding: .none)
                guard reference.terms(.scalar).isBelow(limit) else { continue }
                let exact = reference.exactGradient
                return { rung in
                    let gradient = rung.prepare(problem, threads: threads).gradient(at: model)
                    let equal = Comparison(gradient, equals: exact, shape, includingJ: ending != .half)
                    let J = Comparison(gradient, reference, ErrorBound(reference, rung.info))
                    return [Finding(equal.holds && !J.holds ? J : equal)]
                }
            }
            return { _ in [Finding(.skipped, "\(shape) is too large for exact sums: try a smaller one")] }
        }
    }

    // MARK: Bounded

    /// The products that can be judged by themselves.
    enum Product: String, CaseIterable {
        /// Z = WX + b of the first layer and g after it. W⁽²⁾ = 0, so dz is ±½ to the bit and dW⁽²⁾ shows A; with a
        /// single sample, nothing else.
        case z = "product Z"
        /// dA = Wᵀ dZ of the second layer. W⁽¹⁾ = 0 and g(0) = 0, so that everything up to dZ⁽²⁾, ± a power of two, is
        /// exact; db⁽¹⁾ shows dA and, with a single sample, nothing else.
        case da = "product dA"
        /// dW = dZ Xᵀ of the first layer, with dZ ± a power of two for the same reasons.
        case dw = "product dW"
    }

    /// One product with its own inputs, within the bound of that product alone, whatever the values: the others are
    /// exact.
    ///
    /// - Parameters:
    ///   - shape: with one hidden layer; the product dA is that of a second one as wide as X.
    ///   - activation: of Z; the other products take one with g(0) = 0 and g′(0) = 1.
    static func product(
        _ product: Product, _ shape: Shape, _ activation: Activation, seed: UInt64, threads: Int
    ) -> Case {
        let units = shape.hidden[0]
        let hidden = product == .da ? [shape.nx, units] : [units]
        let shape = Shape(shape.m, product == .da ? 3 : shape.nx, hidden: hidden)
        let isFlat = activation == .linear || activation == .tanh
        let activation = product == .z || isFlat ? activation : .linear
        return bounded(
            .bounded, product.rawValue, shape, activation: activation, seed: seed, threads: threads,
            rounding: .worst
        ) {
            var random = SplitMix64(seed: seed ^ 0xda7a)
            let problem = problem(shape, activation, seed: seed)
            var model =
                product == .z
                ? Model(judging: problem, seed: seed)
                : Model<Scalar>(parameters: Array(repeating: 0, count: shape.parameterCount))
            let powers: [Scalar] = [1, -2, -1, 0.5, 4]
            guard let last = shape.layers.last else { return (problem.data, model) }
            for k in 0..<last.inputs {
                model.parameters[last.weights + k] =
                    product == .z ? 0 : powers[k % powers.count]
            }
            if product == .z { model.parameters[last.biases] = 0 }
            if product == .da {
                let layer = shape.layers[1]
                for j in layer.weights..<layer.biases {
                    model.parameters[j] = Scalar(2 * random.uniform() - 1)
                }
            }
            return (problem.data, model)
        }
    }
}

extension Model {
    /// Integers from −2 to 2, none of them 0 but where `sparsity` makes them so: each weight of a hidden layer is left
    /// with a probability of 2⁻ˢ.
    ///
    /// - Parameter isPaired: units of the last hidden layer come in equal pairs, whose output weights are w and −w, so
    ///   that z⁽ᴸ⁾ = 0 whatever the sample. One that is left over has a constant, positive a, which b⁽ᴸ⁾ takes off again.
    fileprivate init(integers shape: Shape, seed: UInt64, sparsity: Int, isPaired: Bool) {
        var random = SplitMix64(seed: seed &+ 2)
        func integer(_ greatest: Int) -> Scalar { Scalar(Case<Scalar>.integer(&random, greatest)) }
        self.init(parameters: Array(repeating: 0, count: shape.parameterCount))
        let layers = shape.layers
        for (l, layer) in layers.enumerated() {
            let isOutput = l == layers.count - 1
            for j in layer.weights..<layer.biases {
                let isLeft = isOutput || (0..<sparsity).allSatisfy { _ in random.next() & 1 == 0 }
                let value = integer(isOutput ? 2 : 1)
                if isLeft { parameters[j] = value }
            }
            for j in layer.biases..<layer.biases + layer.units { parameters[j] = integer(2) }
        }
        guard isPaired, layers.count > 1 else { return }
        let (layer, output) = (layers[layers.count - 2], layers[layers.count - 1])
        parameters[output.biases] = 0
        for u in stride(from: 1, to: layer.units, by: 2) {
            for k in 0..<layer.inputs {
                parameters[layer.weights + u * layer.inputs + k] =
                    parameters[layer.weights + (u - 1) * layer.inputs + k]
            }
            parameters[layer.biases + u] = parameters[layer.biases + u - 1]
            parameters[output.weights + u] = -parameters[output.weights + u - 1]
        }
        guard layer.units % 2 == 1 else { return }
        let u = layer.units - 1
        for k in 0..<layer.inputs { parameters[layer.weights + u * layer.inputs + k] = 0 }
        parameters[layer.biases + u] = parameters[layer.biases + u].magnitude
        parameters[output.biases] = -parameters[output.weights + u] * parameters[layer.biases + u]
    }
}
