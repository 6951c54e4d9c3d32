/// Decimal numbers as text, such as `-12.5e-3`, rounded to the nearest `Double`.
enum DecimalNumber {
    /// The possible outcomes of reading a field.
    enum Result: Equatable {
        case finite(Double)
        /// A NaN or an infinity by name, or a number beyond the greatest `Double`.
        case notFinite
        /// Anything else, the empty field and hexadecimal numbers included.
        case notANumber
    }

    /// Reads all of `bytes`: [sign] digits [. digits] [e [sign] digits], with at least one digit before
    /// or after the point.
    static func parse(_ bytes: UnsafeBufferPointer<UInt8>) -> Result {
        guard let start = bytes.baseAddress else { return .notANumber }
        let end = start + bytes.count
        if let (value, next) = scan(start, end), next == end {
            return value.isFinite ? .finite(value) : .notFinite
        }
        return isNonFiniteName(bytes) ? .notFinite : .notANumber
    }

    /// Reads the number that starts at `start`; nil where none does. It may be infinite: beyond the
    /// greatest `Double`.
    ///
    /// - Returns: the number, and the first byte after it, which is `end` where there is none.
    @inline(__always)
    static func scan(
        _ start: UnsafePointer<UInt8>, _ end: UnsafePointer<UInt8>
    ) -> (value: Double, end: UnsafePointer<UInt8>)? {
        var next = start
        let isNegative = next < end && next.pointee == minus
        if isNegative || next < end && next.pointee == plus { next += 1 }

        var mantissa: UInt64 = 0
        let first = next
        takeFewDigits(&next, end, into: &mantissa)
        var digits = next - first
        var exponent = 0
        if next < end, next.pointee == point {
            next += 1
            let fraction = next
            takeDigits(&next, end, into: &mantissa)
            exponent = fraction - next
            digits -= exponent
        }
        guard digits > 0 else { return nil }
        let afterDigits = next
        if next < end, next.pointee | 0x20 == letterE {
            next += 1
            guard let power = takeExponent(&next, end) else { return nil }
            exponent += power
        }
        // Up to 19 digits fit in 64 bits.
        if digits <= 19, let value = DecimalRounding.nearest(mantissa, exponent) {
            return (isNegative ? -value : value, next)
        }
        if digits > 19, let value = nearest(first, afterDigits, exponent) {
            return (isNegative ? -value : value, next)
        }
        let text = UnsafeBufferPointer(start: start, count: next - start)
        return slow(text).map { ($0, next) }
    }

    /// The `Double` that is nearest to the digits in start..<end, which may hold a point, times 10^exponent, where
    /// 19 of them, from the first other than 0 on, are enough to know it.
    @inline(never)
    private static func nearest(
        _ start: UnsafePointer<UInt8>, _ end: UnsafePointer<UInt8>, _ exponent: Int
    ) -> Double? {
        var next = start
        while next < end, next.pointee == zero || next.pointee == point { next += 1 }
        let enough = min(next + 19, end)
        var mantissa: UInt64 = 0
        takeDigits(&next, enough, into: &mantissa)
        if next < enough {
            next += 1  // The point.
            takeDigits(&next, min(enough + 1, end), into: &mantissa)
        }
        let rest = UnsafeBufferPointer(start: next, count: end - next)
        let dropped = rest.count - (rest.contains(point) ? 1 : 0)
        let value = DecimalRounding.nearest(mantissa, exponent + dropped)
        guard dropped > 0, let value else { return value }
        // The digits left out add less than 1 to the mantissa: what is the same for both ends is so between.
        return DecimalRounding.nearest(mantissa + 1, exponent + dropped) == value ? value : nil
    }

    /// By the standard library, which takes any number of digits.
    @inline(never)
    private static func slow(_ text: UnsafeBufferPointer<UInt8>) -> Double? {
        Double(String(decoding: text, as: UTF8.self))
    }

    /// Takes digits one by one: before the point there are mostly one or two.
    @inline(__always)
    private static func takeFewDigits(
        _ next: inout UnsafePointer<UInt8>, _ end: UnsafePointer<UInt8>, into mantissa: inout UInt64
    ) {
        while next < end, case let digit = next.pointee &- zero, digit < 10 {
            // From the twentieth on the sum may be wrong; their count shows that, and the sum is not used then.
            mantissa = mantissa &* 10 &+ UInt64(digit)
            next += 1
        }
    }

    /// Takes digits eight at a time, as bytes of one word.
    @inline(__always)
    private static func takeDigits(
        _ next: inout UnsafePointer<UInt8>, _ end: UnsafePointer<UInt8>, into mantissa: inout UInt64
    ) {
        while end - next >= 8 {
            let text = UnsafeRawPointer(next).loadUnaligned(as: UInt64.self)
            let bytes = UInt64(littleEndian: text) ^ 0x3030_3030_3030_3030
            // The first byte that is no digit now has its top bit set. Later ones may be wrong.
            let others = ((bytes &+ 0x7676_7676_7676_7676) | bytes) & 0x8080_8080_8080_8080
            let count = others.trailingZeroBitCount &>> 3
            // Zeros in front make them eight. Whether there are none is not asked: that would be predicted wrong
            // where the numbers of a file have sixteen digits or a few more.
            let eight = bytes << UInt64(truncatingIfNeeded: 64 &- 8 &* count)
            mantissa = mantissa &* powersOfTen[count] &+ number(eight)
            next += count
            guard count == 8 else { return }
        }
        takeFewDigits(&next, end, into: &mantissa)
    }

    /// The number that eight digits make, the first in the lowest byte: pairs, then fours, then all.
    ///
    /// Adding neighbours within a word is the idea of D. Lemire, Number Parsing at a Gigabyte
    /// per Second, Software: Practice and Experience 51 (2021).
    @inline(__always)
    private static func number(_ digits: UInt64) -> UInt64 {
        let pairs = (digits &* 10 &+ (digits &>> 8)) & 0x00FF_00FF_00FF_00FF
        let fours = (pairs &* 100 &+ (pairs &>> 16)) & 0x0000_FFFF_0000_FFFF
        return (fours &* 10_000 &+ (fours &>> 32)) & 0xFFFF_FFFF
    }

    /// Takes [sign] digits; nil where there is no digit. An absurdly large one stays large.
    private static func takeExponent(
        _ next: inout UnsafePointer<UInt8>, _ end: UnsafePointer<UInt8>
    ) -> Int? {
        let isNegative = next < end && next.pointee == minus
        if isNegative || next < end && next.pointee == plus { next += 1 }
        let first = next
        var power = 0
        while next < end, case let digit = next.pointee &- zero, digit < 10 {
            power = min(power * 10 + Int(digit), 1_000_000)
            next += 1
        }
        guard next > first else { return nil }
        return isNegative ? -power : power
    }

    private static func isNonFiniteName(_ bytes: UnsafeBufferPointer<UInt8>) -> Bool {
        guard bytes.count <= 9 else { return false }
        let name = String(decoding: bytes, as: UTF8.self).lowercased().drop { $0 == "-" || $0 == "+" }
        return ["nan", "inf", "infinity"].contains(name)
    }

    private static var zero: UInt8 { 0x30 }
    private static var minus: UInt8 { 0x2D }
    private static var plus: UInt8 { 0x2B }
    private static var point: UInt8 { 0x2E }
    private static var letterE: UInt8 { 0x65 }

    private static let powersOfTen: [UInt64] = [
        1, 10, 100, 1000, 10_000, 100_000, 1_000_000, 10_000_000, 100_000_000,
    ]
}

/// mantissa · 10^exponent, rounded to the nearest `Double`, ties to even, by 64-bit arithmetic.
enum DecimalRounding {
    /// The nearest `Double`; nil beyond the powers of ten that are handled here: −27...27.
    @inline(__always)
    static func nearest(_ mantissa: UInt64, _ exponent: Int) -> Double? {
        // W. Clinger, How to Read Floating Point Numbers Accurately (1990): both parts are exact as
        // `Double`, so that the one division or product is the only rounding. Up to 2⁵³ that would be so;
        // where many numbers are about there, the branch would mostly be predicted wrong.
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
