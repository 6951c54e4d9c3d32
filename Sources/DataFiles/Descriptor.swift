import Foundation

/// An open file as the system knows it; who opened it closes it.
struct Descriptor: Sendable {
    let number: Int32

    /// Reads at a place of a plain file; returns how many bytes it had.
    func read(into memory: UnsafeMutableRawBufferPointer, at offset: Int) throws(FileProblem) -> Int {
        var filled = 0
        while filled < memory.count {
            let place = off_t(offset + filled)
            let count = pread(number, memory.baseAddress?.advanced(by: filled), memory.count - filled, place)
            if count < 0, errno == EINTR { continue }
            guard count >= 0 else { throw .latest }
            guard count > 0 else { break }
            filled += count
        }
        return filled
    }

    /// All bytes to the end of a pipe, or of whatever shows its length at its end only.
    func readToEnd() throws(FileProblem) -> Data {
        var data = Data(count: 1 << 16)
        var filled = 0
        while true {
            if filled == data.count {
                try PhysicalMemory.check(bytes: 2 * UInt64(filled))
                data.count *= 2
            }
            let room = data.count - filled
            let count = data.withUnsafeMutableBytes { bytes in
                Foundation.read(number, bytes.baseAddress?.advanced(by: filled), room)
            }
            if count < 0, errno == EINTR { continue }
            guard count >= 0 else { throw .latest }
            guard count > 0 else { break }
            filled += count
        }
        return data.prefix(filled)
    }
}

extension FileProblem {
    /// The latest error of a call of the system.
    static var latest: Self { .unreadable(String(cString: strerror(errno))) }

    /// The latest error of a call that takes a path.
    static var latestOfPath: Self {
        // "Not a directory": a file stands where a folder should be, so nothing is at the path.
        errno == ENOENT || errno == ENOTDIR ? .missing : .latest
    }
}
