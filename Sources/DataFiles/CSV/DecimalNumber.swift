/// Decimal numbers as text, such as `-12.5e-3`, rounded to the nearest `Double`.
enum DecimalNumber {
    /// What a field can turn out to be.
    enum Result: Equatable {
        case finite(Double)
        /// A NaN or an infinity by name, or a number beyond the greatest `Double`.
        case notFinite
        /// Anything else, the empty field and hexadecimal numbers included.
        case notANumber
    }

    /// Reads all of `bytes`: [sign] digits [. digits] [e [sign] digits], with at least one digit before
    /// or behind the point.
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
    /// - Returns: the number, and the first byte behind it, which is `end` where there is none.
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
        let behindDigits = next
        if next < end, next.pointee | 0x20 == letterE {
            next += 1
            guard let power = takeExponent(&next, end) else { return nil }
            exponent += power
        }
        // Up to 19 digits fit in 64 bits.
        if digits <= 19, let value = DecimalRounding.nearest(mantissa, exponent) {
            return (isNegative ? -value : value, next)
        }
        if digits > 19, let value = nearest(first, behindDigits, exponent) {
            return (isNegative ? -value : value, next)
        }
        let text = UnsafeBufferPointer(start: start, count: next - start)
        return slow(text).map { ($0, next) }
    }

    /// The `Double` that is nearest to the digits in start..<end, which may hold a point, times 10^exponent, where
    /// 19 of them are enough to tell it, from the first other than 0 on.
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
            // From the twentieth on the sum may be wrong; their count tells, and it is not used then.
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
            // Zeros in front make them eight. That there is none is not asked, which would be guessed wrong
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
    /// The idea of adding neighbours within a word is told by D. Lemire, Number Parsing at a Gigabyte
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
