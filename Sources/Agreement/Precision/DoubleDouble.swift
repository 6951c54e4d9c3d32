/// A real number as the unevaluated sum of two `Double`s: about 106 bits, on any machine.
///
/// The arithmetic is built from two operations whose rounding error is itself a `Double`: the sum (Knuth,
/// The Art of Computer Programming, vol. 2, §4.2.2) and, by a fused multiply-add, the product. How they
/// combine follows Dekker (Numerische Mathematik 18, 1971) and Hida, Li and Bailey (Algorithms for
/// quad-double precision, 2001). Errors are some 2⁻¹⁰⁴, relative, as long as nothing under- or overflows.
package struct DoubleDouble: Sendable, Hashable {
    /// The number, rounded to `Double`.
    package let high: Double

    /// What `high` leaves out.
    package let low: Double

    /// high + low, for |low| ≤ ulp(high)/2.
    @inline(__always)
    init(high: Double, low: Double) {
        (self.high, self.low) = (high, low)
    }

    /// The number `value`, exactly.
    @inline(__always)
    package init(_ value: Double) {
        self.init(high: value, low: 0)
    }

    /// a + b, exactly.
    @inline(__always)
    static func sum(_ a: Double, _ b: Double) -> DoubleDouble {
        let s = a + b
        let t = s - a
        return DoubleDouble(high: s, low: (a - (s - t)) + (b - t))
    }

    /// a + b, exactly, for |a| ≥ |b|.
    @inline(__always)
    static func sum(great a: Double, small b: Double) -> DoubleDouble {
        let s = a + b
        return DoubleDouble(high: s, low: b - (s - a))
    }

    /// a · b, exactly, unless the low part underflows.
    @inline(__always)
    static func product(_ a: Double, _ b: Double) -> DoubleDouble {
        let p = a * b
        return DoubleDouble(high: p, low: (-p).addingProduct(a, b))
    }
}

extension DoubleDouble: Comparable {
    /// The order of the numbers that both stand for.
    package static func < (a: DoubleDouble, b: DoubleDouble) -> Bool {
        a.high < b.high || (a.high == b.high && a.low < b.low)
    }
}

extension DoubleDouble: ExtendedReal {
    /// Rounded to `Double`.
    package var double: Double { high }

    /// |self|
    package var magnitude: DoubleDouble { high < 0 ? -self : self }

    /// −self
    @inline(__always)
    package static prefix func - (a: DoubleDouble) -> DoubleDouble {
        DoubleDouble(high: -a.high, low: -a.low)
    }

    /// a + b
    @inline(__always)
    package static func + (a: DoubleDouble, b: DoubleDouble) -> DoubleDouble {
        let s = sum(a.high, b.high)
        let t = sum(a.low, b.low)
        let u = sum(great: s.high, small: s.low + t.high)
        return sum(great: u.high, small: u.low + t.low)
    }

    /// a − b
    @inline(__always)
    package static func - (a: DoubleDouble, b: DoubleDouble) -> DoubleDouble { a + -b }

    /// a · b
    @inline(__always)
    package static func * (a: DoubleDouble, b: DoubleDouble) -> DoubleDouble {
        let p = product(a.high, b.high)
        return sum(great: p.high, small: p.low + (a.high * b.low + a.low * b.high))
    }

    /// a / b, by three steps of long division.
    package static func / (a: DoubleDouble, b: DoubleDouble) -> DoubleDouble {
        let q1 = a.high / b.high
        guard q1.isFinite, q1 != 0 else { return DoubleDouble(q1) }
        let r1 = a - b * DoubleDouble(q1)
        let q2 = r1.high / b.high
        let r2 = r1 - b * DoubleDouble(q2)
        return sum(great: q1, small: q2) + DoubleDouble(r2.high / b.high)
    }

    /// self + a·b for two scalars, whose product is exact.
    @inline(__always)
    package mutating func add(_ a: Double, times b: Double) {
        let p = Self.product(a, b)
        let s = Self.sum(high, p.high)
        self = Self.sum(great: s.high, small: s.low + (low + p.low))
    }

    /// self + a·b for a scalar a.
    @inline(__always)
    package mutating func add(_ a: Double, times b: DoubleDouble) {
        let p = Self.product(a, b.high)
        let s = Self.sum(high, p.high)
        self = Self.sum(great: s.high, small: s.low + (low + (p.low + a * b.low)))
    }
}

extension DoubleDouble: Codable {
    /// From a list of two numbers, [high, low].
    package init(from decoder: any Decoder) throws {
        var list = try decoder.unkeyedContainer()
        self = Self.sum(try list.decode(Double.self), try list.decode(Double.self))
    }

    /// As a list of two numbers, [high, low].
    package func encode(to encoder: any Encoder) throws {
        var list = encoder.unkeyedContainer()
        try list.encode(high)
        try list.encode(low)
    }
}
