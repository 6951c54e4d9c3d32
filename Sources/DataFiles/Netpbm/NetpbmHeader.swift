import Foundation

/// The text at the start of a Netpbm file, taken bit by bit.
struct NetpbmHeader {
    private let contents: Data
    private var position: Data.Index

    init(_ contents: Data) { (self.contents, position) = (contents, contents.startIndex) }

    /// What was not taken yet.
    var rest: Data { contents[position...] }

    /// Takes a byte.
    mutating func next() -> UInt8? {
        guard position < contents.endIndex else { return nil }
        defer { position += 1 }
        return contents[position]
    }

    /// Takes blanks and comments, at least one of them, and the number behind them; nil where none is
    /// there, or one of 2³¹ or more.
    mutating func number() -> Int? {
        guard let first = peek, Self.isBlank(first) || first == Self.hash else { return nil }
        while let byte = peek, Self.isBlank(byte) || byte == Self.hash {
            position += 1
            guard byte == Self.hash else { continue }
            while let byte = next(), byte != 0x0A, byte != 0x0D {}
        }
        var number: Int?
        while let byte = peek, case let digit = byte &- 0x30, digit < 10 {
            number = (number ?? 0) * 10 + Int(digit)
            guard number ?? 0 < 1 << 31 else { return nil }
            position += 1
        }
        return number
    }

    private var peek: UInt8? { position < contents.endIndex ? contents[position] : nil }

    /// Whether a byte is white space, as C's isspace has it.
    static func isBlank(_ byte: UInt8) -> Bool { byte == 0x20 || (0x09...0x0D).contains(byte) }

    private static var hash: UInt8 { 0x23 }
}
