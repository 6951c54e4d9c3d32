/// A floating-point number in 16 bits: the upper half of a `Float`, with its 8 bits of exponent and 7 of its 23
/// bits of fraction.
///
/// With the leading bit that is not stored there are 8 significant bits, so one rounding to the nearest is off by
/// at most 2⁻⁸ of the value (D. Kalamkar and others, A Study of BFLOAT16 for Deep Learning Training,
/// arXiv:1905.12322, 2019, describe the format; for the unit roundoff 2⁻ᵖ of p significant bits see N. Higham,
/// Accuracy and Stability of Numerical Algorithms, 2nd ed., §2.1). Integers up to 256 are exact.
public struct BFloat16: Sendable, Hashable {
    /// The pattern: sign, exponent and fraction, from the highest bit down.
    public let bits: UInt16

    /// The number with this pattern.
    @inlinable
    public init(bits: UInt16) { self.bits = bits }

    /// The number nearest to `x`, ties to even. A NaN stays one, an infinity too; beyond the greatest finite
    /// number, 3.39·10³⁸, by half a step or more comes infinity.
    @inlinable
    public init<Scalar: RealScalar>(_ x: Scalar) {
        let near = Float(x)
        var pattern = near.bitPattern
        if near.isNaN {
            // A fraction whose upper bits are 0 would make it an infinity: the bit of a quiet NaN is set.
            bits = UInt16(pattern >> 16) | 0x40
            return
        }
        // A `Double` must not be rounded twice. The `Float` towards zero, with its last bit set where there was
        // more, lies on the same side of each tie as x.
        let back = Scalar(near)
        if back != x {
            if back.magnitude > x.magnitude { pattern &-= 1 }
            pattern |= 1
        }
        bits = UInt16((pattern &+ 0x7fff &+ (pattern >> 16 & 1)) >> 16)
    }

    /// The same number; every one is a `Float`.
    @inlinable public var float: Float { Float(bitPattern: UInt32(bits) << 16) }
}
