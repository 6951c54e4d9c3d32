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
        var rest = bytes[...]
        let isNegative = rest.first == minus
        if isNegative || rest.first == plus { rest.removeFirst() }

        var mantissa: UInt64 = 0
        var digits = 0  // Those that count: without leading zeros.
        var exponent = 0
        var hasDigits = takeDigits(&rest, into: &mantissa, count: &digits) > 0
        if rest.first == point {
            rest.removeFirst()
            let fraction = takeDigits(&rest, into: &mantissa, count: &digits)
            exponent = -fraction
            hasDigits = hasDigits || fraction > 0
        }
        guard hasDigits else { return isNonFiniteName(bytes) ? .notFinite : .notANumber }
        if let e = rest.first, e | 0x20 == 0x65 {
            rest.removeFirst()
            guard let power = takeExponent(&rest) else { return .notANumber }
            exponent += power
        }
        guard rest.isEmpty else { return .notANumber }

        // Clinger's fast path (How to Read Floating Point Numbers Accurately, 1990): both parts are
        // exact as `Double`, so that the one division or product is the only rounding.
        if digits <= 19, mantissa <= 1 << 53, (-22...22).contains(exponent) {
            let value = Double(mantissa)
            let scaled = exponent < 0 ? value / powersOfTen[-exponent] : value * powersOfTen[exponent]
            return .finite(isNegative ? -scaled : scaled)
        }
        guard let value = Double(String(decoding: bytes, as: UTF8.self)) else { return .notANumber }
        return value.isFinite ? .finite(value) : .notFinite
    }

    /// Takes the digits at the front; returns how many there were.
    private static func takeDigits(
        _ rest: inout Slice<UnsafeBufferPointer<UInt8>>, into mantissa: inout UInt64, count: inout Int
    ) -> Int {
        let base = rest.base
        var index = rest.startIndex
        while index < rest.endIndex, case let digit = base[index] &- zero, digit < 10 {
            // From the twentieth on the sum may be wrong; `count` tells, and it is not used then.
            mantissa = mantissa &* 10 &+ UInt64(digit)
            if mantissa != 0 || count > 0 { count += 1 }
            index += 1
        }
        let taken = index - rest.startIndex
        rest = rest[index...]
        return taken
    }

    /// Takes [sign] digits; nil where there is no digit. An absurdly large one stays large.
    private static func takeExponent(_ rest: inout Slice<UnsafeBufferPointer<UInt8>>) -> Int? {
        let isNegative = rest.first == minus
        if isNegative || rest.first == plus { rest.removeFirst() }
        guard !rest.isEmpty else { return nil }
        var power = 0
        while let byte = rest.first, case let digit = byte &- zero, digit < 10 {
            power = min(power * 10 + Int(digit), 1_000_000)
            rest.removeFirst()
        }
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

    /// Those that are exact as `Double`.
    private static let powersOfTen: [Double] = [
        1e0, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15, 1e16, 1e17,
        1e18,
        1e19, 1e20, 1e21, 1e22,
    ]
}
