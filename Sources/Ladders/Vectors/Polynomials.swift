/// The constants and polynomials behind the elementary functions, which differ between the two scalars.
///
/// The coefficients come from Benchmarks/coefficients/vector_math.py, which prints the greatest error of
/// each polynomial as well. All are evaluated about in Estrin's order (Muller, "Elementary Functions", 3rd ed.,
/// section 2.3.3): neighbouring terms in parallel, because a kernel that has one vector of z at a time waits for
/// every multiply-add of Horner's chain. Where another power would save one term a single wait, it is not computed.
package protocol LanePolynomials: SIMD {
    /// log₂ e.
    static var log2E: Self { get }

    /// ln 2 to so few bits that its product with an exponent is exact (Cody and Waite, "Software Manual
    /// for the Elementary Functions", 1980).
    static var ln2High: Self { get }

    /// ln 2 − `ln2High`.
    static var ln2Low: Self { get }

    /// An argument whose exponential rounds to 0; −|z| is cut off here.
    static var exponentialIsZero: Self { get }

    /// An argument whose exponential overflows.
    static var exponentialIsInfinite: Self { get }

    /// Up to this |x| the 2^k of e^x = 2^k·e^r is a normal scalar.
    static var plainBound: Self { get }

    /// c: with k + c in the place of the exponent every 2^k down to the last subnormal is a normal scalar.
    static var exponentOffset: Self { get }

    /// 2^(−c), exactly.
    static var exponentOffsetPower: Self { get }

    /// Below this magnitude log1p(x) = x.
    static var log1pIsArgument: Self { get }

    /// (e^r − 1 − r)/r² for |r| ≤ ½ ln 2 and a little beyond.
    static func exponentialRest(_ r: Self) -> Self

    /// (log1p(f) − f)/f² for f in [−¼, ½].
    static func logarithmRest(_ f: Self) -> Self

    /// log1p(e)/e − 1 at e = u + ½, for e in [0, 1].
    static func logarithmRatio(_ u: Self) -> Self
}

extension LaneVector {
    /// a + b·x with constants a and b.
    @inline(__always)
    static func line(_ a: Scalar, _ b: Scalar, _ x: Self) -> Self {
        Self(repeating: a).addingProduct(Self(repeating: b), times: x)
    }
}

// The coefficients and the errors are what Benchmarks/coefficients/vector_math.py prints.

extension SIMD16<Float>: LanePolynomials {
    @inline(__always) package static var log2E: Self { Self(repeating: 1.442695) }
    @inline(__always) package static var ln2High: Self { Self(repeating: 0.69314575) }
    @inline(__always) package static var ln2Low: Self { Self(repeating: 1.4286068e-06) }
    /// 2^−150 = e^−103.98 is half of the least subnormal.
    @inline(__always) package static var exponentialIsZero: Self { Self(repeating: -104) }
    /// e^88.73 is greater than every `Float`.
    @inline(__always) package static var exponentialIsInfinite: Self { Self(repeating: 89) }
    /// 87 / ln 2 is between 125 and 126, and the exponent of a normal scalar between −126 and 127.
    @inline(__always) package static var plainBound: Self { Self(repeating: 87) }
    /// k is at least −150, so that k + c is at least −86.
    @inline(__always) package static var exponentOffset: Self { Self(repeating: 64) }
    @inline(__always) package static var exponentOffsetPower: Self { Self(repeating: 0x1p-64) }
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

extension SIMD8<Double>: LanePolynomials {
    @inline(__always) package static var log2E: Self { Self(repeating: 1.4426950408889634) }
    @inline(__always) package static var ln2High: Self { Self(repeating: 0.6931471805601177) }
    @inline(__always) package static var ln2Low: Self { Self(repeating: -1.7239444525614835e-13) }
    /// 2^−1075 = e^−745.14 is half of the least subnormal.
    @inline(__always) package static var exponentialIsZero: Self { Self(repeating: -746) }
    /// e^709.79 is greater than every `Double`.
    @inline(__always) package static var exponentialIsInfinite: Self { Self(repeating: 710) }
    /// 708 / ln 2 is between 1021 and 1022, and the exponent of a normal scalar between −1022 and 1023.
    @inline(__always) package static var plainBound: Self { Self(repeating: 708) }
    /// k is at least −1076, so that k + c is at least −564.
    @inline(__always) package static var exponentOffset: Self { Self(repeating: 512) }
    @inline(__always) package static var exponentOffsetPower: Self { Self(repeating: 0x1p-512) }
    @inline(__always) package static var log1pIsArgument: Self { Self(repeating: 0x1p-54) }

    /// (e^r − 1 − r)/r² for |r| ≤ ½ ln 2 and a little beyond. Relative error of e^r: 2^−57.8.
    @inline(__always) package static func exponentialRest(_ r: Self) -> Self {
        let c0 = line(0.5000000000000009, 0.16666666666666416, r)
        let c2 = line(0.04166666666654246, 0.008333333333496121, r)
        let c4 = line(0.0013888888940802762, 0.0001984126949741045, r)
        let c6 = line(2.4801495727116317e-05, 2.7557598119165984e-06, r)
        let c8 = line(2.7629392920741603e-07, 2.499550281098628e-08, r)
        let r2 = r * r
        let d0 = c0.addingProduct(c2, times: r2)
        let d6 = c6.addingProduct(c8, times: r2)
        let d4 = c4.addingProduct(d6, times: r2)
        let r4 = r2 * r2
        return d0.addingProduct(d4, times: r4)
    }

    /// (log1p(f) − f)/f² for f in [−¼, ½]. Relative error of log1p(f): 2^−56.4.
    @inline(__always) package static func logarithmRest(_ f: Self) -> Self {
        let c1 = line(0.3333333333333376, -0.25000000000020034, f)
        let c3 = line(0.19999999999872925, -0.1666666666271837, f)
        let c5 = line(0.14285714295287244, -0.12500000345045026, f)
        let c7 = line(0.11111111113840012, -0.09999984407446613, f)
        let c9 = line(0.09090881122920833, -0.08333703289103346, f)
        let c11 = line(0.07693589677115295, -0.07139018353607203, f)
        let c13 = line(0.06642060363745937, -0.06243493005322604, f)
        let c15 = line(0.06078899520842321, -0.05991867737661949, f)
        let c17 = line(0.05131952355334187, -0.030010023623725745, f)
        let f2 = f * f
        let d1 = c1.addingProduct(c3, times: f2)
        let d5 = c5.addingProduct(c7, times: f2)
        let d9 = c9.addingProduct(c11, times: f2)
        let d13 = c13.addingProduct(c15, times: f2)
        let d17 = c17.addingProduct(Self(repeating: 0.00832427382531967), times: f2)
        let f4 = f2 * f2
        let e1 = d1.addingProduct(d5, times: f4)
        let e9 = d9.addingProduct(d13, times: f4)
        let f8 = f4 * f4
        let f1 = e1.addingProduct(e9, times: f8)
        let f16 = f8 * f8
        let g1 = f1.addingProduct(d17, times: f16)
        return Self(repeating: -0.4999999999999997).addingProduct(g1, times: f)
    }

    /// log1p(e)/e − 1 at e = u + ½, for e in [0, 1]. Relative error of log1p(e): 2^−56.1.
    @inline(__always) package static func logarithmRatio(_ u: Self) -> Self {
        let c2 = line(0.13260975375420153, -0.06768864331096572, u)
        let c4 = line(0.03661185452327555, -0.02054881191901428, u)
        let c6 = line(0.011833792105016424, -0.006945394978510209, u)
        let c8 = line(0.0041361792227082835, -0.0024918411323143533, u)
        let c10 = line(0.0015153815055456283, -0.0009288580744832444, u)
        let c12 = line(0.0005730762031840533, -0.0003548164599038126, u)
        let c14 = line(0.00022101856264997033, -0.00014211489736644581, u)
        let c16 = line(8.990984447984022e-05, -4.4798458031982006e-05, u)
        let c18 = line(2.720982195156259e-05, -3.838779198675164e-05, u)
        let u2 = u * u
        let d2 = c2.addingProduct(c4, times: u2)
        let d6 = c6.addingProduct(c8, times: u2)
        let d10 = c10.addingProduct(c12, times: u2)
        let d14 = c14.addingProduct(c16, times: u2)
        let d18 = c18.addingProduct(Self(repeating: 2.528135145953441e-05), times: u2)
        let u4 = u2 * u2
        let e2 = d2.addingProduct(d6, times: u4)
        let e14 = d14.addingProduct(d18, times: u4)
        let e10 = d10.addingProduct(e14, times: u4)
        let u8 = u4 * u4
        let g2 = e2.addingProduct(e10, times: u8)
        let h1 = Self(repeating: -0.2885270990993239).addingProduct(g2, times: u)
        return Self(repeating: -0.18906978378367123).addingProduct(h1, times: u)
    }
}
