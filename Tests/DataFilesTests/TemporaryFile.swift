import Foundation

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
