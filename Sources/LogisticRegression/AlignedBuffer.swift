#if canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#elseif canImport(Darwin)
import Darwin
#endif

/// Scalars in memory of their own, laid out for vector loads.
///
/// - The first scalar starts at a multiple of 64 bytes, of 2 MiB in a large buffer, which on Linux
///   then asks for 2 MiB pages: a stream over it meets fewer page walks.
/// - At least 64 bytes behind the last scalar belong to the buffer and are 0, so that a kernel may
///   load a whole vector at the tail.
///
/// The memory is shared by all who hold the buffer. Whoever makes one fills it before handing it on;
/// from then on it is either read by all or written by its one owner.
public final class AlignedBuffer<Scalar: RealScalar>: Sendable {
    /// Bytes of zeros that every buffer has behind its last scalar.
    public static var padding: Int { 64 }

    /// The number of scalars, padding not counted.
    public let count: Int

    /// The first scalar.
    public nonisolated(unsafe) let base: UnsafeMutablePointer<Scalar>

    /// `count` zeros.
    public init(zeros count: Int) {
        let largePage = 2 << 20
        let bytes = Self.byteCount(for: count)
        let isLarge = bytes >= 2 * largePage
        let raw = UnsafeMutableRawPointer.allocate(byteCount: bytes, alignment: isLarge ? largePage : 64)
        #if os(Linux)
        // Only advice: where it is refused the buffer works as well, on small pages.
        let adviseHugePages: Int32 = 14  // MADV_HUGEPAGE of <sys/mman.h>, which Glibc does not export
        if isLarge { madvise(raw, bytes & ~(largePage - 1), adviseHugePages) }
        #endif
        raw.initializeMemory(as: UInt8.self, repeating: 0, count: bytes)
        self.count = count
        base = raw.bindMemory(to: Scalar.self, capacity: count)
    }

    /// A copy of `values`.
    public convenience init(_ values: some Collection<Scalar>) {
        self.init(zeros: values.count)
        _ = elements.update(fromContentsOf: values)
    }

    deinit { UnsafeMutableRawPointer(base).deallocate() }

    /// All scalars, padding not included. Valid as long as the buffer is held.
    @inlinable public var elements: UnsafeMutableBufferPointer<Scalar> {
        UnsafeMutableBufferPointer(start: base, count: count)
    }

    /// Bytes allocated, padding included.
    public var byteCount: Int { Self.byteCount(for: count) }

    /// Bytes that a buffer of `count` scalars takes, padding included.
    public static func byteCount(for count: Int) -> Int { count * MemoryLayout<Scalar>.stride + padding }
}
