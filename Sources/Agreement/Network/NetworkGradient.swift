import Problems

extension NumericGradient {
    /// The gradient of m·J of a network by central differences, (m·J(θ_j + h) − m·J(θ_j − h)) / 2h with h = 2⁻³⁰, in
    /// extended precision. J is all that goes into it.
    ///
    /// The error of cutting the series off is seen from the difference over 2h, which is about four times as far off.
    /// A derivative is left out where an activation has a kink between θ_j − 2h and θ_j + 2h: J has no derivative
    /// there, and a difference is the mean of those on both sides (`skipped`).
    ///
    /// - Parameters:
    ///   - parameters: those by which the derivatives of a network are taken, in this order; all where nil.
    ///   - progress: called before each with the fraction done.
    package init<Scalar: RealScalar>(
        _ problem: Problem<Scalar>, _ model: Model<Scalar>, of parameters: [Int]? = nil,
        progress: (Double) -> Void = { _ in }
    ) {
        guard !problem.network.hidden.isEmpty else {
            self.init(problem.data, model, progress: progress)
            return
        }
        let network = NetworkLoss(problem, model)
        let h = 0x1p-30
        let rounding = 0x1p-90 / h * max(1, network.loss(0, 0).sum.double / Double(problem.data.m))
        self.init()
        let parameters = parameters ?? Array(model.parameters.indices)
        for (place, j) in parameters.enumerated() {
            progress(Double(place) / Double(parameters.count))
            let steps = [h, -h, 2 * h, -2 * h].map { network.loss(j, $0) }
            guard steps.dropFirst().allSatisfy({ $0.sides == steps[0].sides }) else {
                skip(j)
                continue
            }
            let slope = (steps[0].sum - steps[1].sum) / DoubleDouble(2 * h)
            let wide = (steps[2].sum - steps[3].sum) / DoubleDouble(4 * h)
            add(slope, truncation: (slope - wide).double.magnitude / Double(problem.data.m) + rounding)
        }
    }
}

/// m·J of a network as a function of one parameter, sample by sample in extended precision.
private struct NetworkLoss {
    private let x: [[Double]]
    private let y: [Double]
    private let layers: [Layer]
    private let activation: Activation
    private let leak: DoubleDouble
    private let parameters: [Double]

    init<Scalar: RealScalar>(_ problem: Problem<Scalar>, _ model: Model<Scalar>) {
        x = (0..<problem.data.m).map { problem.data.sample($0).map { Double($0) } }
        y = problem.data.y.elements.map { Double($0) }
        (layers, activation) = (problem.shape.layers, problem.network.activation)
        leak = DoubleDouble(Double(Scalar(Activation.leak)))
        parameters = model.parameters.map { Double($0) }
    }

    /// Σ L where parameter j is moved by h, and on which side of a kink each z is.
    func loss(_ j: Int, _ h: Double) -> (sum: DoubleDouble, sides: [Bool]) {
        var (sum, sides) = (DoubleDouble(0), [Bool]())
        for (x, y) in zip(x, y) {
            var input = x.map { DoubleDouble($0) }
            for (l, layer) in layers.enumerated() {
                let z = (0..<layer.units).map { u in
                    var z = DoubleDouble(parameters[layer.biases + u])
                    if layer.biases + u == j { z = z + DoubleDouble(h) }
                    let row = layer.weights + u * layer.inputs
                    for k in 0..<layer.inputs { z.add(parameters[row + k], times: input[k]) }
                    if row <= j, j < row + layer.inputs { z.add(h, times: input[j - row]) }
                    return z
                }
                if l == layers.count - 1 {
                    sum = sum + DoubleDouble.logistic(z[0], label: y).loss
                } else {
                    if activation.hasKink { sides += z.map { $0 > DoubleDouble(0) } }
                    input = z.map(value)
                }
            }
        }
        return (sum, sides)
    }

    /// g(z), from its definition.
    private func value(_ z: DoubleDouble) -> DoubleDouble {
        switch activation {
        case .linear: z
        case .relu: z > DoubleDouble(0) ? z : DoubleDouble(0)
        case .leaky: z > DoubleDouble(0) ? z : leak * z
        case .tanh: DoubleDouble.tanh(z)
        case .sigmoid: DoubleDouble.logistic(z, label: 0).a
        }
    }
}
