import Dispatch

#if canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#elseif canImport(Darwin)
import Darwin
#endif

/// How a thread waits for another one: looking all the time at first, then letting others have the
/// processor between two looks, and not for ever.
struct Patience {
    /// About as long as the caller needs from step to step: the last part, the sums, the new w.
    private static let spinning: UInt64 = 20_000

    /// Short enough that whoever is timed next is not disturbed for long.
    private static let end: UInt64 = 100_000

    private var looks = 0
    private var start: UInt64 = 0
    private var isYielding = false

    /// Called between two looks. Returns whether to look again: for 100 µs.
    mutating func wait() -> Bool {
        looks &+= 1
        // To read the clock takes as long as some dozens of looks.
        guard isYielding || looks % 32 == 0 else { return true }
        let now = DispatchTime.now().uptimeNanoseconds
        if start == 0 { start = now }
        isYielding = now - start > Self.spinning
        if isYielding { sched_yield() }
        return now - start < Self.end
    }
}
