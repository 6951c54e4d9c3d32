import Foundation
import Problems

/// A file that is gone with the value that holds it.
final class TemporaryFile {
    let path: String

    init(_ bytes: Data) throws {
        path = FileManager.default.temporaryDirectory.appendingPathComponent("unlooped-\(UUID())").path
        try bytes.write(to: URL(fileURLWithPath: path))
    }

    convenience init(_ text: String) throws { try self.init(Data(text.utf8)) }

    deinit { try? FileManager.default.removeItem(atPath: path) }
}

/// A folder that is gone, with all in it, with the value that holds it.
final class TemporaryFolder {
    let path: String

    init() throws {
        path = FileManager.default.temporaryDirectory.appendingPathComponent("unlooped-\(UUID())").path
        try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
    }

    /// Writes a file, and makes the folders on the way to it; returns its path.
    @discardableResult
    func file(_ name: String, _ bytes: some Sequence<UInt8>) throws -> String {
        let url = URL(fileURLWithPath: path).appendingPathComponent(name)
        try FileManager.default.createDirectory(
            at: url.deletingLastPathComponent(), withIntermediateDirectories: true)
        try Data(bytes).write(to: url)
        return url.path
    }

    /// Makes a folder; returns its path.
    @discardableResult
    func folder(_ name: String) throws -> String {
        let url = URL(fileURLWithPath: path).appendingPathComponent(name)
        try FileManager.default.createDirectory(at: url, withIntermediateDirectories: true)
        return url.path
    }

    deinit { try? FileManager.default.removeItem(atPath: path) }
}

extension FixedWidthInteger {
    /// The bytes of the number, in the requested order.
    func bytes(bigEndian isBigEndian: Bool = false) -> [UInt8] {
        withUnsafeBytes(of: isBigEndian ? bigEndian : littleEndian) { Array($0) }
    }
}

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

extension AlignedBuffer {
    /// A copy of the elements. They are there only as long as the buffer is held, which `elements` alone
    /// does not do.
    var values: [Scalar] { withExtendedLifetime(self) { Array(elements) } }
}

/// The bytes that the system's gzip makes of a file.
func packed(_ path: String) throws -> [UInt8] {
    let process = Process()
    process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
    process.arguments = ["gzip", "-c", path]
    let output = Pipe()
    process.standardOutput = output
    try process.run()
    let bytes = try output.fileHandleForReading.readToEnd()
    process.waitUntilExit()
    return [UInt8](bytes ?? Data())
}
