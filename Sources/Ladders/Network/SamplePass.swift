import Problems

/// The two operations over the inputs of a unit, in which those rungs differ that take one sample after another.
protocol InputOperations<Scalar> {
    associatedtype Scalar: LaneScalar

    static var info: RungInfo { get }

    /// The inner product of n scalars each.
    static func dot(_ w: UnsafePointer<Scalar>, _ a: UnsafePointer<Scalar>, _ n: Int) -> Scalar

    /// y := y + factor·a, for n scalars each.
    static func axpy(
        _ factor: Scalar, _ a: UnsafePointer<Scalar>, _ y: UnsafeMutablePointer<Scalar>, _ n: Int)
}

extension InputOperations {
    /// That of whole vectors.
    @inline(__always)
    static func axpy(
        _ factor: Scalar, _ a: UnsafePointer<Scalar>, _ y: UnsafeMutablePointer<Scalar>, _ n: Int
    ) {
        Ladders.axpy(
            factor, UnsafeBufferPointer(start: a, count: n), UnsafeMutableBufferPointer(start: y, count: n))
    }
}

/// One sample after another through all layers, forward and backward: each layer is a matrix–vector product, an
/// operation for each unit.
struct SamplePass<Operations: InputOperations>: WholeStep {
    typealias Scalar = Operations.Scalar

    static var info: RungInfo { Operations.info }

    private let data: Dataset<Scalar>
    private let layers: [Layer]
    private let activation: Activation
    /// a⁽ˡ⁾ of each hidden layer, one after the other.
    private let a: AlignedBuffer<Scalar>
    private let dz, da: AlignedBuffer<Scalar>

    init(_ problem: Problem<Scalar>) {
        data = problem.data
        (layers, activation) = (problem.shape.layers, problem.network.activation)
        a = AlignedBuffer(zeros: problem.network.hidden.reduce(0, +))
        let widest = problem.network.hidden.max() ?? 1
        dz = AlignedBuffer(zeros: widest)
        da = AlignedBuffer(zeros: widest)
    }

    static func preparedBytes(_ shape: Shape) -> Int {
        AlignedBuffer<Scalar>.byteCount(for: shape.hidden.reduce(0, +))
            + 2 * AlignedBuffer<Scalar>.byteCount(for: shape.hidden.max() ?? 1)
    }

    @inline(never)
    func gradient(at model: Model<Scalar>, into gradient: inout Gradient<Scalar>) {
        gradient.reset()
        var J: Scalar = 0
        layers.withUnsafeBufferPointer { layers in
            model.parameters.withUnsafeBufferPointer { parameters in
                gradient.derivatives.withUnsafeMutableBufferPointer { derivatives in
                    guard let p = parameters.baseAddress, let d = derivatives.baseAddress else { return }
                    for i in 0..<data.m {
                        let (a, loss) = logistic(forward(i, layers, p), label: data.y.base[i])
                        J += loss
                        dz.base[0] = a - data.y.base[i]
                        backward(i, layers, p, d)
                    }
                }
            }
        }
        gradient.J = J
        gradient.divide(by: data.m)
    }

    private func x(_ i: Int) -> UnsafePointer<Scalar> { UnsafePointer(data.x.base + i &* data.nx) }

    /// z of the last layer for sample i, the activations of the others on the way.
    @inline(__always)
    private func forward(
        _ i: Int, _ layers: UnsafeBufferPointer<Layer>, _ p: UnsafePointer<Scalar>
    ) -> Scalar {
        var (input, output, z) = (x(i), a.base, Scalar(0))
        for l in 0..<layers.count {
            let (layer, isHidden) = (layers[l], l < layers.count &- 1)
            for u in 0..<layer.units {
                let row = p + (layer.weights &+ u &* layer.inputs)
                z = p[layer.biases &+ u] + Operations.dot(row, input, layer.inputs)
                if isHidden { output[u] = activation.value(z) }
            }
            if isHidden {
                input = UnsafePointer(output)
                output += layer.units
            }
        }
        return z
    }

    /// Adds dW and db of sample i, from the last dz, to the derivatives.
    @inline(__always)
    private func backward(
        _ i: Int, _ layers: UnsafeBufferPointer<Layer>, _ p: UnsafePointer<Scalar>,
        _ d: UnsafeMutablePointer<Scalar>
    ) {
        var (dz, da) = (self.dz.base, self.da.base)
        var input = UnsafePointer(a.base + a.count)
        for l in stride(from: layers.count &- 1, through: 0, by: -1) {
            let layer = layers[l]
            input = l > 0 ? input - layer.inputs : x(i)
            if l > 0 { da.update(repeating: 0, count: layer.inputs) }
            for u in 0..<layer.units {
                let row = layer.weights &+ u &* layer.inputs
                Operations.axpy(dz[u], input, d + row, layer.inputs)
                d[layer.biases &+ u] += dz[u]
                if l > 0 { Operations.axpy(dz[u], p + row, da, layer.inputs) }
            }
            if l > 0 {
                for k in 0..<layer.inputs { da[k] *= activation.derivative(at: input[k]) }
                (dz, da) = (da, dz)
            }
        }
    }
}
