import Ladders
import Problems

/// Arrays that stay in L1, and the elementary functions on them: a vector at a time, and value by value
/// through Foundation.
final class FunctionArrays<Scalar: LaneScalar> {
    /// Values of an array: the four arrays have 16 KiB together, half of the smallest L1.
    let count = (4 << 10) / MemoryLayout<Scalar>.size

    private let z, y, a, losses: AlignedBuffer<Scalar>

    /// Arguments drawn at random from −8 to 8, which is where z lies in training, and labels.
    init() {
        var generator = SplitMix64(seed: 1)
        z = AlignedBuffer((0..<count).map { _ in Scalar(16 * generator.uniform() - 8) })
        y = AlignedBuffer((0..<count).map { _ in Scalar(generator.uniform() < 0.5 ? 0 : 1) })
        (a, losses) = (AlignedBuffer(zeros: count), AlignedBuffer(zeros: count))
    }

    /// e^z, so many times.
    func vectorExp(_ passes: Int) {
        for _ in 0..<passes { VectorMath.exp(UnsafeBufferPointer(z.elements), into: a.elements) }
    }

    /// σ(z), so many times.
    func vectorSigmoid(_ passes: Int) {
        for _ in 0..<passes { VectorMath.sigmoid(UnsafeBufferPointer(z.elements), into: a.elements) }
    }

    /// a and L, so many times.
    func vectorLoss(passes: Int) { for _ in 0..<passes { vectorLoss(of: count) } }

    /// a and L of `m` values, which are those of the arrays again and again.
    func vectorLoss(of m: Int) {
        var left = m
        while left > 0 {
            let part = 0..<min(left, count)
            VectorMath.logistic(
                UnsafeBufferPointer(rebasing: z.elements[part]),
                labels: UnsafeBufferPointer(rebasing: y.elements[part]),
                activations: UnsafeMutableBufferPointer(rebasing: a.elements[part]),
                losses: UnsafeMutableBufferPointer(rebasing: losses.elements[part]))
            left -= part.count
        }
    }

    /// e^z value by value.
    @specialized(where Scalar == Float)
    @specialized(where Scalar == Double)
    func foundationExp(_ passes: Int) {
        for _ in 0..<passes {
            for i in 0..<count { a.base[i] = Scalar.exp(z.base[i]) }
        }
    }

    /// σ(z) value by value.
    @specialized(where Scalar == Float)
    @specialized(where Scalar == Double)
    func foundationSigmoid(_ passes: Int) {
        for _ in 0..<passes {
            for i in 0..<count { a.base[i] = sigmoid(z.base[i]) }
        }
    }

    /// a and L value by value.
    @specialized(where Scalar == Float)
    @specialized(where Scalar == Double)
    func foundationLoss(_ passes: Int) {
        for _ in 0..<passes {
            for i in 0..<count { (a.base[i], losses.base[i]) = logistic(z.base[i], label: y.base[i]) }
        }
    }
}
