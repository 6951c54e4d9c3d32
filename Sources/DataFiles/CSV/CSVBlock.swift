import Foundation

/// A part of the rows of a file, cut behind a line end, so that blocks can be read at the same time.
struct CSVBlock: Sendable {
    /// Its bytes, without the line end behind the last row. They are only read, as long as the file is
    /// in memory.
    nonisolated(unsafe) let bytes: UnsafeBufferPointer<UInt8>
    /// Line ends within, and one for the last row: the rows, where no field holds a line end.
    let lines: Int

    private init(_ bytes: UnsafeBufferPointer<UInt8>) {
        self.bytes = bytes
        lines = 1 + Self.count(CSVScanner.newline, in: bytes)
    }

    /// By memchr, which looks at as many bytes at once as the processor can.
    private static func count(_ byte: UInt8, in bytes: UnsafeBufferPointer<UInt8>) -> Int {
        guard var next = UnsafeRawPointer(bytes.baseAddress) else { return 0 }
        let end = next + bytes.count
        var count = 0
        while let found = memchr(next, Int32(byte), end - next) {
            count += 1
            next = UnsafeRawPointer(found) + 1
        }
        return count
    }

    /// Cuts rows into blocks, each of a mebibyte or a little more.
    ///
    /// - Parameter rows: at least one byte, and no line end at the end.
    static func cut(_ rows: UnsafeBufferPointer<UInt8>) -> [CSVBlock] {
        var ranges: [Range<Int>] = []
        var start = 0
        while start <= rows.count {
            let least = min(start + 1 << 20, rows.count)
            let end = rows[least...].firstIndex(of: CSVScanner.newline) ?? rows.count
            ranges.append(start..<end)
            start = end + 1
        }
        nonisolated(unsafe) let rows = rows
        return concurrentMap(ranges) { CSVBlock(UnsafeBufferPointer(rebasing: rows[$0])) }
    }
}
