/// A dictionary as Python writes it, as far as NPY headers use it.
struct PythonLiteral {
    /// A value of the dictionary.
    enum Value: Equatable {
        case text(String)
        case truth(Bool)
        case numbers([Int])
        /// Numbers of which one is more than an `Int` holds, with its digits.
        case beyondInt(String)
        /// A list, which describes records.
        case other
    }

    private var rest: ArraySlice<UInt8>

    init(_ bytes: ArraySlice<UInt8>) { rest = bytes }

    /// The values by their keys; nil where the text is not what it should be.
    mutating func dictionary() -> [String: Value]? {
        guard take("{") else { return nil }
        var values: [String: Value] = [:]
        while !take("}") {
            guard let key = text(), take(":"), let value = value() else { return nil }
            values[key] = value
            // What stands behind a list is not read: there are no more values that matter.
            if value == .other { return values }
            if !take(",") {
                guard take("}") else { return nil }
                break
            }
        }
        skipBlanks()
        return rest.isEmpty ? values : nil
    }

    private mutating func value() -> Value? {
        skipBlanks()
        switch rest.first.map(UnicodeScalar.init) {
        case "'", "\"": return text().map { .text($0) }
        case "(": return numbers()
        case "[": return .other
        default:
            let word = takeAll { $0 | 0x20 >= 0x61 && $0 | 0x20 <= 0x7A }
            return word == "True" ? .truth(true) : word == "False" ? .truth(false) : nil
        }
    }

    private mutating func text() -> String? {
        guard let quote: UnicodeScalar = take("'") ? "'" : take("\"") ? "\"" : nil else { return nil }
        let text = takeAll { UnicodeScalar($0) != quote && $0 != 0x5C }
        return take(quote) ? text : nil
    }

    private mutating func numbers() -> Value? {
        guard take("(") else { return nil }
        var numbers: [Int] = []
        var beyondInt: String?
        while !take(")") {
            skipBlanks()
            let digits = takeAll { $0 >= 0x30 && $0 <= 0x39 }
            guard !digits.isEmpty else { return nil }
            if let number = Int(digits) { numbers.append(number) } else { beyondInt = digits }
            _ = take("L")  // Python 2 wrote long integers so.
            if !take(",") {
                guard take(")") else { return nil }
                break
            }
        }
        return beyondInt.map { .beyondInt($0) } ?? .numbers(numbers)
    }

    /// Steps over `scalar` and the blanks before it, where it comes next.
    private mutating func take(_ scalar: UnicodeScalar) -> Bool {
        skipBlanks()
        guard let first = rest.first, UnicodeScalar(first) == scalar else { return false }
        rest.removeFirst()
        return true
    }

    private mutating func takeAll(_ belongs: (UInt8) -> Bool) -> String {
        let taken = rest.prefix(while: belongs)
        rest = rest[taken.endIndex...]
        return String(decoding: taken, as: UTF8.self)
    }

    private mutating func skipBlanks() { rest = rest.drop { $0 == 0x20 || $0 == 0x0A || $0 == 0x09 } }
}
