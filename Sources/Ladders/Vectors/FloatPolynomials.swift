// The coefficients and the errors are what Benchmarks/coefficients/vector_math.py prints.

extension SIMD16<Float>: LanePolynomials {
    /// log₂ e.
    @inline(__always) package static var log2E: Self { Self(repeating: 1.442695) }

    /// The leading bits of ln 2.
    @inline(__always) package static var ln2High: Self { Self(repeating: 0.69314575) }

    /// ln 2 − `ln2High`.
    @inline(__always) package static var ln2Low: Self { Self(repeating: 1.4286068e-06) }

    /// 2^−150 = e^−103.98 is half of the least subnormal.
    @inline(__always) package static var exponentialIsZero: Self { Self(repeating: -104) }

    /// e^88.73 is greater than every `Float`.
    @inline(__always) package static var exponentialIsInfinite: Self { Self(repeating: 89) }

    /// 87 / ln 2 is between 125 and 126, and the exponent of a normal scalar between −126 and 127.
    @inline(__always) package static var plainBound: Self { Self(repeating: 87) }

    /// k is at least −150, so that k + c is at least −86.
    @inline(__always) package static var exponentOffset: Self { Self(repeating: 64) }

    /// 2^−64.
    @inline(__always) package static var exponentOffsetPower: Self { Self(repeating: 0x1p-64) }

    /// Below this magnitude log1p(x) = x.
    @inline(__always) package static var log1pIsArgument: Self { Self(repeating: 0x1p-25) }

    /// (e^r − 1 − r)/r² for |r| ≤ ½ ln 2 and a little beyond. Relative error of e^r: 2^−28.2.
    @inline(__always) package static func exponentialRest(_ r: Self) -> Self {
        let c0 = line(0.49999994, 0.16666523, r)
        let c2 = line(0.041668277, 0.008368532, r)
        let r2 = r * r
        let d2 = c2.addingProduct(Self(repeating: 0.0013819623), times: r2)
        return c0.addingProduct(d2, times: r2)
    }

    /// (log1p(f) − f)/f² for f in [−¼, ½]. Relative error of log1p(f): 2^−27.3.
    @inline(__always) package static func logarithmRest(_ f: Self) -> Self {
        let c1 = line(0.33333448, -0.25000182, f)
        let c3 = line(0.19991106, -0.16644189, f)
        let c5 = line(0.14468277, -0.131832, f)
        let c7 = line(0.10572099, -0.046088032, f)
        let f2 = f * f
        let d1 = c1.addingProduct(c3, times: f2)
        let d5 = c5.addingProduct(c7, times: f2)
        let f4 = f2 * f2
        let e1 = d1.addingProduct(d5, times: f4)
        return Self(repeating: -0.5).addingProduct(e1, times: f)
    }

    /// log1p(e)/e − 1 at e = u + ½, for e in [0, 1]. Relative error of log1p(e): 2^−27.0.
    @inline(__always) package static func logarithmRatio(_ u: Self) -> Self {
        let c2 = line(0.13260888, -0.067688026, u)
        let c4 = line(0.03663737, -0.020566612, u)
        let c6 = line(0.01156588, -0.0067665107, u)
        let c8 = line(0.005271792, -0.0032179712, u)
        let u2 = u * u
        let d2 = c2.addingProduct(c4, times: u2)
        let d6 = c6.addingProduct(c8, times: u2)
        let u4 = u2 * u2
        let e2 = d2.addingProduct(d6, times: u4)
        let h1 = Self(repeating: -0.2885271).addingProduct(e2, times: u)
        return Self(repeating: -0.18906978).addingProduct(h1, times: u)
    }
}
