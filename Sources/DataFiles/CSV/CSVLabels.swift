/// The labels of some rows: numbers, or words.
struct CSVLabels {
    private let words: CSV.Words?

    /// The first word other than the positive one, where the format leaves it to the file.
    private(set) var found: String? {
        didSet { negative = Self.bytes(of: found) }
    }

    private let positive: [UInt8]?
    private var negative: [UInt8]?

    init(_ words: CSV.Words?) {
        self.words = words
        (positive, negative) = (Self.bytes(of: words?.positive), Self.bytes(of: words?.negative))
    }

    /// Whether labels are the numbers 0 and 1.
    var areNumbers: Bool { words == nil }

    /// 0 or 1 for a field with a label.
    ///
    /// - Parameters:
    ///   - bytes: the field, without the quotes around it.
    ///   - text: the same as text.
    /// - Throws: what is wrong with it.
    mutating func value(
        _ bytes: UnsafeBufferPointer<UInt8>, text: @autoclosure () -> String
    ) throws(CSVError.Problem) -> Double {
        guard let words else {
            if case .finite(let value) = DecimalNumber.parse(bytes), value == 0 || value == 1 { return value }
            throw .label(text())
        }
        // Mostly the bytes tell, and making a text of them takes long.
        if let positive, positive.elementsEqual(bytes) { return 1 }
        if let negative, negative.elementsEqual(bytes) { return 0 }
        let word = text()
        let negative = words.negative ?? found
        if word == words.positive { return 1 }
        if word == negative { return 0 }
        guard negative == nil, !word.isEmpty else {
            throw .word(word, positive: words.positive, negative: negative)
        }
        found = word
        return 0
    }

    /// How a word stands in the file; nil where that depends on whether it is quoted.
    private static func bytes(of word: String?) -> [UInt8]? {
        word.flatMap { $0.utf8.contains(CSVScanner.quote) ? nil : Array($0.utf8) }
    }
}
