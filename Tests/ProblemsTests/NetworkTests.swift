import Problems
import Testing

@Suite("A network says the same of samples one by one and many at a time")
struct NetworkTests {
    static let networks: [(Int, Network)] = [
        (1, Network(hidden: [1], activation: .tanh)), (3, .logistic),
        (5, Network(hidden: [4], activation: .relu)),
        (7, Network(hidden: [9, 3, 6], activation: .leaky)),
        (2, Network(hidden: [5, 1], activation: .sigmoid)),
        (6, Network(hidden: [2], activation: .linear)),
    ]

    private func agree<Scalar: RealScalar>(_ nx: Int, _ network: Network, _: Scalar.Type) throws {
        for m in [1, 15, 16, 17, 40] {
            let data = try Dataset<Scalar>.synthetic(m: m, nx: nx, seed: 4)
            var model = Model<Scalar>(initial: Shape(m, nx, hidden: network.hidden), .small, seed: 2)
            for j in model.parameters.indices { model.parameters[j] = 40 * model.parameters[j] + 0.1 }
            let expected = (0..<m).map { network.forward(data.sample($0), at: model) }
            #expect(network.linear(data, at: model) == expected)
            if network == .logistic { #expect(expected == (0..<m).map { model.linear(data.sample($0)) }) }
            let losses = zip(expected, data.y.elements).map { Double(logistic($0, label: $1).loss) }
            #expect(model.cost(on: data, as: network) == losses.reduce(0, +) / Double(m))
            let right = zip(expected, data.y.elements).count { (sigmoid($0) >= 0.5) == ($1 == 1) }
            #expect(model.accuracy(on: data, as: network) == Double(right) / Double(m))
        }
    }

    @Test("z has the same bits, whatever the number of samples", arguments: networks)
    func linear(_ nx: Int, _ network: Network) throws {
        try agree(nx, network, Double.self)
        try agree(nx, network, Float.self)
    }

    @Test("A NaN of one sample stays with that sample")
    func notANumber() throws {
        let network = Network(hidden: [3], activation: .relu)
        let model = Model<Double>(initial: Shape(1, 2, hidden: [3]), .he, seed: 1)
        var x = Array(repeating: 0.5, count: 40)
        x[7] = .nan
        let z = x.withUnsafeBufferPointer { network.linear($0, nx: 2, at: model) }
        #expect(z.indices.filter { z[$0].isNaN } == [3])
    }

    @Test("Layers whose units cannot part are found, and no others")
    func equalUnits() {
        let shape = Shape(1, 3, hidden: [4, 2, 1])
        func layers(_ start: Initialization, _ change: (inout Model<Float>) -> Void = { _ in }) -> [Int] {
            var model = Model<Float>(initial: shape, start, seed: 3)
            change(&model)
            return shape.layersOfEqualUnits(model)
        }
        #expect(layers(.zero) == [1, 2])
        #expect(layers(.he).isEmpty)
        #expect(Shape(1, 3).layersOfEqualUnits(Model<Float>(zeros: 3)).isEmpty)
        // One weight in, one bias, or one weight out makes the difference.
        #expect(layers(.zero, { $0.parameters[5] = 1 }) == [2])
        #expect(layers(.zero, { $0.parameters[shape.layers[0].biases + 3] = 1 }) == [2])
        #expect(layers(.zero, { $0.parameters[shape.layers[1].weights + 2] = 1 }).isEmpty)
        #expect(layers(.zero, { $0.parameters[shape.layers[2].weights + 1] = 1 }) == [1])
    }
}

@Suite("A learning rate is found by trial")
struct LearningRateSearchTests {
    /// J = ½kθ², along which an update multiplies θ by 1 − αk.
    func parabola(_ k: Double) -> Prepared<Double> {
        Prepared { model, gradient in
            let theta = model.parameters[0]
            (gradient.J, gradient.derivatives[0]) = (k * theta * theta / 2, k * theta)
        }
    }

    let start = Model<Double>(parameters: [3])

    @Test("It is the one that lowers J most", arguments: [(1.0, 1.0), (4, 0.25), (1e-3, 8), (1e12, 0x1p-40)])
    func greatest(k: Double, rate: Double) throws {
        #expect(LearningRateSearch.greatest(parabola(k), from: start) == rate)
    }

    @Test("There is none where J is flat, no number, or rises either way")
    func none() {
        #expect(LearningRateSearch.greatest(parabola(0), from: start) == nil)
        #expect(LearningRateSearch.greatest(parabola(.nan), from: start) == nil)
        let wrongSign = Prepared<Double> { model, gradient in
            (gradient.J, gradient.derivatives[0]) = (
                model.parameters[0] * model.parameters[0], -model.parameters[0]
            )
        }
        #expect(LearningRateSearch.greatest(wrongSign, from: start) == nil)
        #expect(LearningRateSearch.below(1, wrongSign, from: start) == nil)
    }

    @Test("Below a rate that is too large the first that is not is half of one that is")
    func below() throws {
        // J falls below α = 2.
        #expect(LearningRateSearch.below(20, parabola(1), from: start) == 1.25)
        #expect(LearningRateSearch.below(3, parabola(1), from: start) == 1.5)
    }

    @Test("Ctrl-C ends the search")
    func cancelled() {
        var asked = 0
        let found = LearningRateSearch.greatest(parabola(1), from: start) {
            asked += 1
            return asked > 3
        }
        #expect(found == nil && asked < 10)
    }

    @Test("A run has diverged where J ends greater than it began, or is no number")
    func diverged() throws {
        func run(_ costs: Double...) throws -> Bool {
            // The parameter counts the updates.
            let steps = Prepared<Double> { model, gradient in
                (gradient.J, gradient.derivatives[0]) = (costs[Int(model.parameters[0])], -1)
            }
            let descent = try GradientDescent<Double>(learningRate: 1, iterations: costs.count - 1)
            return descent.run(steps, from: Model(parameters: [0])).hasDiverged
        }
        #expect(try !run(1, 0.5) && !run(1, 9, 1) && !run(1, 1 + 1e-9))
        #expect(try run(1, 1.1) && run(1, .nan) && run(1, .infinity))
    }
}
