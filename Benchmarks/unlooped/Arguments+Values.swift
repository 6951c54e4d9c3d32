import Measurement

/// Options as values. Each reader gives the option's default where it is not given, nil where there is
/// no default either, and an error that says what was expected.
extension Arguments {
    /// A whole number within `range`, such as `1000`, `10_000`, `1e5`, `2.5e6`.
    package func int(_ flag: String, in range: ClosedRange<Int> = 1...Int.max) throws(UsageError) -> Int? {
        guard let text = text(flag) else { return nil }
        return try Self.int(text, of: flag, in: range)
    }

    /// Whole numbers within `range`, separated by commas.
    package func ints(_ flag: String, in range: ClosedRange<Int> = 1...Int.max) throws(UsageError) -> [Int]? {
        guard let parts = list(flag) else { return nil }
        var values: [Int] = []
        for part in parts { values.append(try Self.int(part, of: flag, in: range)) }
        return values
    }

    /// A finite number greater than 0.
    package func positive(_ flag: String) throws(UsageError) -> Double? {
        try double(flag, "a finite number greater than 0") { $0 > 0 }
    }

    /// A finite number, 0 or greater.
    package func notNegative(_ flag: String) throws(UsageError) -> Double? {
        try double(flag, "a finite number, 0 or greater") { $0 >= 0 }
    }

    /// A time as the sampler takes it, in nanoseconds.
    ///
    /// - Parameter unit: nanoseconds in 1.
    func nanoseconds(_ flag: String, unit: Double) throws(UsageError) -> Int? {
        guard let value = try positive(flag) else { return nil }
        guard value * unit <= Double(SamplerSettings.possibleNanoseconds.upperBound) else {
            throw UsageError(option: flag, found: text(flag) ?? "", expected: "30 days at the most")
        }
        return max(1, Int(value * unit))
    }

    /// A part of a whole, 0 or greater: `5%`, or less than 1 as in `0.05`.
    package func fraction(_ flag: String) throws(UsageError) -> Double? {
        guard let text = text(flag) else { return nil }
        let isPercent = text.hasSuffix("%")
        let number = Double(isPercent ? String(text.dropLast()) : text)
        guard let number, number.isFinite, number >= 0, isPercent || number < 1 else {
            throw UsageError(option: flag, found: text, expected: "a part such as 5% or 0.05")
        }
        return isPercent ? number / 100 : number
    }

    /// One of the cases of `Choice`.
    package func choice<Choice: RawRepresentable<String> & CaseIterable>(
        _ flag: String, as _: Choice.Type = Choice.self
    ) throws(UsageError) -> Choice? {
        guard let text = text(flag) else { return nil }
        if let choice = Choice(rawValue: text) { return choice }
        throw UsageError(unknown: "value of \(flag)", text, among: Choice.allCases.map(\.rawValue))
    }

    /// One of `names`.
    package func name(_ flag: String, among names: [String]) throws(UsageError) -> String? {
        guard let text = text(flag) else { return nil }
        guard names.contains(text) else { throw UsageError(unknown: "value of \(flag)", text, among: names) }
        return text
    }

    /// Some of `names`, separated by commas, each once, in the order of `names`. A family stands for
    /// all its members: `simd` for `simd.lanes`, `simd.fused`.
    package func names(_ flag: String, among names: [String]) throws(UsageError) -> [String]? {
        guard let parts = list(flag) else { return nil }
        var chosen: Set<String> = []
        for part in parts {
            let meant = names.filter { $0 == part || $0.hasPrefix(part + ".") }
            guard !meant.isEmpty else {
                throw UsageError(unknown: "value of \(flag)", part, among: names)
            }
            chosen.formUnion(meant)
        }
        return names.filter(chosen.contains)
    }

    /// The parts of a value between commas, spaces around them left out.
    private func list(_ flag: String) -> [String]? {
        text(flag)?.split(separator: ",", omittingEmptySubsequences: false).map { part in
            String(part.drop { $0 == " " }.reversed().drop { $0 == " " }.reversed())
        }
    }

    private func double(
        _ flag: String, _ expected: String, _ isAllowed: (Double) -> Bool
    ) throws(UsageError) -> Double? {
        guard let text = text(flag) else { return nil }
        guard let value = Double(text), value.isFinite, isAllowed(value) else {
            throw UsageError(option: flag, found: text, expected: expected)
        }
        return value
    }

    private static func int(
        _ text: String, of flag: String, in range: ClosedRange<Int>
    ) throws(UsageError) -> Int {
        if let value = wholeNumber(text), range.contains(value) { return value }
        let bounds =
            range.upperBound == .max
            ? "\(range.lowerBound) or greater" : "from \(range.lowerBound) to \(range.upperBound)"
        throw UsageError(option: flag, found: text, expected: "a whole number, \(bounds)")
    }

    /// The whole number that `text` stands for, with `_` between digits and a power of ten allowed; nil
    /// where it is none, or is too large.
    static func wholeNumber(_ text: String) -> Int? {
        let parts = text.split(separator: "e", omittingEmptySubsequences: false)
        guard parts.count <= 2, let mantissa = parts.first else { return nil }
        let pieces = mantissa.split(separator: ".", omittingEmptySubsequences: false)
        guard pieces.count <= 2, let whole = pieces.first, isGroupedDigits(whole) else { return nil }
        var digits = whole.filter { $0 != "_" }
        var exponent = 0
        if parts.count == 2 {
            guard let power = Int(parts[1]), (0...18).contains(power) else { return nil }
            exponent = power
        }
        if pieces.count == 2 {
            guard isGroupedDigits(pieces[1]) else { return nil }
            let fraction = pieces[1].filter { $0 != "_" }
            digits += fraction
            exponent -= fraction.count
        }
        guard exponent >= 0, let value = Int(digits + String(repeating: "0", count: exponent)) else {
            return nil
        }
        return value
    }

    /// Digits, with single `_` between them.
    private static func isGroupedDigits(_ text: Substring) -> Bool {
        text.split(separator: "_", omittingEmptySubsequences: false).allSatisfy { group in
            !group.isEmpty && group.allSatisfy { $0.isASCII && $0.isNumber }
        }
    }
}
