import Foundation

/// A real number as the unevaluated sum of two `Double`s: about 106 bits, on any machine.
///
/// The arithmetic is built from two operations whose rounding error is itself a `Double`: the sum (Knuth,
/// The Art of Computer Programming, vol. 2, §4.2.2) and, by a fused multiply-add, the product. How they
/// combine follows Dekker (Numerische Mathematik 18, 1971) and Hida, Li and Bailey (Algorithms for
/// quad-double precision, 2001). Errors are some 2⁻¹⁰⁴, relative, as long as nothing under- or overflows.
package struct DoubleDouble: Sendable, Hashable {
    /// The number, rounded to `Double`.
    package let high: Double

    /// The rest of it.
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
    package var double: Double { high }
    package var extended: DoubleDouble { self }

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

extension DoubleDouble {
    /// ln 2, to 106 bits.
    private static let ln2 = DoubleDouble(high: 0x1.62e42fefa39efp-1, low: 0x1.abc9e3b39803fp-56)

    /// e^x.
    ///
    /// x = k·ln 2 + 2⁹·r with a whole number k, so that |r| < 0.0007 and the Taylor series of e^r − 1 needs
    /// nine terms. It is squared nine times as s := 2s + s², which loses no digits to the 1.
    package static func exp(_ x: DoubleDouble) -> DoubleDouble {
        if x.high.isNaN { return x }
        if x.high > 709.79 { return DoubleDouble(.infinity) }
        if x.high < -745.2 { return DoubleDouble(0) }
        let k = (x.high / ln2.high).rounded()
        let scale = DoubleDouble(0x1p-9)
        let r = (x - ln2 * DoubleDouble(k)) * scale
        var s = DoubleDouble(0)
        for n in stride(from: 9, through: 1, by: -1) {
            // r/n · (1 + the terms that follow)
            s = (r / DoubleDouble(Double(n))) * (DoubleDouble(1) + s)
        }
        for _ in 0..<9 { s = s + s + s * s }
        let e = s + DoubleDouble(1)
        // In two steps: 2^k may be subnormal where the result is not yet 0.
        let half = (k / 2).rounded(.down)
        let (f, g) = (
            Double(sign: .plus, exponent: Int(half), significand: 1),
            Double(sign: .plus, exponent: Int(k - half), significand: 1)
        )
        return DoubleDouble(high: e.high * f * g, low: e.low * f * g)
    }

    /// log(1 + x) for x > −1.
    ///
    /// For small x the first terms of the series, else one step of Newton's method from the value in
    /// `Double`: y + (1 + x)·e^(−y) − 1 has twice the digits of y.
    package static func log1p(_ x: DoubleDouble) -> DoubleDouble {
        if x.high.magnitude < 0x1p-30 {
            let (third, quarter) = (DoubleDouble(1) / DoubleDouble(3), DoubleDouble(0.25))
            return x - x * x * (DoubleDouble(0.5) - x * (third - x * quarter))
        }
        let y = DoubleDouble(Foundation.log1p(x.high))
        return y + ((DoubleDouble(1) + x) * exp(-y) - DoubleDouble(1))
    }

    /// √x for x ≥ 0, by one step of Newton's method.
    package static func squareRoot(_ x: DoubleDouble) -> DoubleDouble {
        guard x.high > 0 else { return DoubleDouble(0) }
        let r = DoubleDouble(x.high.squareRoot())
        return (r + x / r) * DoubleDouble(0.5)
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
