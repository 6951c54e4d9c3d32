#if canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#elseif canImport(Darwin)
import Darwin
#endif

/// The first bytes of a file in memory, read-only, and zeros behind them.
struct FileMapping: Sendable {
    /// The first byte, at the start of a page.
    nonisolated(unsafe) let start: UnsafeMutableRawPointer

    private let length: Int

    /// Maps `count` bytes, which the file has to have.
    ///
    /// Whole pages are those of the file. The page of the last byte is a copy, followed by zeros, so that
    /// neither what comes later in the file nor its end shows in the padding.
    ///
    /// - Parameter padding: zeros behind the last byte.
    /// - Returns: nil where the system refuses; `errno` then tells why.
    init?(_ descriptor: Int32, count: Int, padding: Int) {
        let page = Int(sysconf(Int32(_SC_PAGESIZE)))
        let mapped = count / page * page
        length = (count + padding + page - 1) / page * page
        // First one piece of address space, so that the parts lie side by side.
        guard let start = Self.map(nil, length, PROT_NONE, MAP_ANONYMOUS, -1) else { return nil }
        self.start = start
        let copy = start + mapped
        guard
            mapped == 0 || Self.map(start, mapped, PROT_READ, MAP_FIXED, descriptor) != nil,
            Self.map(copy, length - mapped, PROT_READ | PROT_WRITE, MAP_FIXED | MAP_ANONYMOUS, -1) != nil,
            Self.read(descriptor, into: copy, count - mapped, at: mapped),
            mprotect(copy, length - mapped, PROT_READ) == 0
        else {
            let reason = errno
            unmap()
            errno = reason
            return nil
        }
    }

    /// Gives the memory back.
    func unmap() { munmap(start, length) }

    private static func map(
        _ place: UnsafeMutableRawPointer?, _ length: Int, _ protection: Int32, _ flags: Int32,
        _ descriptor: Int32
    ) -> UnsafeMutableRawPointer? {
        let found = mmap(place, length, protection, MAP_PRIVATE | flags, descriptor, 0)
        return found == MAP_FAILED ? nil : found
    }

    /// Reads `count` bytes; where the file has fewer, the rest stays 0.
    private static func read(
        _ descriptor: Int32, into memory: UnsafeMutableRawPointer, _ count: Int, at offset: Int
    ) -> Bool {
        var filled = 0
        while filled < count {
            let found = pread(descriptor, memory + filled, count - filled, off_t(offset + filled))
            if found < 0, errno == EINTR { continue }
            guard found >= 0 else { return false }
            guard found > 0 else { break }
            filled += found
        }
        return true
    }
}
