// The coefficients and the errors are what Benchmarks/coefficients/vector_math.py prints.

extension SIMD8<Double>: LanePolynomials {
    /// log₂ e.
    @inline(__always) public static var log2E: Self { Self(repeating: 1.4426950408889634) }

    /// The leading bits of ln 2.
    @inline(__always) public static var ln2High: Self { Self(repeating: 0.6931471805601177) }

    /// ln 2 − `ln2High`.
    @inline(__always) public static var ln2Low: Self { Self(repeating: -1.7239444525614835e-13) }

    /// 2^−1075 = e^−745.14 is half of the least subnormal.
    @inline(__always) public static var exponentialIsZero: Self { Self(repeating: -746) }

    /// e^709.79 is greater than every `Double`.
    @inline(__always) public static var exponentialIsInfinite: Self { Self(repeating: 710) }

    /// k is at least −1076, so that k + c is at least −564.
    @inline(__always) public static var exponentOffset: Self { Self(repeating: 512) }

    /// 2^−512.
    @inline(__always) public static var exponentOffsetPower: Self { Self(repeating: 0x1p-512) }

    /// Below this magnitude log1p(x) = x.
    @inline(__always) public static var log1pIsArgument: Self { Self(repeating: 0x1p-54) }

    /// (e^r − 1 − r)/r² for |r| ≤ ½ ln 2 and a little beyond. Relative error of e^r: 2^−57.8.
    @inline(__always) public static func exponentialRest(_ r: Self) -> Self {
        let c0 = line(0.5000000000000009, 0.16666666666666416, r)
        let c2 = line(0.04166666666654246, 0.008333333333496121, r)
        let c4 = line(0.0013888888940802762, 0.0001984126949741045, r)
        let c6 = line(2.4801495727116317e-05, 2.7557598119165984e-06, r)
        let c8 = line(2.7629392920741603e-07, 2.499550281098628e-08, r)
        let r2 = r * r
        let d0 = c0.addingProduct(c2, times: r2)
        let d4 = c4.addingProduct(c6, times: r2)
        let r4 = r2 * r2
        let d0_4 = d0.addingProduct(d4, times: r4)
        let r8 = r4 * r4
        return d0_4.addingProduct(c8, times: r8)
    }

    /// (log1p(f) − f)/f² for 1 + f in [√½, √2]. Relative error of log1p(f): 2^−56.5.
    @inline(__always) public static func logarithmRest(_ f: Self) -> Self {
        let c0 = line(-0.5000000000000003, 0.33333333333333204, f)
        let c2 = line(-0.2499999999997642, 0.2000000000003092, f)
        let c4 = line(-0.16666666671175337, 0.1428571428550703, f)
        let c6 = line(-0.12499999617672486, 0.111111107843237, f)
        let c8 = line(-0.10000017283248783, 0.09090936836355629, f)
        let c10 = line(-0.08332885402193037, 0.07691270647783027, f)
        let c12 = line(-0.07149507549455214, 0.06687502766142457, f)
        let c14 = line(-0.0619948830939523, 0.05652061361901304, f)
        let c16 = line(-0.05645219571218041, 0.06528839912865766, f)
        let c18 = line(-0.060936632767076324, 0.026941718810185693, f)
        let f2 = f * f
        let d0 = c0.addingProduct(c2, times: f2)
        let d4 = c4.addingProduct(c6, times: f2)
        let d8 = c8.addingProduct(c10, times: f2)
        let d12 = c12.addingProduct(c14, times: f2)
        let d16 = c16.addingProduct(c18, times: f2)
        let f4 = f2 * f2
        let d0_4 = d0.addingProduct(d4, times: f4)
        let d8_4 = d8.addingProduct(d12, times: f4)
        let f8 = f4 * f4
        let d0_4_8 = d0_4.addingProduct(d8_4, times: f8)
        let f16 = f8 * f8
        return d0_4_8.addingProduct(d16, times: f16)
    }

    /// log1p(e)/e − 1 at e = u + ½, for e in [0, 1]. Relative error of log1p(e): 2^−56.1.
    @inline(__always) public static func logarithmRatio(_ u: Self) -> Self {
        let c0 = line(-0.18906978378367123, -0.2885270990993239, u)
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
        let d0 = c0.addingProduct(c2, times: u2)
        let d4 = c4.addingProduct(c6, times: u2)
        let d8 = c8.addingProduct(c10, times: u2)
        let d12 = c12.addingProduct(c14, times: u2)
        let d16 = c16.addingProduct(c18, times: u2)
        let u4 = u2 * u2
        let d0_4 = d0.addingProduct(d4, times: u4)
        let d8_4 = d8.addingProduct(d12, times: u4)
        let d16_4 = d16.addingProduct(Self(repeating: 2.528135145953441e-05), times: u4)
        let u8 = u4 * u4
        let d0_4_8 = d0_4.addingProduct(d8_4, times: u8)
        let u16 = u8 * u8
        return d0_4_8.addingProduct(d16_4, times: u16)
    }
}
