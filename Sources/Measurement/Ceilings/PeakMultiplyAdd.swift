import Dispatch
import Problems
import Synchronization

/// Multiply-adds in registers alone, as many at a time as keep the processor busy:
///
///     repeat `rounds` times:
///         for each of `chains` vectors v:  v = v + a·b             a = b = 1
///
/// No kernel can do more arithmetic than that. Vectors do not wait for each other, each waits for its own last
/// multiply-add. So a processor that begins two in a cycle and takes four cycles for each needs eight chains, one that
/// begins four needs sixteen, and more than there are registers cost memory traffic: several numbers of chains are
/// measured, and the greatest rate is the ceiling. The sum is the operand that is overwritten, as in the kernels: on
/// arm64 it is the only one that can be without a copy.
package enum PeakMultiplyAdd {
    /// The numbers of chains to try: they leave room for a and b, and for the product where it is an instruction of its
    /// own.
    package static var chainCounts: [Int] {
        #if DEBUG
        [8]  // more would take long, and a debug build's rate says nothing
        #elseif VECTORS_OF_64_BYTES || arch(arm64)
        [8, 12, 16, 20, 24]  // of 32 registers
        #else
        [8, 10, 12]  // of 16
        #endif
    }

    /// Multiplications and additions of one round.
    package static func operationsPerRound(_ scalar: ScalarKind, chains: Int) -> Int {
        2 * chains
            * (scalar == .float ? RegisterVector.Floats.scalarCount : RegisterVector.Doubles.scalarCount)
    }

    /// Makes `rounds` rounds on each of `threads` workers. The work is done even where the sum is not used: the
    /// compiler cannot see through Dispatch.
    ///
    /// - Parameter chains: one of `chainCounts`.
    /// - Returns: the sum of all lanes of all vectors, rounded down. Vector k begins with k in each lane, and each round
    ///   adds 1 to it, exactly while that has a meaning in the scalar.
    package static func run(_ scalar: ScalarKind, chains: Int, rounds: Int, threads: Int) -> UInt64 {
        let rounds = max(0, rounds)
        let total = Atomic<UInt64>(0)
        DispatchQueue.concurrentPerform(iterations: max(1, threads)) { _ in
            let sum =
                switch scalar {
                case .float: UInt64(sum(RegisterVector.Floats.self, chains: chains, rounds: rounds))
                case .double: UInt64(sum(RegisterVector.Doubles.self, chains: chains, rounds: rounds))
                }
            total.wrappingAdd(sum, ordering: .relaxed)
        }
        return total.load(ordering: .relaxed)
    }

    @inline(__always)
    private static func sum<V: SIMD>(_: V.Type, chains: Int, rounds: Int) -> V.Scalar
    where V.Scalar: BinaryFloatingPoint {
        switch chains {
        case 8: goRound(InlineArray<8, V>(repeating: V()), rounds)
        case 12: goRound(InlineArray<12, V>(repeating: V()), rounds)
        #if VECTORS_OF_64_BYTES || arch(arm64)
        case 16: goRound(InlineArray<16, V>(repeating: V()), rounds)
        case 20: goRound(InlineArray<20, V>(repeating: V()), rounds)
        case 24: goRound(InlineArray<24, V>(repeating: V()), rounds)
        #else
        case 10: goRound(InlineArray<10, V>(repeating: V()), rounds)
        #endif
        default: preconditionFailure("\(chains) chains; expected one of \(chainCounts)")
        }
    }

    /// A function of its own, so that its loop can be found in the object code and looked at.
    @inline(never)
    private static func goRound<let chains: Int, V: SIMD>(_ zeros: InlineArray<chains, V>, _ rounds: Int)
        -> V.Scalar
    where V.Scalar: BinaryFloatingPoint {
        var v = zeros
        for k in 0..<chains { v[k] += V(repeating: V.Scalar(k)) }
        // 1, but the compiler does not know that, and so cannot work out the end.
        let one = V(repeating: V.Scalar(1 - rounds >> 62))
        for _ in 0..<rounds {
            for k in 0..<chains { v[k] = multiplyAdd(v[k], one, one) }
        }
        var sum = v[0]
        for k in 1..<chains { sum += v[k] }
        return sum.sum()
    }

    /// v + a·b, in one instruction where there is one. Where there is none, v·a + b, which makes the product again in
    /// each round.
    @inline(__always)
    private static func multiplyAdd<V: SIMD>(_ v: V, _ a: V, _ b: V) -> V where V.Scalar: FloatingPoint {
        #if FUSED_MULTIPLY_ADD
        var sum = v
        sum.addProduct(a, b)
        return sum
        #else
        return v * a + b
        #endif
    }
}
