/// How an implementation stores the values of X.
public enum Storage: String, Codable, Sendable, CaseIterable {
    /// As they are.
    case scalar

    /// In 16 bits, rounded to the nearest; all arithmetic is that of the scalar.
    case bfloat16

    /// Bytes of a value, in an implementation for `kind`.
    public func size(_ kind: ScalarKind) -> Int { self == .scalar ? kind.size : 2 }

    /// ω: x is stored as x(1 + δ) with |δ| ≤ ω, unless the result is subnormal.
    public var unitRoundoff: Double { self == .scalar ? 0 : 0x1p-8 }

    /// ε: a subnormal x is stored as x + e with |e| ≤ ε, half of the least subnormal number.
    public var subnormalError: Double { self == .scalar ? 0 : 0x1p-134 }
}

extension Dataset {
    /// The data set that an implementation with this storage sees.
    ///
    /// - Throws: `DatasetError.notFinite` where a value is too great to be stored.
    @specialized(where Scalar == Float)
    @specialized(where Scalar == Double)
    public func rounded(to storage: Storage) throws(DatasetError) -> Dataset {
        guard storage == .bfloat16 else { return self }
        let rounded = AlignedBuffer<Scalar>(zeros: x.count)
        for i in 0..<x.count { rounded.base[i] = Scalar(BFloat16(x.base[i]).float) }
        return try Dataset(x: rounded, y: y, nx: nx)
    }
}
