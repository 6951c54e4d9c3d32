import Foundation

/// The fields of a CSV file (RFC 4180), one after another.
///
/// Fields are separated by commas, or by the format's other separator; records end with LF or CRLF. A field
/// that starts with `"` goes on to the next lone `"`, over separators and line ends; `""` in it stands for
/// one. Spaces and tabs around a field do not belong to it, those within quotes do.
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

    /// A record that breaks the rules: where, what was found, and what was expected.
    struct Failure: Error {
        let line: Int
        /// In the line, counted from 1; nil where the whole field is wrong.
        var byte: Int?
        let message: String
    }

    private let bytes: UnsafeBufferPointer<UInt8>
    private let separator: UInt8
    private var position = 0
    private(set) var line: Int

    /// Starts at the first byte of `bytes`, which end without a line end.
    ///
    /// - Parameter line: the line of the file that they start in.
    init(_ bytes: UnsafeBufferPointer<UInt8>, separator: UInt8, line: Int = 1) {
        (self.bytes, self.separator, self.line) = (bytes, separator, line)
    }

    /// Whether the last record was read.
    var isAtEnd: Bool { position > bytes.count }

    /// The bytes that are left.
    var rest: UnsafeBufferPointer<UInt8> {
        UnsafeBufferPointer(rebasing: bytes[min(position, bytes.count)...])
    }

    /// Reads a field that is a number and nothing else, without quotes; nil, and does not move, where
    /// the next one is not so plain.
    @inline(__always)
    mutating func nextNumber() -> (value: Double, endsRecord: Bool)? {
        guard let base = bytes.baseAddress else { return nil }
        let end = base + bytes.count
        var start = base + position
        while start < end, start.pointee == Self.space { start += 1 }
        guard let (value, next) = DecimalNumber.scan(start, end) else { return nil }
        let after = next - base
        if next < end, next.pointee == separator {
            position = after + 1
            return (value, false)
        }
        if next == end || next.pointee == Self.newline {
            position = after + 1
            line += next == end ? 0 : 1
            return (value, true)
        }
        guard next.pointee == Self.carriageReturn, end - next > 1, next[1] == Self.newline else { return nil }
        position = after + 2
        line += 1
        return (value, true)
    }

    /// Steps over lines of blanks or of nothing; the caller does so before each record.
    @inline(__always)
    mutating func skipBlankLines() {
        // Of a line of a table the first byte is enough.
        while position < bytes.count, bytes[position] <= Self.space, skipBlankLine() {}
    }

    @inline(never)
    private mutating func skipBlankLine() -> Bool {
        var next = position
        while next < bytes.count, isBlank(bytes[next]) { next += 1 }
        if next < bytes.count, bytes[next] == Self.carriageReturn { next += 1 }
        guard next < bytes.count, bytes[next] == Self.newline else { return false }
        position = next + 1
        line += 1
        return true
    }

    /// The next field; the caller asks `isAtEnd` before each record.
    mutating func next() throws(Failure) -> Field {
        while position < bytes.count, isBlank(bytes[position]) { position += 1 }
        if position < bytes.count, bytes[position] == Self.quote { return try nextQuoted() }
        let start = position
        while position < bytes.count, bytes[position] != separator, bytes[position] != Self.newline {
            position += 1
        }
        var end = position
        var field = Field(start: start, end: end, line: line, endsRecord: endField())
        if field.endsRecord, end > start, bytes[end - 1] == Self.carriageReturn { end -= 1 }
        while end > start, isBlank(bytes[end - 1]) { end -= 1 }
        field.end = end
        return field
    }

    private mutating func nextQuoted() throws(Failure) -> Field {
        let (start, firstLine) = (position + 1, line)
        position += 1
        while true {
            guard position < bytes.count else {
                throw Failure(
                    line: firstLine,
                    message: "the quoted field that starts here has no end; expected a closing \"")
            }
            if bytes[position] == Self.newline { line += 1 }
            if bytes[position] == Self.quote {
                guard position + 1 < bytes.count, bytes[position + 1] == Self.quote else { break }
                position += 1
            }
            position += 1
        }
        let end = position
        position += 1
        while position < bytes.count, isBlank(bytes[position]) { position += 1 }
        if position + 1 < bytes.count, bytes[position] == Self.carriageReturn,
            bytes[position + 1] == Self.newline
        {
            position += 1
        }
        if position < bytes.count, bytes[position] != separator, bytes[position] != Self.newline {
            throw Failure(
                line: line,
                message: "found text behind a closing \"; expected a separator or the end of the line")
        }
        return Field(start: start, end: end, isQuoted: true, line: firstLine, endsRecord: endField())
    }

    /// Steps over the separator or line end at `position`; true where a record ends there.
    private mutating func endField() -> Bool {
        let isSeparator = position < bytes.count && bytes[position] == separator
        if !isSeparator, position < bytes.count { line += 1 }
        position += 1  // Also after the last byte, by which `isAtEnd` knows the end of the file.
        return !isSeparator
    }

    /// The bytes of a field.
    func bytes(_ field: Field) -> UnsafeBufferPointer<UInt8> {
        UnsafeBufferPointer(rebasing: bytes[field.start..<field.end])
    }

    /// The text of a field, which has to be UTF-8 and, without quotes, in one line.
    func text(_ field: Field) throws(Failure) -> String {
        guard let text = String(validating: bytes(field), as: UTF8.self) else { throw notUTF8(field) }
        if field.isQuoted { return text.replacing("\"\"", with: "\"") }
        guard !text.utf8.contains(Self.carriageReturn) else {
            throw Failure(
                line: field.line,
                message: "found '\(text.shown)', with a line end of CR alone; expected lines that all end "
                    + "with LF or CRLF, or all with CR")
        }
        return text
    }

    /// The first byte of a field that is not UTF-8, by its place in its line.
    private func notUTF8(_ field: Field) -> Failure {
        var place = field.start
        var rest = bytes(field).makeIterator()
        var parser = Unicode.UTF8.ForwardParser()
        while case .valid(let scalar) = parser.parseScalar(from: &rest) { place += scalar.count }
        let lineStart = bytes[..<place].lastIndex(of: Self.newline).map { $0 + 1 } ?? 0
        let lineEnds = bytes[field.start..<place].count { $0 == Self.newline }
        return Failure(
            line: field.line + lineEnds, byte: place - lineStart + 1,
            message: "found 0x\(String(bytes[place], radix: 16, uppercase: true)), which is not UTF-8; "
                + "expected UTF-8: save the file as that, or convert it, as "
                + "'iconv -f ISO-8859-1 -t UTF-8' does from that encoding")
    }

    private func isBlank(_ byte: UInt8) -> Bool {
        Self.isBlank(byte, separator: separator)
    }

    static func isBlank(_ byte: UInt8, separator: UInt8) -> Bool {
        byte == space || byte == tab && separator != tab
    }

    /// By memchr, which looks at as many bytes at once as the processor can.
    static func lineEnds(in bytes: UnsafeBufferPointer<UInt8>) -> Int {
        guard var next = UnsafeRawPointer(bytes.baseAddress) else { return 0 }
        let end = next + bytes.count
        var count = 0
        while let found = memchr(next, Int32(newline), end - next) {
            count += 1
            next = UnsafeRawPointer(found) + 1
        }
        return count
    }

    static var tab: UInt8 { 0x09 }
    static var newline: UInt8 { 0x0A }
    static var carriageReturn: UInt8 { 0x0D }
    static var space: UInt8 { 0x20 }
    static var quote: UInt8 { 0x22 }
}
