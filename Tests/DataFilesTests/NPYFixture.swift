import Foundation

/// An NPY file made by hand.
struct NPYFixture {
    var version: UInt8 = 1
    var header: String
    var values: [UInt8]
    /// The array starts at a multiple of this.
    var alignment = 64

    init(_ type: String, _ shape: String, fortran: Bool = false, _ values: [UInt8]) {
        header = "{'descr': '\(type)', 'fortran_order': \(fortran ? "True" : "False"), 'shape': \(shape), }"
        self.values = values
    }

    /// X of `Float`, as most are.
    init(floats: [Float], _ shape: String) {
        self.init("<f4", shape, floats.flatMap { $0.bitPattern.bytes() })
    }

    /// The bytes before the array.
    var start: [UInt8] {
        let prefix = version == 1 ? 10 : 12
        let padding = (alignment - (prefix + header.utf8.count + 1) % alignment) % alignment
        let text = Array((header + String(repeating: " ", count: padding) + "\n").utf8)
        let length = version == 1 ? UInt16(text.count).bytes() : UInt32(text.count).bytes()
        return [0x93] + Array("NUMPY".utf8) + [version, 0] + length + text
    }

    var bytes: [UInt8] { start + values }

    func write() throws -> TemporaryFile { try TemporaryFile(Data(bytes)) }

    /// Labels as bytes.
    static func labels(_ values: [UInt8]) -> NPYFixture { NPYFixture("|u1", "(\(values.count),)", values) }
}
