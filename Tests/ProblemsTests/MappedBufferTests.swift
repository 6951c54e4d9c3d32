import Foundation
import Problems
import Testing

@Suite("A buffer may lie in a file")
struct MappedBufferTests {
    /// A file, open and without a name.
    func withFile<Result>(_ bytes: [UInt8], _ body: (Int32) throws -> Result) throws -> Result {
        let path = FileManager.default.temporaryDirectory.appendingPathComponent("unlooped-\(UUID())").path
        try Data(bytes).write(to: URL(fileURLWithPath: path))
        let descriptor = open(path, O_RDONLY)
        try #require(descriptor >= 0)
        unlink(path)
        defer { close(descriptor) }
        return try body(descriptor)
    }

    func bytes(_ values: [Float]) -> [UInt8] { values.withUnsafeBytes { Array($0) } }

    @Test(
        "It has the scalars of the file, from a multiple of 64 bytes on, and 64 bytes of zeros behind them",
        arguments: [0, 1, 15, 16, 1007, 1008, 1009, 1024, 2032, 5000], [0, 64, 4096, 8128])
    func values(count: Int, offset: Int) throws {
        let values = (0..<count).map { Float($0) + 0.5 }
        let rest: [UInt8] = .init(repeating: 0xFF, count: 300)
        for tail in [[], rest] {
            let file = [UInt8](repeating: 0xEE, count: offset) + bytes(values) + tail
            let buffer = try #require(
                try withFile(file) { AlignedBuffer<Float>(mapping: $0, offset: offset, count: count) })
            #expect(buffer.count == count)
            #expect(Array(buffer.elements) == values)
            #expect(UInt(bitPattern: buffer.base) % 64 == 0)
            #expect(UnsafeRawBufferPointer(start: buffer.base + count, count: 64).allSatisfy { $0 == 0 })
        }
    }

    @Test("A descriptor that cannot be mapped gives no buffer, and the reason")
    func refused() {
        #expect(AlignedBuffer<Float>(mapping: -1, offset: 0, count: 5000) == nil)
        #expect(errno == EBADF)
    }

    #if os(Linux)
    @Test("It takes no memory but that of the file, and gives it back")
    func memory() throws {
        let size = 64 << 20
        let path = FileManager.default.temporaryDirectory.appendingPathComponent("unlooped-\(UUID())").path
        defer { unlink(path) }
        #expect(FileManager.default.createFile(atPath: path, contents: nil))
        try #require(truncate(path, off_t(size)) == 0)
        let descriptor = open(path, O_RDONLY)
        defer { close(descriptor) }
        do {
            let buffer = try #require(
                AlignedBuffer<Double>(mapping: descriptor, offset: 0, count: size / 8))
            #expect(buffer.elements.allSatisfy { $0 == 0 })
            let mapped = try withExtendedLifetime(buffer) { try maps(path) }
            #expect(mapped.size == size)
            #expect(mapped.anonymous == 0)
        }
        #expect(try maps(path).size == 0)
    }

    /// Bytes of the mappings of a file, and those of them that are copies of our own.
    func maps(_ path: String) throws -> (size: Int, anonymous: Int) {
        var (size, anonymous, isWanted) = (0, 0, false)
        // Foundation's own way to read a file takes what comes first for all of it.
        let file = try #require(FileHandle(forReadingAtPath: "/proc/self/smaps"))
        let text = String(decoding: try file.readToEnd() ?? Data(), as: UTF8.self)
        for line in text.split(separator: "\n") {
            let words = line.split(separator: " ")
            if words[0].contains("-") {
                isWanted = line.hasSuffix(path)
            } else if isWanted, words[0] == "Size:" {
                size += (Int(words[1]) ?? 0) << 10
            } else if isWanted, words[0] == "Anonymous:" {
                anonymous += (Int(words[1]) ?? 0) << 10
            }
        }
        return (size, anonymous)
    }
    #endif
}
