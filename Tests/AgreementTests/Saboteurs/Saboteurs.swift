import Foundation
import Problems

// Each is wrong in one way that a real implementation could be wrong in.

final class DropsLastSample<S: RealScalar>: Honest<S> {
    override func samples() -> [Int] { Array(0..<max(1, data.m - 1)) }
}

final class SkipsTailLanes<S: RealScalar>: Honest<S> {
    override func backward() -> Range<Int> { 0..<(data.nx < 8 ? data.nx : data.nx / 8 * 8) }
}

final class SkipsTailLanesForward<S: RealScalar>: Honest<S> {
    override func linear(_ x: UnsafeBufferPointer<S>, _ model: Model<S>) -> S {
        var z = model.b
        for j in 0..<(data.nx < 8 ? data.nx : data.nx / 8 * 8) { z += model.w[j] * x[j] }
        return z
    }
}

final class RepeatsTailOfBlock<S: RealScalar>: Honest<S> {
    override func samples() -> [Int] {
        let tail = data.m % 16
        return Array(0..<data.m) + (data.m > 16 && tail > 0 ? Array(data.m - tail..<data.m) : [])
    }
}

final class WrongSign<S: RealScalar>: Honest<S> {
    override func difference(_ a: S, _ y: S) -> S { y - a }
}

final class ForgetsToDivide<S: RealScalar>: Honest<S> {
    override func finish(_ gradient: inout Gradient<S>) {}
}

final class MultipliesByReciprocal<S: RealScalar>: Honest<S> {
    override func finish(_ gradient: inout Gradient<S>) {
        let r = 1 / S(data.m)
        gradient.J *= r
        for j in gradient.dw.indices { gradient.dw[j] *= r }
        gradient.db *= r
    }
}

final class KeepsScratch<S: RealScalar>: Honest<S> {
    private var scratch: Gradient<S>?
    override func start(_ gradient: inout Gradient<S>) {
        gradient.reset()
        if let scratch { gradient.dw = scratch.dw }
    }
    override func finish(_ gradient: inout Gradient<S>) {
        scratch = gradient
        gradient.divide(by: data.m)
    }
}

final class UsesOldWeights<S: RealScalar>: Honest<S> {
    private var old: Model<S>?
    override func model(_ model: Model<S>) -> Model<S> {
        defer { old = model }
        return old ?? model
    }
}

final class DoesNothing<S: RealScalar>: Honest<S> {
    override func samples() -> [Int] { [] }
}

final class LosesPartOfOneThread<S: RealScalar>: Honest<S> {
    override class var isThreaded: Bool { true }
    override func samples() -> [Int] {
        let part = 512
        let isLost = threads > 1 && data.m > part
        return Array(0..<data.m).filter { !isLost || $0 / part != 1 }
    }
}

final class SumsInOrderOfThreads<S: RealScalar>: Honest<S> {
    override class var isThreaded: Bool { true }
    override func samples() -> [Int] {
        (0..<threads).flatMap { thread in (0..<data.m).filter { $0 % threads == thread } }
    }
}

final class LiteralLoss<S: RealScalar>: Honest<S> {
    override func logistic(_ z: S, _ y: S) -> (S, S) {
        let a = 1 / (1 + S.exp(-z))
        let loss = -(y * S(log(Double(a))) + (1 - y) * S(log(Double(1 - a))))
        return (a, loss)
    }
}

final class CancellingLoss<S: RealScalar>: Honest<S> {
    override func logistic(_ z: S, _ y: S) -> (S, S) {
        let (a, _) = Problems.logistic(z, label: y)
        return (a, max(z, 0) + S.log1p(S.exp(-z.magnitude)) - y * z)
    }
}

final class ClaimsBlocksButRuns<S: RealScalar>: Honest<S> {
    override class var sums: Summation { .blocks(16, 1024) }
    /// All terms positive and alike, one by one: what a running sum in Float does to J.
}

final class DropsProductForward<S: RealScalar>: Honest<S> {
    override func linear(_ x: UnsafeBufferPointer<S>, _ model: Model<S>) -> S {
        let j = data.nx / 2
        return data.nx > 2 ? model.linear(x) - model.w[j] * x[j] : model.linear(x)
    }
}

final class DropsProductBackward<S: RealScalar>: Honest<S> {
    override func finish(_ gradient: inout Gradient<S>) {
        if data.m > 2 {
            let x = data.sample(data.m / 2)
            gradient.dw[data.nx - 1] -= x[data.nx - 1] * S(0.5)
        }
        gradient.divide(by: data.m)
    }
}

final class TrapsNoNaN<S: RealScalar>: Honest<S> {
    override func linear(_ x: UnsafeBufferPointer<S>, _ model: Model<S>) -> S {
        let z = model.linear(x)
        return z.isNaN ? 0 : z
    }
}

/// Takes a or L for 0 where they are subnormal.
final class FlushesSubnormals<S: RealScalar>: Honest<S> {
    override func logistic(_ z: S, _ y: S) -> (S, S) {
        let (a, loss) = Problems.logistic(z, label: y)
        return (a < .leastNormalMagnitude ? 0 : a, loss < .leastNormalMagnitude ? 0 : loss)
    }
}

/// Loses e^(−|z|) in 1 + e^(−|z|), as the logarithm of a product of these would.
final class RoundsSmallLosses<S: RealScalar>: Honest<S> {
    override func logistic(_ z: S, _ y: S) -> (S, S) {
        let (a, loss) = Problems.logistic(z, label: y)
        let e = S.exp(-z.magnitude)
        return (a, loss - S.log1p(e) + S(log(Double(1 + e))))
    }
}

/// Takes z from −16 to 16 only for σ, where most of its digits are still to come.
final class ClampsTheSigmoid<S: RealScalar>: Honest<S> {
    override func logistic(_ z: S, _ y: S) -> (S, S) {
        let near = z.isNaN ? z : max(-16, min(16, z))
        let (a, _) = Problems.logistic(near, label: y)
        return (
            z.magnitude > 100 ? Problems.sigmoid(z) : a,
            Problems.logistic(z, label: y).loss
        )
    }
}

/// Goes wrong on one path only, as a kernel for samples of one width can: from the second of two full blocks on.
class BlockSaboteur<S: RealScalar>: Honest<S> {
    static var nx: Int { 48 }
    private static var block: Int { 16 }
    override class var shapes: [Shape] { [Shape(15, nx), Shape(2 * 16 + 3, nx)] }

    /// The number in its block of a sample that is on the path; nil where it is not.
    final func place(_ i: Int) -> Int? {
        let isOnPath = data.nx == Self.nx && i >= Self.block && i < data.m / Self.block * Self.block
        return isOnPath ? i % Self.block : nil
    }
    /// The sample whose products are taken for sample i, number `place` of its block; nil where none are.
    func source(_ i: Int, _ place: Int) -> Int? { i }

    final override func linear(_ x: UnsafeBufferPointer<S>, _ model: Model<S>) -> S {
        guard let start = x.baseAddress else { return model.b }
        let i = (start - UnsafePointer(data.x.base)) / data.nx
        guard let place = place(i) else { return model.linear(x) }
        return source(i, place).map { model.linear(data.sample($0)) } ?? model.b
    }
}

/// The products of the next block are never stored.
final class DropsNextBlock<S: RealScalar>: BlockSaboteur<S> {
    override func source(_ i: Int, _ place: Int) -> Int? { nil }
}

/// The first sample of a block stands for all of it.
final class RepeatsDerivativeOfBlock<S: RealScalar>: BlockSaboteur<S> {
    override func source(_ i: Int, _ place: Int) -> Int? { i - place }
}

/// The samples of a block come in the wrong order.
final class ReadsBlockBackwards<S: RealScalar>: BlockSaboteur<S> {
    override func source(_ i: Int, _ place: Int) -> Int? { i + 15 - 2 * place }
}

/// Reads a value before the first sample, and makes nothing of it.
final class ReadsBeforeTheData<S: RealScalar>: Honest<S> {
    override func model(_ model: Model<S>) -> Model<S> {
        var model = model
        if data.x.base[-1].isNaN { model.b = 0 }
        return model
    }
}

/// Reads a whole vector behind the padding, and makes nothing of it.
final class ReadsBehindTheData<S: RealScalar>: Honest<S> {
    override func model(_ model: Model<S>) -> Model<S> {
        var model = model
        let vector = 64 / MemoryLayout<S>.stride
        if data.x.base[data.x.count.dividedUp(by: vector) * vector + vector].isNaN { model.b = 0 }
        return model
    }
}

extension Int {
    fileprivate func dividedUp(by divisor: Int) -> Int { (self + divisor - 1) / divisor }
}
