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
        let bytes = count * MemoryLayout<Scalar>.stride + Self.padding
        let raw = LargePages.allocate(byteCount: bytes)
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
    public var byteCount: Int { count * MemoryLayout<Scalar>.stride + Self.padding }
}
