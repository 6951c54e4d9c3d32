/// mantissa · 10^exponent, rounded to the nearest `Double`, ties to even, by 64-bit arithmetic.
enum DecimalRounding {
    /// The nearest `Double`; nil beyond the powers of ten that are handled here: −27...27.
    @inline(__always)
    static func nearest(_ mantissa: UInt64, _ exponent: Int) -> Double? {
        // W. Clinger, How to Read Floating Point Numbers Accurately (1990): both parts are exact as
        // `Double`, so that the one division or product is the only rounding.
        if mantissa < 1 << 50, (-22...22).contains(exponent) {
            let value = Double(Int64(bitPattern: mantissa))
            return exponent < 0 ? value / powersOfTen[-exponent] : value * powersOfTen[exponent]
        }
        if (-27..<0).contains(exponent) { return quotient(mantissa, -exponent) }
        if (0...27).contains(exponent) { return product(mantissa, exponent) }
        return nil
    }

    /// mantissa / 10^power, with 10 = 5 · 2: one integer division by 5^power < 2⁶³, then a shift.
    ///
    /// With the top bit set in both, N / D lies between ½ and 2, and ⌊N·2⁶³ / D⌋ has 63 or 64 bits: 10
    /// or 11 more than a `Double`. A bit at the low end for what the division leaves over can stand
    /// for all the bits that follow, so that the conversion rounds as if it saw every one of them.
    private static func quotient(_ mantissa: UInt64, _ power: Int) -> Double {
        guard mantissa != 0 else { return 0 }
        let divisor = powersOfFive[power]
        let (up, divisorUp) = (mantissa.leadingZeroBitCount, divisor.leadingZeroBitCount)
        let n = mantissa &<< UInt64(truncatingIfNeeded: up)
        let d = divisor &<< UInt64(truncatingIfNeeded: divisorUp)
        let (quotient, remainder) = d.dividingFullWidth((n &>> 1, n &<< 63))
        return scaled(quotient, hasMore: remainder != 0, by: divisorUp - up - power - 63)
    }

    /// mantissa · 10^power, from the 128 bits of mantissa · 5^power.
    private static func product(_ mantissa: UInt64, _ power: Int) -> Double {
        guard mantissa != 0 else { return 0 }
        let (high, low) = mantissa.multipliedFullWidth(by: powersOfFive[power])
        guard high != 0 else { return scaled(low, hasMore: false, by: power) }
        let up = UInt64(truncatingIfNeeded: high.leadingZeroBitCount)
        // A shift by 64 gives 0.
        return scaled((high << up) | (low >> (64 - up)), hasMore: low << up != 0, by: power + 64 - Int(up))
    }

    /// (bits + a part of 1 where there is more) · 2^power; what there is more must not reach the last
    /// place of the result. The power of two is in −180...180: no result is near the ends of `Double`.
    @inline(__always)
    private static func scaled(_ bits: UInt64, hasMore: Bool, by power: Int) -> Double {
        let powerOfTwo = Double(bitPattern: UInt64(truncatingIfNeeded: 1023 &+ power) &<< 52)
        return Double(bits | (hasMore ? 1 : 0)) * powerOfTwo
    }

    /// Those that are exact as `Double`.
    private static let powersOfTen: [Double] = [
        1e0, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15, 1e16, 1e17,
        1e18, 1e19, 1e20, 1e21, 1e22,
    ]

    /// Those below 2⁶³: 5⁰ to 5²⁷.
    private static let powersOfFive: [UInt64] = [
        1, 5, 25, 125, 625, 3_125, 15_625, 78_125, 390_625, 1_953_125, 9_765_625, 48_828_125, 244_140_625,
        1_220_703_125, 6_103_515_625, 30_517_578_125, 152_587_890_625, 762_939_453_125, 3_814_697_265_625,
        19_073_486_328_125, 95_367_431_640_625, 476_837_158_203_125, 2_384_185_791_015_625,
        11_920_928_955_078_125, 59_604_644_775_390_625, 298_023_223_876_953_125, 1_490_116_119_384_765_625,
        7_450_580_596_923_828_125,
    ]
}
