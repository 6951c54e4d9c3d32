/// A small, fast generator whose whole sequence follows from its seed, on every machine.
///
/// It is SplitMix64 of G. L. Steele, D. Lea and C. H. Flood, "Fast Splittable Pseudorandom Number
/// Generators", OOPSLA 2014 (https://doi.org/10.1145/2660193.2660195): a counter that grows by the
/// golden ratio, mixed by David Stafford's variant 13 of the finalizer of MurmurHash3. Each of the 2⁶⁴
/// values comes exactly once in a period. It serves data and shuffles, not secrets.
public struct SplitMix64: RandomNumberGenerator, Sendable {
    /// The counter; the next output is the mix of this plus the golden ratio.
    @usableFromInline var state: UInt64

    /// The sequence that belongs to `seed`. Any seed is as good as another.
    public init(seed: UInt64) { state = seed }

    /// The next 64 bits.
    @inlinable
    public mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var z = state
        z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
        z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
        return z ^ (z >> 31)
    }

    /// The next number from 0 up to but not including 1, a multiple of 2⁻⁵³.
    public mutating func uniform() -> Double { Double(next() >> 11) * 0x1p-53 }
}
