import Problems

/// `arrays.whole` of networks: no loop but that over layers is left in the algorithm.
///
/// Changes from `loops.sample`: a layer takes all samples at once. The step is the mathematics over whole arrays, with
/// general operations that know nothing of networks and return a new array each, as NumPy's do. A sample is a row here,
/// as it is in memory, so that each formula is the transpose of the one on paper:
///
///     Z = A Wᵀ + b;  A = g(Z)                              l = 1 … L
///     dZ = A − Y
///     dW = dZᵀ A / m;  db = Σ dZ / m;  dZ = dZ W ∗ g′      l = L … 1
struct NetworkWholeArrays<Scalar: LaneScalar>: WholeStep {
    static var info: RungInfo {
        RungInfo(
            "arrays.whole", after: "loops.sample", "whole-array operations, each a new array",
            why:
                "A layer is three matrix products, each of three plain loops in the order that vectors like. The weights "
                + "are read once for all samples, but each operation fetches whole arrays from memory and makes a new "
                + "one.",
            sums: .running, passes: 2, sweeps: 12)
    }

    private let x: DenseMatrix<Scalar>
    private let y: Vector<Scalar>
    private let layers: [Layer]
    private let activation: Activation

    init(_ problem: Problem<Scalar>) {
        let data = problem.data
        x = DenseMatrix(Vector(sharing: data.x, 0..<data.x.count), columns: data.nx)
        y = Vector(sharing: data.y, 0..<data.m)
        (layers, activation) = (problem.shape.layers, problem.network.activation)
    }

    /// The activations of all layers, and at most about six arrays of the widest one at a time.
    static func preparedBytes(_ shape: Shape) -> Int {
        let (all, widest) = (shape.hidden.reduce(1, +), shape.hidden.max() ?? 1)
        return AlignedBuffer<Scalar>.byteCount(for: shape.m * (all + 6 * widest))
            + 3 * AlignedBuffer<Scalar>.byteCount(for: shape.parameterCount)
    }

    func gradient(at model: Model<Scalar>, into gradient: inout Gradient<Scalar>) {
        typealias Array = Vector<Scalar>
        let m = Scalar(y.count)
        let W = layers.map { layer in
            DenseMatrix(
                Array(model.parameters, first: layer.weights, count: layer.units * layer.inputs),
                columns: layer.inputs)
        }
        var a = [x]  // A⁽⁰⁾, A⁽¹⁾, …
        var z = x
        for (l, layer) in layers.enumerated() {
            z = a[l] * W[l].transposed + Array(model.parameters, first: layer.biases, count: layer.units)
            if l < layers.count - 1 { a.append(DenseMatrix(activated(z.elements), columns: layer.units)) }
        }

        let e = Array.exp(.negativeMagnitude(z.elements))
        let output = Array.select(e, whereNegative: z.elements, else: 1) / (1 + e)
        let t = (1 - 2 * y) * z.elements
        gradient.J = (Array.maximum(t, 0) + .log1p(e)).sum() / m

        var dz = DenseMatrix(output - y, columns: 1)
        for (l, layer) in layers.enumerated().reversed() {
            (dz.transposeProduct(a[l]).elements / m).copy(to: &gradient.derivatives, at: layer.weights)
            (dz.sumOfRows / m).copy(to: &gradient.derivatives, at: layer.biases)
            if l > 0 {
                dz = DenseMatrix((dz * W[l]).elements * derivative(a[l].elements), columns: layer.inputs)
            }
        }
    }

    private func activated(_ z: Vector<Scalar>) -> Vector<Scalar> {
        typealias Array = Vector<Scalar>
        switch activation {
        case .sigmoid:
            let e = Array.exp(.negativeMagnitude(z))
            return Array.select(e, whereNegative: z, else: 1) / (1 + e)
        case .tanh: return .tanh(z)
        case .relu: return .maximum(0, z)
        case .leaky: return .maximum(Scalar(Activation.leak) * z, z)
        case .linear: return z
        }
    }

    private func derivative(_ a: Vector<Scalar>) -> Vector<Scalar> {
        switch activation {
        case .sigmoid: a * (1 - a)
        case .tanh: 1 - a * a
        case .relu: .select(1, wherePositive: a, else: 0)
        case .leaky: .select(1, wherePositive: a, else: Scalar(Activation.leak))
        case .linear: .select(1, wherePositive: a, else: 1)
        }
    }
}
