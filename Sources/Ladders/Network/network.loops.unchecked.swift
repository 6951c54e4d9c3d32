import Problems

/// `loops.unchecked` of networks: the four loops through unsafe pointers.
///
///     z = b_u;  for k in inputs:  z += W_uk · a_k
///     for u in units:  for k in inputs:  dW_uk += dz_u · a_k;  da_k += W_uk · dz_u
///
/// Changes from `loops.flat`: nothing is checked in the loops, so the compiler may use vectors where the order of
/// operations allows it, in dW and da; the running sum z it must not reorder.
struct NetworkUncheckedLoops<Scalar: LaneScalar>: WholeStep {
    static var info: RungInfo {
        RungInfo(
            "loops.unchecked", after: "loops.flat", "unsafe pointers, no bounds checks",
            why:
                "With nothing to check, the compiler uses vectors for dW and da, two of the three products. The running "
                + "sum z it must not reorder.",
            sums: .running)
    }

    private let pass: SamplePass<Scalar>

    init(_ problem: Problem<Scalar>) { pass = SamplePass(problem) }

    static func preparedBytes(_ shape: Shape) -> Int { SamplePass<Scalar>.byteCount(shape) }

    @inline(never)
    func gradient(at model: Model<Scalar>, into gradient: inout Gradient<Scalar>) {
        pass.run(at: model, into: &gradient) { w, a, n in
            var z: Scalar = 0
            for k in 0..<n { z += w[k] * a[k] }
            return z
        } axpy: { factor, a, y, n in
            for k in 0..<n { y[k] += a[k] * factor }
        }
    }
}

/// One sample after another through all layers, forward and backward: what the rungs have in common that take a
/// layer of one sample as a matrix–vector product.
struct SamplePass<Scalar: LaneScalar>: Sendable {
    /// The inner product of n scalars each.
    typealias Dot = (_ w: UnsafePointer<Scalar>, _ a: UnsafePointer<Scalar>, _ n: Int) -> Scalar
    /// y := y + factor·a, for n scalars each.
    typealias Axpy = (
        _ factor: Scalar, _ a: UnsafePointer<Scalar>, _ y: UnsafeMutablePointer<Scalar>, _ n: Int
    ) -> Void

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

    static func byteCount(_ shape: Shape) -> Int {
        AlignedBuffer<Scalar>.byteCount(for: shape.hidden.reduce(0, +))
            + 2 * AlignedBuffer<Scalar>.byteCount(for: shape.hidden.max() ?? 1)
    }

    @inline(__always)
    func run(
        at model: Model<Scalar>, into gradient: inout Gradient<Scalar>, dot: Dot, axpy: Axpy
    ) {
        let (m, nx, last) = (data.m, data.nx, layers.count &- 1)
        gradient.reset()
        var J: Scalar = 0
        layers.withUnsafeBufferPointer { layers in
            model.parameters.withUnsafeBufferPointer { parameters in
                gradient.derivatives.withUnsafeMutableBufferPointer { derivatives in
                    guard let p = parameters.baseAddress, let d = derivatives.baseAddress else { return }
                    for i in 0..<m {
                        let x = UnsafePointer(data.x.base + i &* nx)
                        var (input, output, z) = (x, a.base, Scalar(0))
                        for l in 0...last {
                            let layer = layers[l]
                            for u in 0..<layer.units {
                                z =
                                    p[layer.biases &+ u]
                                    + dot(p + (layer.weights &+ u &* layer.inputs), input, layer.inputs)
                                if l < last { output[u] = activation.value(z) }
                            }
                            if l < last {
                                input = UnsafePointer(output)
                                output += layer.units
                            }
                        }
                        let (p1, loss) = logistic(z, label: data.y.base[i])
                        J += loss
                        var (dz, da) = (self.dz.base, self.da.base)
                        dz[0] = p1 - data.y.base[i]
                        for l in stride(from: last, through: 0, by: -1) {
                            let layer = layers[l]
                            if l > 0 { da.update(repeating: 0, count: layer.inputs) }
                            for u in 0..<layer.units {
                                let row = layer.weights &+ u &* layer.inputs
                                axpy(dz[u], input, d + row, layer.inputs)
                                d[layer.biases &+ u] += dz[u]
                                if l > 0 { axpy(dz[u], p + row, da, layer.inputs) }
                            }
                            guard l > 0 else { break }
                            for k in 0..<layer.inputs { da[k] *= activation.derivative(at: input[k]) }
                            (dz, da) = (da, dz)
                            input = l > 1 ? input - layers[l - 1].inputs : x
                        }
                    }
                }
            }
        }
        gradient.J = J
        gradient.divide(by: m)
    }
}
