import Dispatch
import Problems
import Synchronization

/// Multiply-adds in registers alone, as many at a time as the processor has room for:
///
///     repeat `rounds` times:
///         for each of 12 vectors v:  v = v·0.5 + 1
///
/// No kernel can do more arithmetic than that. A processor that begins two multiply-adds in a cycle and
/// takes four or five cycles for each has ten of them under way; twelve vectors and the two constants
/// fit the 16 registers that x86-64 has without AVX-512.
package enum PeakMultiplyAdd {
    /// Multiply-adds of whole vectors that do not wait for each other.
    private static let chains = 12

    /// Multiplications and additions of one round.
    package static func operationsPerRound(_ scalar: ScalarKind) -> Int {
        2 * chains * lanes(scalar)
    }

    /// Makes `rounds` rounds on each of `threads` workers. The work is done even where the sum is not used: the
    /// compiler cannot see through Dispatch.
    ///
    /// - Returns: the sum of all lanes of all vectors, rounded down. From 60 rounds on all lanes are 2 up to
    ///   rounding, wherever they began.
    package static func run(_ scalar: ScalarKind, rounds: Int, threads: Int) -> UInt64 {
        let rounds = max(0, rounds)
        let total = Atomic<UInt64>(0)
        DispatchQueue.concurrentPerform(iterations: max(1, threads)) { _ in
            let sum =
                switch scalar {
                case .float: UInt64(floats(rounds: rounds).sum())
                case .double: UInt64(doubles(rounds: rounds).sum())
                }
            total.wrappingAdd(sum, ordering: .relaxed)
        }
        return total.load(ordering: .relaxed)
    }

    private static func lanes(_ scalar: ScalarKind) -> Int {
        scalar == .float ? RegisterVector.Floats.scalarCount : RegisterVector.Doubles.scalarCount
    }

    // Functions of their own, so that their loops can be found in the object code and looked at.

    @inline(never)
    private static func floats(rounds: Int) -> RegisterVector.Floats { goRound(rounds) }

    @inline(never)
    private static func doubles(rounds: Int) -> RegisterVector.Doubles { goRound(rounds) }

    @inline(__always)
    private static func goRound<V: SIMD>(_ rounds: Int) -> V where V.Scalar: BinaryFloatingPoint {
        // Where the vectors begin follows from `rounds`, or else the compiler could work out the end.
        var v0 = V(repeating: V.Scalar(rounds & 7))
        var (v1, v2, v3) = (v0 + 1, v0 + 2, v0 + 3)
        var (v4, v5, v6, v7) = (v0 + 4, v0 + 5, v0 + 6, v0 + 7)
        var (v8, v9, v10, v11) = (v0 + 8, v0 + 9, v0 + 10, v0 + 11)
        let (half, one) = (V(repeating: 0.5), V(repeating: 1))
        for _ in 0..<rounds {
            v0 = multiplyAdd(v0, half, one)
            v1 = multiplyAdd(v1, half, one)
            v2 = multiplyAdd(v2, half, one)
            v3 = multiplyAdd(v3, half, one)
            v4 = multiplyAdd(v4, half, one)
            v5 = multiplyAdd(v5, half, one)
            v6 = multiplyAdd(v6, half, one)
            v7 = multiplyAdd(v7, half, one)
            v8 = multiplyAdd(v8, half, one)
            v9 = multiplyAdd(v9, half, one)
            v10 = multiplyAdd(v10, half, one)
            v11 = multiplyAdd(v11, half, one)
        }
        return ((v0 + v1) + (v2 + v3)) + ((v4 + v5) + (v6 + v7)) + ((v8 + v9) + (v10 + v11))
    }

    /// v·a + b, in one instruction where there is one.
    @inline(__always)
    private static func multiplyAdd<V: SIMD>(_ v: V, _ a: V, _ b: V) -> V where V.Scalar: FloatingPoint {
        #if FUSED_MULTIPLY_ADD
        var sum = b
        sum.addProduct(v, a)
        return sum
        #else
        return v * a + b
        #endif
    }
}
