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

    /// What is computed with in place of `x`.
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
