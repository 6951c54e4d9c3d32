/// The part of a step's work that does not run in parallel, as far as a speedup tells: the experimentally
/// determined serial fraction e = (1/S − 1/p) / (1 − 1/p) of A. Karp and H. Flatt, "Measuring Parallel
/// Processor Performance", Communications of the ACM 33:5 (1990).
///
/// It is 0 for a speedup of p, and 1 for none. One that grows with p shows overhead rather than work that
/// cannot be shared; a negative one shows that more threads have more of something, such as cache.
package enum SerialFraction {
    /// The fraction for a speedup on so many threads; nil on one, where there is none to see.
    package static func of(speedup: Double, threads: Int) -> Double? {
        guard threads > 1, speedup > 0, speedup.isFinite else { return nil }
        let share = 1 / Double(threads)
        return (1 / speedup - share) / (1 - share)
    }
}
