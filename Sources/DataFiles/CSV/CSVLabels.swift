/// The labels of some rows: numbers, or words.
struct CSVLabels {
    /// The word for 0, where the format leaves it to the file.
    struct Negative {
        let word: String
        /// The line where it stands first.
        let line: Int
    }

    private let words: CSV.Words?

    /// The first word other than the positive one, where it is not given.
    private(set) var found: Negative?

    init(_ words: CSV.Words?) { self.words = words }

    /// Whether labels are the numbers 0 and 1.
    var areNumbers: Bool { words == nil }

    /// 0 or 1 for a field with a label.
    ///
    /// - Parameters:
    ///   - bytes: the field, without the quotes around it.
    ///   - text: the same as text.
    ///   - line: where it stands.
    /// - Throws: what is wrong with it.
    mutating func value(
        _ bytes: UnsafeBufferPointer<UInt8>, text: @autoclosure () -> String, line: Int
    ) throws(CSVError.Problem) -> Double {
        guard let words else {
            if case .finite(let value) = DecimalNumber.parse(bytes), value == 0 || value == 1 { return value }
            throw .label(text())
        }
        let word = text()
        let negative = words.negative ?? found?.word
        if word == words.positive { return 1 }
        if word == negative { return 0 }
        guard negative == nil, !word.isEmpty else {
            throw .word(word, positive: words.positive, negative: negative)
        }
        found = Negative(word: word, line: line)
        return 0
    }
}
