#if canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#elseif canImport(Darwin)
import Darwin
#endif

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
