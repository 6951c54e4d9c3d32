import Foundation

extension DoubleDouble {
    /// ln 2, to 106 bits.
    private static let ln2 = DoubleDouble(high: 0x1.62e42fefa39efp-1, low: 0x1.abc9e3b39803fp-56)

    /// e^x.
    ///
    /// x = k·ln 2 + 2⁹·r with a whole number k, so that |r| < 0.0007 and the Taylor series of e^r − 1 needs
    /// nine terms. It is squared nine times as s := 2s + s², which loses no digits to the 1.
    package static func exp(_ x: DoubleDouble) -> DoubleDouble {
        if x.high.isNaN { return x }
        if x.high > 709.7 { return DoubleDouble(.infinity) }
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

    /// log(1 + x) for x ≥ 0.
    ///
    /// For small x the first terms of the series, else one step of Newton's method from the value in
    /// `Double`: y + (1 + x)·e^(−y) − 1 has twice the digits of y.
    package static func log1p(_ x: DoubleDouble) -> DoubleDouble {
        if x.high < 0x1p-30 {
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
