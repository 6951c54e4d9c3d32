import Problems

/// `loops.nested` of networks: four loops, over samples, layers, units and inputs, as a beginner writes them.
///
/// X is an array of samples, W an array of layers of units of inputs, and each sample goes forward and backward alone:
///
///     for i in 1…m:
///         a⁽⁰⁾ = x⁽ⁱ⁾
///         for l in 1…L:  for u in units:
///             z = b⁽ˡ⁾_u;  for k in inputs:  z += W⁽ˡ⁾_uk · a⁽ˡ⁻¹⁾_k
///             a⁽ˡ⁾_u = g(z)
///         J += L(a⁽ᴸ⁾, y⁽ⁱ⁾);  dz⁽ᴸ⁾ = a⁽ᴸ⁾ − y⁽ⁱ⁾
///         for l in L…1:  for u in units:
///             for k in inputs:  dW⁽ˡ⁾_uk += dz⁽ˡ⁾_u · a⁽ˡ⁻¹⁾_k;  da_k += W⁽ˡ⁾_uk · dz⁽ˡ⁾_u
///             db⁽ˡ⁾_u += dz⁽ˡ⁾_u
///             dz⁽ˡ⁻¹⁾ = da ∗ g′
///     J /= m;  dW /= m;  db /= m
struct NetworkNestedLoops<Scalar: RealScalar>: WholeStep {
    static var info: RungInfo {
        RungInfo(
            "loops.nested", after: nil, "four explicit loops over arrays of arrays",
            why:
                "For each weight and sample the inner loop looks up the array of its unit and checks its indices, and "
                + "each addition to z waits for the one before it.",
            sums: .running)
    }

    private let x: [[Scalar]]
    private let y: [Scalar]
    private let layers: [Layer]
    private let activation: Activation

    init(_ problem: Problem<Scalar>) {
        let data = problem.data
        x = (0..<data.m).map { Array(data.sample($0)) }
        y = Array(data.y.elements)
        (layers, activation) = (problem.shape.layers, problem.network.activation)
    }

    /// An array has 32 bytes in front of its elements, and lies in a block that malloc rounds up; of each, the array
    /// of arrays holds a reference.
    static func preparedBytes(_ shape: Shape) -> Int {
        let (m, units) = (shape.m, shape.hidden.reduce(1, +))
        return (m * shape.nx + m + 2 * shape.parameterCount) * MemoryLayout<Scalar>.stride
            + (m + 2 * units) * (32 + 16 + MemoryLayout<[Scalar]>.stride)
    }

    @inline(never)
    func gradient(at model: Model<Scalar>, into gradient: inout Gradient<Scalar>) {
        let last = layers.count - 1
        let W = layers.map { layer in
            (0..<layer.units).map { u in
                let row = layer.weights + u * layer.inputs
                return Array(model.parameters[row..<row + layer.inputs])
            }
        }
        let b = layers.map { Array(model.parameters[$0.biases..<$0.biases + $0.units]) }
        var dW = W.map { $0.map { $0.map { _ in Scalar(0) } } }
        var db = b.map { $0.map { _ in Scalar(0) } }
        var a = b  // a⁽ˡ⁾ of each layer, which is the input of the next one
        var J: Scalar = 0

        for i in 0..<x.count {
            for l in 0...last {
                for u in 0..<W[l].count {
                    var z = b[l][u]
                    for k in 0..<W[l][u].count {
                        z += W[l][u][k] * (l == 0 ? x[i][k] : a[l - 1][k])
                    }
                    a[l][u] = l == last ? z : activation.value(z)
                }
            }
            let (output, loss) = logistic(a[last][0], label: y[i])
            J += loss
            var dz = [output - y[i]]
            for l in (0...last).reversed() {
                var da = Array(repeating: Scalar(0), count: layers[l].inputs)
                for u in 0..<W[l].count {
                    for k in 0..<W[l][u].count {
                        dW[l][u][k] += dz[u] * (l == 0 ? x[i][k] : a[l - 1][k])
                        if l > 0 { da[k] += W[l][u][k] * dz[u] }
                    }
                    db[l][u] += dz[u]
                }
                if l > 0 { dz = da.indices.map { da[$0] * activation.derivative(at: a[l - 1][$0]) } }
            }
        }

        gradient.J = J
        gradient.derivatives = zip(dW, db).flatMap { $0.flatMap(\.self) + $1 }
        gradient.divide(by: x.count)
    }
}
