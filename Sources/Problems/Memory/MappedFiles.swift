import Synchronization

#if canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#elseif canImport(Darwin)
import Darwin
#endif

/// The files that are mapped. Where another program cuts one short, reading what is gone sends SIGBUS; whoever handles
/// the signal can have the rest read as zeros, and end the work in good order once `cutShort` names the file.
public enum MappedFiles {
    /// The file that was found to be cut short; nil where none was.
    public static var cutShort: String? {
        let slot = damaged.load(ordering: .relaxed)
        return slot < 0 ? nil : paths.withLock { $0[slot] } ?? "a file"
    }

    /// Puts zeros in place of what a file no longer has. Only what a signal handler may call; it may once this property of
    /// the type was asked for: `cutShort`.
    ///
    /// - Parameter address: the one that could not be read.
    /// - Returns: false where it is in no file that is mapped.
    public static func replaceByZeros(at address: UInt) -> Bool {
        for slot in 0..<count {
            let start = ranges[2 * slot].load(ordering: .acquiring)
            let end = start &+ ranges[2 * slot + 1].load(ordering: .relaxed)
            guard start != 0, address >= start, address < end else { continue }
            let page = address & ~UInt(pageSize - 1)
            let flags = MAP_PRIVATE | MAP_ANONYMOUS | MAP_FIXED
            let zeros = mmap(
                UnsafeMutableRawPointer(bitPattern: page), Int(end - page), PROT_READ, flags, -1, 0)
            guard zeros != MAP_FAILED else { return false }
            damaged.store(slot, ordering: .relaxed)
            return true
        }
        return false
    }

    /// Notes that whole pages of a file are mapped. Where there is no slot left for it, it ends the program to cut it short.
    static func add(_ start: UnsafeMutableRawPointer, _ length: Int, _ path: String) {
        paths.withLock { paths in
            guard length > 0,
                let slot = (0..<count).first(where: { ranges[2 * $0].load(ordering: .relaxed) == 0 })
            else { return }
            paths[slot] = path
            ranges[2 * slot + 1].store(UInt(length), ordering: .relaxed)
            ranges[2 * slot].store(UInt(bitPattern: start), ordering: .releasing)
        }
    }

    static func remove(_ start: UnsafeMutableRawPointer) {
        paths.withLock { _ in
            for slot in 0..<count where ranges[2 * slot].load(ordering: .relaxed) == UInt(bitPattern: start) {
                ranges[2 * slot].store(0, ordering: .relaxed)
            }
        }
    }

    private static let count = 16
    private static let pageSize = Int(sysconf(Int32(_SC_PAGESIZE)))
    private static let paths = Mutex<[Int: String]>([:])

    /// The slot of the file that was cut short; −1 where none was.
    private static let damaged = Atomic(-1)

    /// For each slot where its file begins, 0 where it is free, and how long it is.
    private nonisolated(unsafe) static let ranges = {
        let ranges = UnsafeMutablePointer<Atomic<UInt>>.allocate(capacity: 2 * count)
        for i in 0..<2 * count { (ranges + i).initialize(to: Atomic(0)) }
        return ranges
    }()
}
