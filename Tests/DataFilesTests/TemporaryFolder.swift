import Foundation

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
    /// The bytes of the number, in the order asked for.
    func bytes(bigEndian isBigEndian: Bool = false) -> [UInt8] {
        withUnsafeBytes(of: isBigEndian ? bigEndian : littleEndian) { Array($0) }
    }
}
