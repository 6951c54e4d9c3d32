/// The fields of a CSV file (RFC 4180), one after another.
///
/// Fields are separated by commas, records end with LF or CRLF. A field that starts with `"` goes on to
/// the next lone `"`, over commas and line ends; `""` in it stands for one. Spaces and tabs around a
/// field do not belong to it, those within quotes do.
struct CSVScanner {
    /// One field, as bytes start..<end of the file, quotes not included.
    struct Field {
        var start: Int
        var end: Int
        var isQuoted = false
        /// The line that it starts in, from 1.
        var line: Int
        /// Whether it is the last of its record.
        var endsRecord: Bool
    }

    /// A record that breaks the rules.
    enum Failure: Error, Equatable {
        case unterminatedQuote(line: Int)
        case textAfterQuote(line: Int)

        var line: Int {
            switch self {
            case .unterminatedQuote(let line), .textAfterQuote(let line): line
            }
        }
    }

    private let bytes: UnsafeBufferPointer<UInt8>
    private var position = 0
    private(set) var line = 1

    /// Starts at the first byte of `bytes`, which end without a line end.
    init(_ bytes: UnsafeBufferPointer<UInt8>) { self.bytes = bytes }

    /// Whether the last record was read.
    var isAtEnd: Bool { position > bytes.count }

    /// The next field; the caller asks `isAtEnd` before each record.
    mutating func next() throws(Failure) -> Field {
        while position < bytes.count, Self.isBlank(bytes[position]) { position += 1 }
        if position < bytes.count, bytes[position] == Self.quote { return try nextQuoted() }
        let start = position
        while position < bytes.count, bytes[position] != Self.comma, bytes[position] != Self.newline {
            position += 1
        }
        var end = position
        var field = Field(start: start, end: end, line: line, endsRecord: endField())
        if field.endsRecord, end > start, bytes[end - 1] == Self.carriageReturn { end -= 1 }
        while end > start, Self.isBlank(bytes[end - 1]) { end -= 1 }
        field.end = end
        return field
    }

    private mutating func nextQuoted() throws(Failure) -> Field {
        let (start, firstLine) = (position + 1, line)
        position += 1
        while true {
            guard position < bytes.count else { throw .unterminatedQuote(line: firstLine) }
            if bytes[position] == Self.newline { line += 1 }
            if bytes[position] == Self.quote {
                guard position + 1 < bytes.count, bytes[position + 1] == Self.quote else { break }
                position += 1
            }
            position += 1
        }
        let end = position
        position += 1
        while position < bytes.count, Self.isBlank(bytes[position]) { position += 1 }
        if position + 1 < bytes.count, bytes[position] == Self.carriageReturn,
            bytes[position + 1] == Self.newline
        {
            position += 1
        }
        if position < bytes.count, bytes[position] != Self.comma, bytes[position] != Self.newline {
            throw .textAfterQuote(line: line)
        }
        return Field(start: start, end: end, isQuoted: true, line: firstLine, endsRecord: endField())
    }

    /// Steps over the comma or line end at `position`; true where a record ends there.
    private mutating func endField() -> Bool {
        let isComma = position < bytes.count && bytes[position] == Self.comma
        if !isComma, position < bytes.count { line += 1 }
        position += 1  // Also behind the last byte, which is how the end of the file is told.
        return !isComma
    }

    /// The text of a field.
    func text(_ field: Field) -> String {
        let text = String(decoding: bytes[field.start..<field.end], as: UTF8.self)
        return field.isQuoted ? text.replacing("\"\"", with: "\"") : text
    }

    private static func isBlank(_ byte: UInt8) -> Bool { byte == 0x20 || byte == 0x09 }

    private static var comma: UInt8 { 0x2C }
    private static var quote: UInt8 { 0x22 }
    static var newline: UInt8 { 0x0A }
    static var carriageReturn: UInt8 { 0x0D }
}
