/// mantissa · 10^exponent, rounded to the nearest `Double`, ties to even, by 64-bit arithmetic.
enum DecimalRounding {
    /// The nearest `Double`; nil beyond the powers of ten that are handled here: −27...27.
    @inline(__always)
    static func nearest(_ mantissa: UInt64, _ exponent: Int) -> Double? {
        // W. Clinger, How to Read Floating Point Numbers Accurately (1990): both parts are exact as
        // `Double`, so that the one division or product is the only rounding. Up to 2⁵³ that would be so;
        // where many numbers lie about there, the question would mostly be guessed wrong.
        if mantissa < 1 << 50, (-22...22).contains(exponent) {
            let value = Double(Int64(bitPattern: mantissa))
            return exponent < 0 ? value / powersOfTen[-exponent] : value * powersOfTen[exponent]
        }
        if (-27..<0).contains(exponent) { return quotient(mantissa, -exponent) }
        if (0...27).contains(exponent) { return product(mantissa, exponent) }
        return nil
    }

    /// mantissa / 10^power, with 10 = 5 · 2: one integer division by 5^power < 2⁶³, or mostly a multiplication by
    /// its reciprocal, then a shift. The power is at least 1.
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
        let powerOfTwo = divisorUp - up - power - 63
        // The quotient is at least this, and less than 2 more: mostly both ends round alike.
        let estimate = n.multipliedFullWidth(by: reciprocals[power]).high
        if Double(estimate) == Double(estimate &+ 2) {
            return scaled(estimate, hasMore: true, by: powerOfTwo)
        }
        let (quotient, remainder) = d.dividingFullWidth((n &>> 1, n &<< 63))
        return scaled(quotient, hasMore: remainder != 0, by: powerOfTwo)
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

    /// ⌊2¹²⁷ / D⌋, where D is the power of five with its top bit set; for 5⁰ the largest that fits.
    private static let reciprocals: [UInt64] = [
        0xFFFFFFFFFFFFFFFF, 0xCCCCCCCCCCCCCCCC, 0xA3D70A3D70A3D70A, 0x83126E978D4FDF3B,
        0xD1B71758E219652B, 0xA7C5AC471B478423, 0x8637BD05AF6C69B5, 0xD6BF94D5E57A42BC,
        0xABCC77118461CEFC, 0x89705F4136B4A597, 0xDBE6FECEBDEDD5BE, 0xAFEBFF0BCB24AAFE,
        0x8CBCCC096F5088CB, 0xE12E13424BB40E13, 0xB424DC35095CD80F, 0x901D7CF73AB0ACD9,
        0xE69594BEC44DE15B, 0xB877AA3236A4B449, 0x9392EE8E921D5D07, 0xEC1E4A7DB69561A5,
        0xBCE5086492111AEA, 0x971DA05074DA7BEE, 0xF1C90080BAF72CB1, 0xC16D9A0095928A27,
        0x9ABE14CD44753B52, 0xF79687AED3EEC551, 0xC612062576589DDA, 0x9E74D1B791E07E48,
    ]
}
