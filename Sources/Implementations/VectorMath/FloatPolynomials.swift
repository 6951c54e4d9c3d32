// The coefficients and the errors are what Benchmarks/coefficients/vector_math.py prints.

extension SIMD16<Float>: LanePolynomials {
    /// log₂ e.
    @inline(__always) public static var log2E: Self { Self(repeating: 1.442695) }

    /// The leading bits of ln 2.
    @inline(__always) public static var ln2High: Self { Self(repeating: 0.69314575) }

    /// ln 2 − `ln2High`.
    @inline(__always) public static var ln2Low: Self { Self(repeating: 1.4286068e-06) }

    /// 2^−150 = e^−103.98 is half of the least subnormal.
    @inline(__always) public static var exponentialIsZero: Self { Self(repeating: -104) }

    /// e^88.73 is greater than every `Float`.
    @inline(__always) public static var exponentialIsInfinite: Self { Self(repeating: 89) }

    /// k is at least −150, so that k + c is at least −86.
    @inline(__always) public static var exponentOffset: Self { Self(repeating: 64) }

    /// 2^−64.
    @inline(__always) public static var exponentOffsetPower: Self { Self(repeating: 0x1p-64) }

    /// Below this magnitude log1p(x) = x.
    @inline(__always) public static var log1pIsArgument: Self { Self(repeating: 0x1p-25) }

    /// (e^r − 1 − r)/r² for |r| ≤ ½ ln 2 and a little beyond. Relative error of e^r: 2^−28.2.
    @inline(__always) public static func exponentialRest(_ r: Self) -> Self {
        let c0 = line(0.49999994, 0.16666523, r)
        let c2 = line(0.041668277, 0.008368532, r)
        let r2 = r * r
        let d0 = c0.addingProduct(c2, times: r2)
        let r4 = r2 * r2
        return d0.addingProduct(Self(repeating: 0.0013819623), times: r4)
    }

    /// (log1p(f) − f)/f² for 1 + f in [√½, √2]. Relative error of log1p(f): 2^−27.5.
    @inline(__always) public static func logarithmRest(_ f: Self) -> Self {
        let c0 = line(-0.4999999, 0.33333308, f)
        let c2 = line(-0.25001395, 0.20003003, f)
        let c4 = line(-0.16613656, 0.14164771, f)
        let c6 = line(-0.13191828, 0.12992242, f)
        let f2 = f * f
        let d0 = c0.addingProduct(c2, times: f2)
        let d4 = c4.addingProduct(c6, times: f2)
        let f4 = f2 * f2
        let d0_4 = d0.addingProduct(d4, times: f4)
        let f8 = f4 * f4
        return d0_4.addingProduct(Self(repeating: -0.07846751), times: f8)
    }

    /// log1p(e)/e − 1 at e = u + ½, for e in [0, 1]. Relative error of log1p(e): 2^−27.0.
    @inline(__always) public static func logarithmRatio(_ u: Self) -> Self {
        let c0 = line(-0.18906978, -0.2885271, u)
        let c2 = line(0.13260888, -0.067688026, u)
        let c4 = line(0.03663737, -0.020566612, u)
        let c6 = line(0.01156588, -0.0067665107, u)
        let c8 = line(0.005271792, -0.0032179712, u)
        let u2 = u * u
        let d0 = c0.addingProduct(c2, times: u2)
        let d4 = c4.addingProduct(c6, times: u2)
        let u4 = u2 * u2
        let d0_4 = d0.addingProduct(d4, times: u4)
        let u8 = u4 * u4
        return d0_4.addingProduct(c8, times: u8)
    }
}
