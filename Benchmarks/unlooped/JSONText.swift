import Foundation

/// JSON as the verbs print it.
enum JSONText {
    /// One line, keys in alphabetical order, numbers with the digits that give the same bits again.
    static func line(_ value: some Encodable) throws -> String {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        return String(decoding: try encoder.encode(value), as: UTF8.self)
    }
}

/// A number in JSON, which has no NaN and no infinity: `null` stands for both.
struct JSONNumber<Scalar: BinaryFloatingPoint & Encodable>: Encodable {
    /// The number.
    let value: Scalar

    init(_ value: Scalar) { self.value = value }

    func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        if value.isFinite { try container.encode(value) } else { try container.encodeNil() }
    }
}
