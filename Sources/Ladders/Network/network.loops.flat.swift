import Problems

/// `loops.flat` of networks: the same four loops over flat arrays.
///
///     z = b[u];  for k in inputs:  z += W[u·n + k] · a[k]
///     for u in units:  for k in inputs:  dW[u·n + k] += dz[u] · a[k];  da[k] += W[u·n + k] · dz[u]
///
/// Changes from `loops.nested`: parameters, derivatives and activations are one array each, so that the place of an
/// element is computed and not looked up.
struct NetworkFlatLoops<Scalar: RealScalar>: WholeStep {
    static var info: RungInfo {
        RungInfo(
            "loops.flat", after: "loops.nested", "the same loops over flat arrays",
            why:
                "The place of a weight is computed and not looked up in an array of arrays, one check is left for each "
                + "access, and nothing is allocated in a step.",
            sums: .running)
    }

    private let x, y: [Scalar]
    private let layers: [Layer]
    private let activation: Activation
    private let widest: Int

    init(_ problem: Problem<Scalar>) {
        x = Array(problem.data.x.elements)
        y = Array(problem.data.y.elements)
        (layers, activation) = (problem.shape.layers, problem.network.activation)
        widest = layers.reduce(0) { max($0, $1.inputs) }
    }

    static func preparedBytes(_ shape: Shape) -> Int {
        let widest = max(shape.nx, shape.hidden.max() ?? 1)
        return (shape.m * (shape.nx + 1) + shape.hidden.reduce(shape.nx, +) + 2 * widest)
            * MemoryLayout<Scalar>.stride
    }

    @inline(never)
    func gradient(at model: Model<Scalar>, into gradient: inout Gradient<Scalar>) {
        gradient.reset()
        let nx = layers[0].inputs
        // x of a sample, and a⁽ˡ⁾ of each hidden layer after it.
        var a = Array(repeating: Scalar(0), count: layers.reduce(0) { $0 + $1.inputs })
        var dz = Array(repeating: Scalar(0), count: widest)
        var da = dz
        for i in 0..<y.count {
            for j in 0..<nx { a[j] = x[i * nx + j] }
            var (input, z) = (0, Scalar(0))
            for (l, layer) in layers.enumerated() {
                let output = input + layer.inputs
                for u in 0..<layer.units {
                    let row = layer.weights + u * layer.inputs
                    z = model.parameters[layer.biases + u]
                    for k in 0..<layer.inputs {
                        z += model.parameters[row + k] * a[input + k]
                    }
                    if l < layers.count - 1 { a[output + u] = activation.value(z) }
                }
                if l < layers.count - 1 { input = output }
            }
            let (output, loss) = logistic(z, label: y[i])
            gradient.J += loss
            dz[0] = output - y[i]
            for (l, layer) in layers.enumerated().reversed() {
                for k in 0..<layer.inputs { da[k] = 0 }
                for u in 0..<layer.units {
                    let row = layer.weights + u * layer.inputs
                    for k in 0..<layer.inputs {
                        gradient.derivatives[row + k] += dz[u] * a[input + k]
                    }
                    gradient.derivatives[layer.biases + u] += dz[u]
                    guard l > 0 else { continue }
                    for k in 0..<layer.inputs {
                        da[k] += model.parameters[row + k] * dz[u]
                    }
                }
                guard l > 0 else { break }
                for k in 0..<layer.inputs { dz[k] = da[k] * activation.derivative(at: a[input + k]) }
                input -= layers[l - 1].inputs
            }
        }
        gradient.divide(by: y.count)
    }
}
