/// Vectors out of numbers of 16 bits, two of which stand in each word of 32 bits.
///
/// A `BFloat16` is the upper half of a `Float`, so widening one is a matter of moving bits, and two numbers in a
/// word, each for a vector of its own, take one instruction each. (A conversion lane by lane from a vector of
/// `UInt16` is one that the compiler does not pack.)
public protocol LaneWidening: SIMD {
    /// From as many words as a vector has lanes, one after another: the lower halves, and the upper halves.
    static func widened(_ words: UnsafeRawPointer) -> (lower: Self, upper: Self)
}

extension SIMD16<Float>: LaneWidening {
    /// From 16 words.
    @inline(__always)
    public static func widened(_ words: UnsafeRawPointer) -> (lower: Self, upper: Self) {
        let words = words.loadUnaligned(as: SIMD16<UInt32>.self)
        let lower = words &<< SIMD16<UInt32>(repeating: 16)
        let upper = words & SIMD16<UInt32>(repeating: 0xffff_0000)
        return (unsafeBitCast(lower, to: Self.self), unsafeBitCast(upper, to: Self.self))
    }
}

extension SIMD8<Double>: LaneWidening {
    /// From 8 words.
    @inline(__always)
    public static func widened(_ words: UnsafeRawPointer) -> (lower: Self, upper: Self) {
        let words = words.loadUnaligned(as: SIMD8<UInt32>.self)
        let lower = words &<< SIMD8<UInt32>(repeating: 16)
        let upper = words & SIMD8<UInt32>(repeating: 0xffff_0000)
        return (
            Self(unsafeBitCast(lower, to: SIMD8<Float>.self)),
            Self(unsafeBitCast(upper, to: SIMD8<Float>.self))
        )
    }
}
