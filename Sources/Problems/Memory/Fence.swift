import Synchronization

#if canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#elseif canImport(Darwin)
import Darwin
#endif

/// A page next to each buffer that nobody may touch, for whoever looks for reads and writes outside of buffers: these
/// end the program where they would otherwise find what happens to lie there.
///
/// Both sides are protected. A page is larger than most buffers, so that a buffer touches one of the two only.
public enum Fence: Sendable {
    /// The protected page is next to the first scalar.
    case before
    /// The protected page comes right after the padding; after up to 63 bytes more where these are no multiple of 64.
    case behind

    /// Runs `body`; the buffers that it makes on this thread are fenced in.
    public static func with<Result>(_ fence: Fence, _ body: () throws -> Result) rethrows -> Result {
        uses.wrappingAdd(1, ordering: .relaxed)
        defer { uses.wrappingSubtract(1, ordering: .relaxed) }
        return try current.withValue(fence, operation: body)
    }

    /// How buffers are to be fenced in that are made here; nil where they are not.
    static var here: Fence? {
        // A step that allocates is timed: it must not pay for looking up a task-local value.
        uses.load(ordering: .relaxed) == 0 ? nil : current.get()
    }

    // Not by the macro, which a compiler for another system does not find.
    private static let current = TaskLocal<Fence?>(wrappedValue: nil)

    /// How many calls of `with` go on.
    private static let uses = Atomic(0)
}

/// Zeros between two protected pages.
struct FencedMemory: Sendable {
    /// At a multiple of 64 bytes.
    nonisolated(unsafe) let start: UnsafeMutableRawPointer

    private let mapping: Mapping

    /// - Returns: nil where the system refuses.
    init?(byteCount: Int, _ fence: Fence) {
        guard let mapping = Mapping.taken(byteCount: byteCount) ?? Mapping(byteCount: byteCount) else {
            return nil
        }
        self.mapping = mapping
        start = fence == .before ? mapping.inside : mapping.inside + (mapping.byteCount - byteCount) / 64 * 64
    }

    /// Gives the memory back.
    func free() { mapping.free() }
}

/// Whole pages between two that are protected.
private struct Mapping {
    nonisolated(unsafe) let inside: UnsafeMutableRawPointer
    let byteCount: Int

    /// Zeros.
    init?(byteCount least: Int) {
        byteCount = Self.byteCount(atLeast: least)
        let all = mmap(nil, byteCount + 2 * Self.page, PROT_NONE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0)
        guard let all, all != MAP_FAILED else { return nil }
        inside = all + Self.page
        guard mprotect(inside, byteCount, PROT_READ | PROT_WRITE) == 0 else {
            unmap()
            return nil
        }
    }

    /// One that was given back, zeros again.
    static func taken(byteCount least: Int) -> Mapping? {
        let found = spare.withLock { $0[byteCount(atLeast: least)]?.popLast() }
        if let found { memset(found.inside, 0, found.byteCount) }
        return found
    }

    /// Keeps a small one for the next of its size: the system takes longer to map memory than a small step takes.
    func free() {
        let isKept = Self.spare.withLock {
            guard byteCount <= 16 * Self.page, $0[byteCount]?.count ?? 0 < 16 else { return false }
            $0[byteCount, default: []].append(self)
            return true
        }
        if !isKept { unmap() }
    }

    private func unmap() { munmap(inside - Self.page, byteCount + 2 * Self.page) }

    private static func byteCount(atLeast least: Int) -> Int { max(1, least + page - 1) / page * page }

    private static let page = Int(sysconf(Int32(_SC_PAGESIZE)))

    /// By their size.
    private static let spare = Mutex<[Int: [Mapping]]>([:])
}
