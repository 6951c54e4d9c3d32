#if canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#elseif canImport(Darwin)
import Darwin
#endif

/// Scalars in memory of their own, or in a file that is mapped, laid out for vector loads.
///
/// - The first scalar starts at a multiple of 64 bytes; in a large buffer of its own memory at one of
///   2 MiB, and Linux is asked for 2 MiB pages: a stream over it meets fewer page walks.
/// - At least 64 bytes after the last scalar belong to the buffer and are 0, so that a kernel may
///   load a whole vector at the tail.
/// - Where a `Fence` is asked for, nothing else may be touched.
///
/// The memory is shared by all who hold the buffer. Its maker fills it before handing it on; from then on it is
/// either read by all or written by its one owner.
public final class AlignedBuffer<Scalar: RealScalar>: Sendable {
    /// Bytes of zeros after the last scalar of every buffer.
    public static var padding: Int { 64 }

    /// The number of scalars, padding not counted.
    public let count: Int

    /// The first scalar.
    public nonisolated(unsafe) let base: UnsafeMutablePointer<Scalar>

    private let memory: Memory

    /// The memory that the scalars lie in.
    private enum Memory {
        case own
        case file(FileMapping)
        case fenced(FencedMemory)
    }

    /// `count` zeros.
    public init(zeros count: Int) {
        let bytes = Self.byteCount(for: count)
        let raw: UnsafeMutableRawPointer
        if let fence = Fence.here, let fenced = FencedMemory(byteCount: bytes, fence) {
            (raw, memory) = (fenced.start, .fenced(fenced))
        } else {
            (raw, memory) = (LargePages.allocate(byteCount: bytes), .own)
            raw.initializeMemory(as: UInt8.self, repeating: 0, count: bytes)
        }
        self.count = count
        base = raw.bindMemory(to: Scalar.self, capacity: count)
    }

    /// A copy of `values`.
    public convenience init(_ values: some Collection<Scalar>) {
        self.init(zeros: values.count)
        _ = elements.update(fromContentsOf: values)
    }

    /// `count` scalars of a file, which stay there: the system brings in what is read, and may drop it
    /// again. They can only be read; to write them ends the program, and so does reading them once
    /// another program has cut the file short, unless `MappedFiles` prevents it.
    ///
    /// - Parameters:
    ///   - descriptor: a plain file, open for reading; it may be closed afterwards. The scalars in it are
    ///     stored as in memory.
    ///   - offset: where they start, a multiple of 64 bytes.
    ///   - count: how many there are; the file has to hold them all.
    ///   - path: what the file is called in messages.
    /// - Returns: nil where the system refuses; `errno` then has the reason.
    public init?(mapping descriptor: Int32, offset: Int, count: Int, path: String = "a file") {
        precondition(offset >= 0 && offset % 64 == 0 && count >= 0, "no place for scalars")
        let end = offset + count * MemoryLayout<Scalar>.stride
        guard let mapping = FileMapping(descriptor, count: end, padding: Self.padding, path: path) else {
            return nil
        }
        self.count = count
        memory = .file(mapping)
        base = (mapping.start + offset).bindMemory(to: Scalar.self, capacity: count)
    }

    deinit {
        switch memory {
        case .own: UnsafeMutableRawPointer(base).deallocate()
        case .file(let mapping): mapping.unmap()
        case .fenced(let fenced): fenced.free()
        }
    }

    /// All scalars, padding not included. Valid as long as the buffer is held.
    @inlinable public var elements: UnsafeMutableBufferPointer<Scalar> {
        UnsafeMutableBufferPointer(start: base, count: count)
    }

    /// Whether the scalars lie in a file that is mapped.
    public var isMapped: Bool { if case .file = memory { true } else { false } }

    /// Bytes allocated, padding included.
    public var byteCount: Int { Self.byteCount(for: count) }

    /// Bytes that a buffer of `count` scalars takes, padding included.
    public static func byteCount(for count: Int) -> Int { count * MemoryLayout<Scalar>.stride + padding }
}

/// The first bytes of a file in memory, read-only, and zeros after them.
private struct FileMapping: Sendable {
    /// The first byte, at the start of a page.
    nonisolated(unsafe) let start: UnsafeMutableRawPointer

    private let length: Int

    /// Maps `count` bytes, which the file has to have.
    ///
    /// Whole pages are those of the file. The page of the last byte is a copy, followed by zeros, so that
    /// neither what comes later in the file nor its end shows in the padding.
    ///
    /// - Parameters:
    ///   - padding: zeros after the last byte.
    ///   - path: what the file is called in messages.
    /// - Returns: nil where the system refuses; `errno` then has the reason.
    init?(_ descriptor: Int32, count: Int, padding: Int, path: String) {
        let page = Int(sysconf(Int32(_SC_PAGESIZE)))
        let mapped = count / page * page
        length = (count + padding + page - 1) / page * page
        // First one piece of address space, so that the parts are contiguous.
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
        MappedFiles.add(start, mapped, path)
    }

    /// Gives the memory back.
    func unmap() {
        MappedFiles.remove(start)
        munmap(start, length)
    }

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

/// Memory that a stream over it meets few page walks in.
public enum LargePages {
    /// Memory that is not initialized, from a multiple of 64 bytes on. A large piece starts at a multiple
    /// of 2 MiB, and Linux is asked for 2 MiB pages.
    public static func allocate(byteCount: Int) -> UnsafeMutableRawPointer {
        let size = 2 << 20
        let isLarge = byteCount >= 2 * size
        let memory = UnsafeMutableRawPointer.allocate(byteCount: byteCount, alignment: isLarge ? size : 64)
        #if os(Linux)
        // Only advice: where it is refused the memory works as well, on small pages.
        let adviseHugePages: Int32 = 14  // MADV_HUGEPAGE of <sys/mman.h>, which Glibc does not export
        if isLarge { madvise(memory, byteCount & ~(size - 1), adviseHugePages) }
        #endif
        return memory
    }
}
