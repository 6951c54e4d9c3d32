import Dispatch

/// Time since some moment in the past: it never goes back, and no one sets it.
enum MonotonicClock {
    /// Nanoseconds.
    static var nanoseconds: Int { Int(clamping: DispatchTime.now().uptimeNanoseconds) }
}
