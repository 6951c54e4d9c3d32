/// A floating-point number in 16 bits: the upper half of a `Float`, with its 8 bits of exponent and 7 of its 23
/// bits of fraction (D. Kalamkar and others, A Study of BFLOAT16 for Deep Learning Training, arXiv:1905.12322,
/// 2019).
///
/// With the leading bit, which is not stored, there are p = 8 significant bits, so one rounding to the nearest is
/// off by at most 2⁻ᵖ = 2⁻⁸ of the value (N. Higham, Accuracy and Stability of Numerical Algorithms, 2nd ed.,
/// §2.1), and comes near that: 1 + 2⁻⁸, half-way between two numbers, becomes 1. Integers up to 256 are exact.
public struct BFloat16: Sendable, Hashable {
    /// The pattern: sign, exponent and fraction, from the highest bit down.
    public let bits: UInt16

    /// The number with this pattern.
    @inlinable
    public init(bits: UInt16) { self.bits = bits }

    /// The number nearest to `x`, ties to even; a NaN for a NaN.
    ///
    /// A number beyond the greatest finite one becomes that one, and not an infinity: of a finite `Float` that
    /// too is less than 2⁻⁸ of it, as the greatest of them, (2 − 2⁻²³)·2¹²⁷, is too great by (2⁻⁷ − 2⁻²³)·2¹²⁷.
    @inlinable
    public init(saturating x: Float) {
        let greatest = Self.greatestFiniteMagnitude
        let near = x > greatest ? greatest : x < -greatest ? -greatest : x
        // Half of the last place that stays, less a little where that is even: the sum carries where it must.
        let pattern = near.bitPattern
        let rounded = (pattern &+ 0x7fff &+ (pattern >> 16 & 1)) >> 16
        bits = x.isNaN ? 0x7fc0 : UInt16(truncatingIfNeeded: rounded)
    }

    /// The same number; every one is a `Float`.
    @inlinable public var float: Float { Float(bitPattern: UInt32(bits) << 16) }

    /// (2 − 2⁻⁷)·2¹²⁷, about 3.39·10³⁸; that of `Float` is 3.40·10³⁸.
    @inlinable public static var greatestFiniteMagnitude: Float { Float(bitPattern: 0x7f7f_0000) }
}

/// How an implementation stores the values of X.
public enum Storage: String, Codable, Sendable, CaseIterable {
    /// As they are.
    case scalar

    /// As `BFloat16`, each rounded once; all arithmetic is that of the scalar.
    case bfloat16

    /// All that implementations for `kind` use.
    public static func all(in kind: ScalarKind) -> [Storage] { kind == .float ? allCases : [.scalar] }

    /// Bytes of a value, in an implementation for `kind`.
    public func size(_ kind: ScalarKind) -> Int { self == .scalar ? kind.size : 2 }

    /// ω: x is stored as x(1 + δ) with |δ| ≤ ω, unless the result is subnormal (`BFloat16` says why 2⁻⁸).
    public var unitRoundoff: Double { self == .scalar ? 0 : 0x1p-8 }

    /// ε: a subnormal x is stored as x + e with |e| ≤ ε, half of the least subnormal number, 2⁻¹³³.
    public var subnormalError: Double { self == .scalar ? 0 : 0x1p-134 }

    /// The value that is computed with in place of `x`.
    @inlinable
    public func stored<Scalar: RealScalar>(_ x: Scalar) -> Scalar {
        self == .scalar ? x : Scalar(BFloat16(saturating: Float(x)).float)
    }
}

extension Dataset {
    /// The data set that an implementation with this storage computes with.
    @specialized(where Scalar == Float)
    @specialized(where Scalar == Double)
    public func stored(as storage: Storage) -> Dataset {
        guard storage != .scalar else { return self }
        let values = AlignedBuffer<Scalar>(zeros: x.count)
        for i in 0..<x.count { values.base[i] = storage.stored(x.base[i]) }
        return Dataset(replacingXOf: self, by: values)
    }

    /// `data` with other values, all of which are finite.
    private init(replacingXOf data: Dataset, by x: AlignedBuffer<Scalar>) {
        (self.x, y, nx, m) = (x, data.y, data.nx, data.m)
    }
}
