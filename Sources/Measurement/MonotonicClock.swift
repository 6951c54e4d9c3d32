import Foundation

/// Time since some moment in the past: it never goes back, and no one sets it.
enum MonotonicClock {
    /// Nanoseconds.
    static var nanoseconds: Int { Int(clamping: DispatchTime.now().uptimeNanoseconds) }
}

/// The time that processors worked for this program, all its threads added up.
enum ProcessorClock {
    /// Nanoseconds; 0 where the system does not tell.
    static var nanoseconds: Int {
        var time = timespec()
        guard clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &time) == 0 else { return 0 }
        return time.tv_sec * 1_000_000_000 + time.tv_nsec
    }
}
