import Problems

// Each is wrong in one way that a real implementation could be wrong in.

/// dA = W dZ, where Wᵀ is due.
final class TransposesDA<S: RealScalar>: HonestNetwork<S> {
    override func backward(
        _ l: Int, _ k: Int, _ dz: [S], _ model: Model<S>, _ gradient: Gradient<S>
    ) -> S {
        let layer = layers[l]
        return (0..<layer.units).reduce(0) {
            $0 + model.parameters[layer.weights + k * layer.units + $1] * dz[$1]
        }
    }
}

/// dA with W after the update.
final class UpdatesBeforeDA<S: RealScalar>: HonestNetwork<S> {
    override func backward(
        _ l: Int, _ k: Int, _ dz: [S], _ model: Model<S>, _ gradient: Gradient<S>
    ) -> S {
        var updated = model
        updated.descend(along: gradient, learningRate: S(0.01))
        return super.backward(l, k, dz, updated, gradient)
    }
}

/// A dot product that ends one unit too early.
final class DropsLastUnitOfDA<S: RealScalar>: HonestNetwork<S> {
    override func backward(
        _ l: Int, _ k: Int, _ dz: [S], _ model: Model<S>, _ gradient: Gradient<S>
    ) -> S {
        let cut = dz.count > 1 ? Array(dz.dropLast()) + [0] : dz
        return super.backward(l, k, cut, model, gradient)
    }
}

final class TakesSlopeOfNextLayer<S: RealScalar>: HonestNetwork<S> {
    override func slope(_ l: Int, _ k: Int, _ a: [[S]]) -> S {
        let other = a[min(l + 1, a.count - 1)]
        return activation.derivative(at: other[k % other.count])
    }
}

final class ForgetsSlope<S: RealScalar>: HonestNetwork<S> {
    override func slope(_ l: Int, _ k: Int, _ a: [[S]]) -> S { 1 }
}

/// ReLU′(0) = 1.
final class IsAliveAtZero<S: RealScalar>: HonestNetwork<S> {
    /// Layer and unit of each z of the sample at hand that is 0.
    private var zeros: Set<[Int]> = []
    override func sample(_ i: Int) -> ([S], S) {
        zeros = []
        return super.sample(i)
    }
    override func linear(_ l: Int, _ u: Int, _ input: [S], _ model: Model<S>) -> S {
        let z = super.linear(l, u, input, model)
        if z == 0 { zeros.insert([l, u]) }
        return z
    }
    override func slope(_ l: Int, _ k: Int, _ a: [[S]]) -> S {
        activation == .relu && zeros.contains([l - 1, k]) ? 1 : super.slope(l, k, a)
    }
}

/// tanh′ = 1 − a, where 1 − a² is due.
final class ForgetsSquareOfTanh<S: RealScalar>: HonestNetwork<S> {
    override func slope(_ l: Int, _ k: Int, _ a: [[S]]) -> S {
        activation == .tanh ? 1 - a[l][k] : super.slope(l, k, a)
    }
}

final class ForgetsHalfOfSigmoid<S: RealScalar>: HonestNetwork<S> {
    override func slope(_ l: Int, _ k: Int, _ a: [[S]]) -> S {
        activation == .sigmoid ? a[l][k] : super.slope(l, k, a)
    }
}

/// ReLU′ in place of that of leaky ReLU.
final class LeaksNothingBack<S: RealScalar>: HonestNetwork<S> {
    override func slope(_ l: Int, _ k: Int, _ a: [[S]]) -> S {
        activation == .leaky && a[l][k] < 0 ? 0 : super.slope(l, k, a)
    }
}

final class DoesNotDivideBias<S: RealScalar>: HonestNetwork<S> {
    override func finish(_ gradient: inout Gradient<S>) {
        let undivided = gradient
        super.finish(&gradient)
        for layer in layers {
            for j in layer.biases..<layer.biases + layer.units {
                gradient.derivatives[j] = undivided.derivatives[j]
            }
        }
    }
}

final class MultipliesByReciprocalOfM<S: RealScalar>: HonestNetwork<S> {
    override func finish(_ gradient: inout Gradient<S>) {
        let r = 1 / S(problem.data.m)
        gradient.J *= r
        for j in gradient.derivatives.indices { gradient.derivatives[j] *= r }
    }
}

/// Divides each sample's part by m, and not the sum.
final class DividesEachTerm<S: RealScalar>: HonestNetwork<S> {
    override func product(_ l: Int, _ u: Int, _ k: Int, _ dz: S, _ a: S, _ i: Int) -> S {
        dz * a / S(problem.data.m)
    }
    override func finish(_ gradient: inout Gradient<S>) {
        let weights = layers.flatMap { Array($0.weights..<$0.biases) }
        let sums = weights.map { gradient.derivatives[$0] }
        super.finish(&gradient)
        for (j, sum) in zip(weights, sums) { gradient.derivatives[j] = sum }
    }
}

final class CountsBiasTwice<S: RealScalar>: HonestNetwork<S> {
    override func bias(_ l: Int, _ dz: S) -> S { l == 0 && layers.count > 1 ? 2 * dz : dz }
}

/// The units after the last whole tile of eight are never computed.
final class DropsEdgeTileForward<S: RealScalar>: HonestNetwork<S> {
    override func linear(_ l: Int, _ u: Int, _ input: [S], _ model: Model<S>) -> S {
        let units = layers[l].units
        return units > 8 && u >= units / 8 * 8 ? 0 : super.linear(l, u, input, model)
    }
}

/// The inputs after the last whole vector of sixteen never get into dW.
final class DropsEdgeTileOfDW<S: RealScalar>: HonestNetwork<S> {
    override func product(_ l: Int, _ u: Int, _ k: Int, _ dz: S, _ a: S, _ i: Int) -> S {
        let inputs = layers[l].inputs
        return inputs > 16 && k >= inputs / 16 * 16 ? 0 : dz * a
    }
}

/// Samples are padded to a whole panel of eight with zeros, whose dz are not 0.
final class SumsPadding<S: RealScalar>: HonestNetwork<S> {
    private var m: Int { problem.data.m }
    override func samples() -> [Int] { Array(0..<(m + 7) / 8 * 8) }
    override func sample(_ i: Int) -> ([S], S) {
        i < m ? super.sample(i) : (Array(repeating: 0, count: problem.data.nx), 0)
    }
}

/// A panel of W is as deep as a whole number of vectors, and what is behind W comes along.
final class ReadsPaddingOfW<S: RealScalar>: HonestNetwork<S> {
    override func linear(_ l: Int, _ u: Int, _ input: [S], _ model: Model<S>) -> S {
        let layer = layers[l]
        let z = super.linear(l, u, input, model)
        guard layer.inputs % 4 != 0 else { return z }
        return z + model.parameters[layer.weights + (u + 1) * layer.inputs] * input[layer.inputs - 1]
    }
}

/// The accumulators of dW still hold what the last call left.
final class KeepsAccumulators<S: RealScalar>: HonestNetwork<S> {
    private var sums: Gradient<S>?
    override func start(_ gradient: inout Gradient<S>) {
        gradient.reset()
        guard let sums, let layer = layers.last else { return }
        for j in layer.weights..<layer.biases { gradient.derivatives[j] = sums.derivatives[j] }
    }
    override func finish(_ gradient: inout Gradient<S>) {
        sums = gradient
        super.finish(&gradient)
    }
}

/// Adds to what the caller's gradient happens to hold.
final class DoesNotReset<S: RealScalar>: HonestNetwork<S> {
    override func start(_ gradient: inout Gradient<S>) { gradient.J = 0 }
}

/// W was packed when the first step came, and never again.
final class PacksWOnce<S: RealScalar>: HonestNetwork<S> {
    private var packed: Model<S>?
    override func model(_ model: Model<S>) -> Model<S> {
        packed = packed ?? model
        var result = model
        if let packed {
            for layer in layers {
                for j in layer.weights..<layer.biases { result.parameters[j] = packed.parameters[j] }
            }
        }
        return result
    }
}

/// Of two layers of the same shape each takes the other's parameters.
final class SwapsLayers<S: RealScalar>: HonestNetwork<S> {
    override func model(_ model: Model<S>) -> Model<S> {
        var result = model
        for (a, b) in zip(layers, layers.dropFirst()) where a.inputs == b.inputs && a.units == b.units {
            let size = a.units * (a.inputs + 1)
            for j in 0..<size {
                result.parameters[a.weights + j] = model.parameters[b.weights + j]
                result.parameters[b.weights + j] = model.parameters[a.weights + j]
            }
            break
        }
        return result
    }
}

final class MissesLastSample<S: RealScalar>: HonestNetwork<S> {
    override func samples() -> [Int] { Array(0..<max(1, problem.data.m - 1)) }
}

/// Forgets the samples after the first block in the gradient of the first layer.
final class SumsOneBlockOnly<S: RealScalar>: HonestNetwork<S> {
    override func product(_ l: Int, _ u: Int, _ k: Int, _ dz: S, _ a: S, _ i: Int) -> S {
        l == 0 && i >= 32 ? 0 : dz * a
    }
}

/// dW of what one thread had is lost.
final class LosesDWOfOneThread<S: RealScalar>: HonestNetwork<S> {
    override class var isThreaded: Bool { true }
    override func product(_ l: Int, _ u: Int, _ k: Int, _ dz: S, _ a: S, _ i: Int) -> S {
        threads > 2 && problem.data.m > 512 && i / 256 == 1 ? 0 : dz * a
    }
}

/// Adds up in an order that the number of threads decides.
final class AddsInOrderOfThreads<S: RealScalar>: HonestNetwork<S> {
    override class var isThreaded: Bool { true }
    override func samples() -> [Int] {
        (0..<threads).flatMap { thread in (0..<problem.data.m).filter { $0 % threads == thread } }
    }
}

/// max(0, z) as the processor has it: of a NaN and 0 it is 0.
final class LosesNaN<S: RealScalar>: HonestNetwork<S> {
    override func value(_ z: S) -> S { z.isNaN && activation == .relu ? 0 : super.value(z) }
}

final class ForgetsHiddenBias<S: RealScalar>: HonestNetwork<S> {
    override func linear(_ l: Int, _ u: Int, _ input: [S], _ model: Model<S>) -> S {
        let z = super.linear(l, u, input, model)
        return l < layers.count - 1 ? z - model.parameters[layers[l].biases + u] : z
    }
}

/// The derivative of ½(a − y)², where that of the cross-entropy is due.
final class DerivesSquaredError<S: RealScalar>: HonestNetwork<S> {
    override func difference(_ a: S, _ y: S) -> S { (a - y) * a * (1 - a) }
}

/// dW with the input of the sample before.
final class TakesOldInput<S: RealScalar>: HonestNetwork<S> {
    private var old: [[Int]: S] = [:]
    override func product(_ l: Int, _ u: Int, _ k: Int, _ dz: S, _ a: S, _ i: Int) -> S {
        defer { old[[l, u, k]] = a }
        return dz * (l > 0 ? old[[l, u, k]] ?? a : a)
    }
}

/// Takes tanh for ±1 too early.
final class ClampsTanh<S: RealScalar>: HonestNetwork<S> {
    override func value(_ z: S) -> S {
        activation == .tanh && z.magnitude > 4 ? (z < 0 ? -1 : 1) : super.value(z)
    }
}

/// A rational approximation of tanh that is good for three digits.
final class ApproximatesTanh<S: RealScalar>: HonestNetwork<S> {
    override func value(_ z: S) -> S {
        guard activation == .tanh, z.magnitude < 3 else { return super.value(z) }
        return z * (27 + z * z) / (27 + 9 * z * z)
    }
}

/// One product in dA of a wide layer is with the neighbour's weight.
final class MixesUpOneWeight<S: RealScalar>: HonestNetwork<S> {
    override func linear(_ l: Int, _ u: Int, _ input: [S], _ model: Model<S>) -> S {
        let z = super.linear(l, u, input, model)
        let layer = layers[l]
        guard u == layer.units - 1, layer.inputs > 2 else { return z }
        let j = layer.weights + u * layer.inputs + layer.inputs - 1
        return z + (model.parameters[j - 1] - model.parameters[j]) * input[layer.inputs - 1]
    }
}

final class DoesNothingAtAll<S: RealScalar>: HonestNetwork<S> {
    override func samples() -> [Int] { [] }
}

/// Goes wrong in the second of two full blocks on one shape only.
final class FailsOnOneShape<S: RealScalar>: HonestNetwork<S> {
    static var shape: Shape { Shape(37, 11, hidden: [19]) }
    override class var shapes: [Shape] { [Shape(5, 11, hidden: [19]), shape] }
    override func product(_ l: Int, _ u: Int, _ k: Int, _ dz: S, _ a: S, _ i: Int) -> S {
        problem.shape == Self.shape && l == 0 && i == 20 && u == 18 ? 0 : dz * a
    }
}
