// A network without its derivatives: what it says of samples, and how right that is.

extension Network {
    /// z of the last layer for one sample.
    ///
    /// - Parameters:
    ///   - x: n_x features.
    ///   - model: the parameters of this network on n_x features.
    @inlinable
    public func forward<Scalar: RealScalar>(
        _ x: UnsafeBufferPointer<Scalar>, at model: Model<Scalar>
    ) -> Scalar {
        var input = Array(x)
        let layers = Shape(1, x.count, hidden: hidden).layers
        precondition(
            model.parameters.count == layers[layers.count - 1].biases + 1, "parameters of another network")
        for (l, layer) in layers.enumerated() {
            var output = Array(model.parameters[layer.biases..<layer.biases + layer.units])
            for u in 0..<layer.units {
                let row = layer.weights + u * layer.inputs
                for k in 0..<layer.inputs { output[u] += model.parameters[row + k] * input[k] }
            }
            input = l == layers.count - 1 ? output : output.map(activation.value)
        }
        return input[0]
    }

    /// z of the last layer for each sample of a data set, of which σ(z) is P(y = 1 | x).
    public func linear<Scalar: RealScalar>(_ data: Dataset<Scalar>, at model: Model<Scalar>) -> [Scalar] {
        linear(UnsafeBufferPointer(data.x.elements), nx: data.nx, at: model)
    }

    /// z of the last layer for each of some samples: the same bits as from `forward`.
    ///
    /// Sixteen samples go through all layers at a time, a lane for each, so that vectors need no sum across lanes.
    ///
    /// - Parameters:
    ///   - x: n_x features of a sample, then those of the next.
    ///   - model: the parameters of this network on n_x features.
    @specialized(where Scalar == Float)
    @specialized(where Scalar == Double)
    public func linear<Scalar: RealScalar>(
        _ x: UnsafeBufferPointer<Scalar>, nx: Int, at model: Model<Scalar>
    ) -> [Scalar] {
        typealias Lanes = SIMD16<Scalar>
        let layers = Shape(1, nx, hidden: hidden).layers
        precondition(
            model.parameters.count == layers[layers.count - 1].biases + 1, "parameters of another network")
        let widest = layers.reduce(0) { max($0, $1.inputs, $1.units) }
        var (input, output) = (
            UnsafeMutablePointer<Lanes>.allocate(capacity: widest),
            UnsafeMutablePointer<Lanes>.allocate(capacity: widest)
        )
        defer {
            input.deallocate()
            output.deallocate()
        }
        let m = x.count / nx
        var z = Array(repeating: Scalar(0), count: m)
        model.parameters.withUnsafeBufferPointer { parameters in
            for first in stride(from: 0, to: m, by: Lanes.scalarCount) {
                let count = min(Lanes.scalarCount, m - first)
                for j in 0..<nx {
                    var values = Lanes(repeating: 0)
                    for lane in 0..<count { values[lane] = x[(first &+ lane) &* nx &+ j] }
                    input[j] = values
                }
                for (l, layer) in layers.enumerated() {
                    Self.linear(layer, parameters, input, output)
                    guard l < layers.count - 1 else { break }
                    for u in 0..<layer.units {
                        for lane in 0..<Lanes.scalarCount {
                            output[u][lane] = activation.value(output[u][lane])
                        }
                    }
                    swap(&input, &output)
                }
                for lane in 0..<count { z[first + lane] = output[0][lane] }
            }
        }
        return z
    }

    /// Z⁽ˡ⁾ of sixteen samples. Four units at a time share what is loaded of A⁽ˡ⁻¹⁾.
    @inline(__always)
    private static func linear<Scalar: RealScalar>(
        _ layer: Layer, _ parameters: UnsafeBufferPointer<Scalar>,
        _ input: UnsafeMutablePointer<SIMD16<Scalar>>,
        _ output: UnsafeMutablePointer<SIMD16<Scalar>>
    ) {
        typealias Lanes = SIMD16<Scalar>
        func bias(_ u: Int) -> Lanes { Lanes(repeating: parameters[layer.biases &+ u]) }
        let n = layer.inputs
        var (u, row) = (0, layer.weights)
        while u &+ 4 <= layer.units {
            var (z0, z1, z2, z3) = (bias(u), bias(u &+ 1), bias(u &+ 2), bias(u &+ 3))
            for k in 0..<n {
                let (a, w) = (input[k], row &+ k)
                z0 += a * parameters[w]
                z1 += a * parameters[w &+ n]
                z2 += a * parameters[w &+ 2 &* n]
                z3 += a * parameters[w &+ 3 &* n]
            }
            (output[u], output[u &+ 1], output[u &+ 2], output[u &+ 3]) = (z0, z1, z2, z3)
            (u, row) = (u &+ 4, row &+ 4 &* n)
        }
        while u < layer.units {
            var z = bias(u)
            for k in 0..<n { z += input[k] * parameters[row &+ k] }
            output[u] = z
            (u, row) = (u &+ 1, row &+ n)
        }
    }
}

extension Model {
    /// P(y = 1 | x) of each sample of a data set; m values.
    ///
    /// - Parameter network: the network that these are parameters of.
    @specialized(where Scalar == Float)
    @specialized(where Scalar == Double)
    public func predict(_ data: Dataset<Scalar>, as network: Network = .logistic) -> [Scalar] {
        network.linear(data, at: self).map(sigmoid)
    }

    /// The fraction of samples whose label the model finds, from 0 to 1.
    @specialized(where Scalar == Float)
    @specialized(where Scalar == Double)
    public func accuracy(on data: Dataset<Scalar>, as network: Network = .logistic) -> Double {
        let right = zip(predict(data, as: network), data.y.elements).count { Self.decide($0) == $1 }
        return Double(right) / Double(data.m)
    }

    /// J, the mean loss over the samples; summed in `Double`.
    @specialized(where Scalar == Float)
    @specialized(where Scalar == Double)
    public func cost(on data: Dataset<Scalar>, as network: Network = .logistic) -> Double {
        let losses = zip(network.linear(data, at: self), data.y.elements).reduce(0.0) { sum, sample in
            sum + Double(logistic(sample.0, label: sample.1).loss)
        }
        return losses / Double(data.m)
    }

    /// The label that a probability predicts: 1 from 0.5 on, else 0.
    public static func decide(_ probability: Scalar) -> Scalar { probability >= 0.5 ? 1 : 0 }
}
