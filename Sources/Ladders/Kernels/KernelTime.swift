import Problems

/// Roughly how long a kernel takes for m samples of n_x features on one thread, while they are in the caches:
///
///     time ≈ m · (sample + n_x · value)
///
/// What decides into how many parts a step is cut, so it is a rule and not a measurement: the same on every
/// machine, and rather too short than too long, since to share a step that is too small costs more than not
/// to share one that would just have been worth it.
struct KernelTime {
    /// Nanoseconds for each sample: its exponential and what goes with it.
    let sample: Double

    /// Nanoseconds for each value of X, both passes together.
    let value: Double

    /// One value after another: an addition that waits for the one before it, at about 3 GHz.
    static var scalars: KernelTime { KernelTime(sample: 10 * debug, value: 0.5 * debug) }

    /// Whole vectors: X at about 100 GB/s, as one core reads it from its second-level cache.
    static func vectors<Scalar: LaneScalar>(of _: Scalar.Type) -> KernelTime {
        let bytes = debug * Double(MemoryLayout<Scalar>.size)
        return KernelTime(sample: 0.075 * bytes, value: 0.01 * bytes)
    }

    #if DEBUG
    private static let debug = 100.0
    #else
    private static let debug = 1.0
    #endif

    /// The estimate, in nanoseconds.
    func nanoseconds(m: Int, nx: Int) -> Double {
        Double(m) * (sample + Double(nx) * value)
    }
}
