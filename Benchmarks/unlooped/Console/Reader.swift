import Measurement

/// Makes a value of the text of an option, or an error that says what was expected.
struct Reader<Value> {
    /// - Parameter flag: the option, for the error.
    let read: (_ text: String, _ flag: String) throws(UsageError) -> Value
}

extension Reader<String> {
    static var text: Self { Self { text, _ in text } }

    /// The path of a file, or of what else is expected.
    static func path(_ expected: String = "the path of a file") -> Self {
        Self { text, flag throws(UsageError) in
            guard !text.isEmpty else { throw UsageError(option: flag, found: "", expected: expected) }
            return text
        }
    }

    /// One of `names`.
    static func name(among names: [String]) -> Self {
        Self { text, flag throws(UsageError) in
            guard names.contains(text) else {
                throw UsageError(unknown: "value of \(flag)", text, among: names)
            }
            return text
        }
    }
}

extension Reader<[String]> {
    /// Some of `names`, separated by commas, each once, in the order of `names`. A family stands for
    /// all its members: `simd` for `simd.lanes`, `simd.fused`.
    static func names(among names: [String]) -> Self {
        Self { text, flag throws(UsageError) in
            var chosen: Set<String> = []
            for part in parts(text) {
                let meant = names.filter { $0 == part || $0.hasPrefix(part + ".") }
                guard !meant.isEmpty else {
                    throw UsageError(unknown: "value of \(flag)", part, among: names)
                }
                chosen.formUnion(meant)
            }
            return names.filter(chosen.contains)
        }
    }
}

extension Reader {
    /// The value with a name.
    static func one(of values: KeyValuePairs<String, Value>) -> Self {
        Self { text, flag throws(UsageError) in
            if let found = values.first(where: { $0.key == text }) { return found.value }
            throw UsageError(unknown: "value of \(flag)", text, among: values.map(\.key))
        }
    }
}

extension Reader where Value: RawRepresentable<String> & CaseIterable {
    /// One of the cases.
    static var choice: Self {
        Self { text, flag throws(UsageError) in
            if let choice = Value(rawValue: text) { return choice }
            throw UsageError(unknown: "value of \(flag)", text, among: Value.allCases.map(\.rawValue))
        }
    }
}

extension Reader<Double> {
    /// A finite number greater than 0.
    static var positive: Self { number("a finite number greater than 0") { $0 > 0 } }

    /// A finite number, 0 or greater.
    static var notNegative: Self { number("a finite number, 0 or greater") { $0 >= 0 } }

    private static func number(_ expected: String, _ isAllowed: @escaping (Double) -> Bool) -> Self {
        Self { text, flag throws(UsageError) in
            guard let value = Double(text), value.isFinite, isAllowed(value) else {
                throw UsageError(option: flag, found: text, expected: expected)
            }
            return value
        }
    }

    /// A part of a whole, 0 or greater: `5%`, or less than 1 as in `0.05`.
    static var fraction: Self {
        Self { text, flag throws(UsageError) in
            let isPercent = text.hasSuffix("%")
            let number = Double(isPercent ? String(text.dropLast()) : text)
            guard let number, number.isFinite, number >= 0, isPercent || number < 1 else {
                throw UsageError(option: flag, found: text, expected: "a part such as 5% or 0.05")
            }
            return isPercent ? number / 100 : number
        }
    }
}

extension Reader<UInt64> {
    static var seed: Self {
        Self { text, flag throws(UsageError) in UInt64(try Reader<Int>.int(in: 0...Int.max).read(text, flag))
        }
    }
}

extension Reader<[Int]> {
    /// Whole numbers within `range`, separated by commas.
    static func ints(in range: ClosedRange<Int> = 1...Int.max) -> Self {
        Self { text, flag throws(UsageError) in
            var values: [Int] = []
            for part in parts(text) { values.append(try Reader<Int>.int(in: range).read(part, flag)) }
            return values
        }
    }
}

extension Reader<Int> {
    /// A time as the sampler takes it, in nanoseconds.
    ///
    /// - Parameter unit: nanoseconds in 1.
    static func nanoseconds(unit: Double) -> Self {
        Self { text, flag throws(UsageError) in
            let value = try Reader<Double>.positive.read(text, flag)
            guard value * unit <= Double(SamplerSettings.possibleNanoseconds.upperBound) else {
                throw UsageError(option: flag, found: text, expected: "30 days at the most")
            }
            return max(1, Int(value * unit))
        }
    }

    /// A whole number within `range`, such as `1000`, `10_000`, `1e5`, `2.5e6`.
    static func int(in range: ClosedRange<Int> = 1...Int.max) -> Self {
        Self { text, flag throws(UsageError) in
            if let value = wholeNumber(text), range.contains(value) { return value }
            let bounds =
                range.upperBound == .max
                ? "\(range.lowerBound) or greater" : "from \(range.lowerBound) to \(range.upperBound)"
            throw UsageError(option: flag, found: text, expected: "a whole number, \(bounds)")
        }
    }

    /// The whole number that `text` stands for, with `_` between digits and a power of ten allowed; nil
    /// where it is none, or is too large.
    private static func wholeNumber(_ text: String) -> Int? {
        let parts = text.split(separator: "e", omittingEmptySubsequences: false)
        guard parts.count <= 2, let mantissa = parts.first else { return nil }
        let pieces = mantissa.split(separator: ".", omittingEmptySubsequences: false)
        guard pieces.count <= 2, pieces.allSatisfy(isGroupedDigits) else { return nil }
        var digits = pieces[0].filter { $0 != "_" }
        var exponent = 0
        if parts.count == 2 {
            guard let power = Int(parts[1]), (0...18).contains(power) else { return nil }
            exponent = power
        }
        if pieces.count == 2 {
            let fraction = pieces[1].filter { $0 != "_" }
            digits += fraction
            exponent -= fraction.count
        }
        guard exponent >= 0 else { return nil }
        return Int(digits + String(repeating: "0", count: exponent))
    }

    /// Digits, with single `_` between them.
    private static func isGroupedDigits(_ text: Substring) -> Bool {
        text.split(separator: "_", omittingEmptySubsequences: false).allSatisfy { group in
            !group.isEmpty && group.allSatisfy { $0.isASCII && $0.isNumber }
        }
    }
}

/// The parts of a value between commas, spaces around them left out.
private func parts(_ text: String) -> [String] {
    text.split(separator: ",", omittingEmptySubsequences: false).map { part in
        String(part.drop { $0 == " " }.reversed().drop { $0 == " " }.reversed())
    }
}
