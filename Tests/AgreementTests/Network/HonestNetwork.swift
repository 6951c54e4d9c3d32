import Problems

/// One honest, plain implementation of a step of a network with a number of places where it can be sabotaged.
class HonestNetwork<Scalar: RealScalar> {
    class var isThreaded: Bool { false }
    class var name: String { "\(self)" }
    /// The shapes that it says take its paths.
    class var shapes: [Shape] { [] }

    let problem: Problem<Scalar>
    let threads: Int
    let layers: [Layer]
    var activation: Activation { problem.network.activation }

    required init(_ problem: Problem<Scalar>, threads: Int) {
        (self.problem, self.threads, layers) = (problem, threads, problem.shape.layers)
    }

    static var rung: Rung<Scalar> {
        let info = RungInfo(name, after: nil, "a test", sums: .running, isThreaded: isThreaded)
        let type = self
        return Rung(info, shapes: { type.shapes }) { _, _ in
            0
        } prepare: { problem, threads in
            let network = type.init(problem, threads: threads)
            return Prepared {
                type.isThreaded ? threads : 1
            } gradient: {
                network.gradient(at: $0, into: &$1)
            }
        }
    }

    // What saboteurs replace.

    /// The samples that are added up, in order.
    func samples() -> [Int] { Array(0..<problem.data.m) }
    /// The features of a sample, and its label.
    func sample(_ i: Int) -> ([Scalar], Scalar) {
        (Array(problem.data.sample(i)), problem.data.y.elements[i])
    }
    /// The model that is used.
    func model(_ model: Model<Scalar>) -> Model<Scalar> { model }
    /// The sums before the first sample.
    func start(_ gradient: inout Gradient<Scalar>) { gradient.reset() }
    /// z of one unit.
    func linear(_ l: Int, _ u: Int, _ input: [Scalar], _ model: Model<Scalar>) -> Scalar {
        let layer = layers[l]
        var z = model.parameters[layer.biases + u]
        for k in 0..<layer.inputs {
            z += model.parameters[layer.weights + u * layer.inputs + k] * input[k]
        }
        return z
    }
    /// g(z)
    func value(_ z: Scalar) -> Scalar { activation.value(z) }
    /// g′ of unit k, an input of layer l; a of all layers, X first.
    func slope(_ l: Int, _ k: Int, _ a: [[Scalar]]) -> Scalar { activation.derivative(at: a[l][k]) }
    /// dz of the last layer.
    func difference(_ a: Scalar, _ y: Scalar) -> Scalar { a - y }
    /// dA of input k of layer l.
    func backward(
        _ l: Int, _ k: Int, _ dz: [Scalar], _ model: Model<Scalar>, _ gradient: Gradient<Scalar>
    ) -> Scalar {
        let layer = layers[l]
        var sum: Scalar = 0
        for u in 0..<layer.units { sum += model.parameters[layer.weights + u * layer.inputs + k] * dz[u] }
        return sum
    }
    /// The product of sample i that is added to dW_uk of layer l.
    func product(_ l: Int, _ u: Int, _ k: Int, _ dz: Scalar, _ a: Scalar, _ i: Int) -> Scalar { dz * a }
    /// The term that is added to db of layer l.
    func bias(_ l: Int, _ dz: Scalar) -> Scalar { dz }
    /// The division by m.
    func finish(_ gradient: inout Gradient<Scalar>) { gradient.divide(by: problem.data.m) }

    func gradient(at given: Model<Scalar>, into gradient: inout Gradient<Scalar>) {
        let model = self.model(given)
        start(&gradient)
        for i in samples() {
            let (x, y) = sample(i)
            var (a, z) = ([x], Scalar(0))
            for l in layers.indices {
                let zs = (0..<layers[l].units).map { linear(l, $0, a[l], model) }
                if l == layers.count - 1 { z = zs[0] } else { a.append(zs.map(value)) }
            }
            let (output, loss) = logistic(z, label: y)
            gradient.J += loss
            var dz = [difference(output, y)]
            for l in layers.indices.reversed() {
                let layer = layers[l]
                var next: [Scalar] = []
                if l > 0 {
                    next = (0..<layer.inputs).map { backward(l, $0, dz, model, gradient) * slope(l, $0, a) }
                }
                for u in 0..<layer.units {
                    for k in 0..<layer.inputs {
                        gradient.derivatives[layer.weights + u * layer.inputs + k] +=
                            product(l, u, k, dz[u], a[l][k], i)
                    }
                    gradient.derivatives[layer.biases + u] += bias(l, dz[u])
                }
                dz = next
            }
        }
        finish(&gradient)
    }
}
