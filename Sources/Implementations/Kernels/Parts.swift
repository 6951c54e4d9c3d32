/// How threaded rungs cut m samples into parts: by the shape alone, whatever the number of threads.
///
/// A part holds at least `leastValues` values of X, so that it is worth claiming (some microseconds of
/// work against a fraction of one), and is a whole number of blocks of samples, so that only the last
/// part has a tail. There are at most `greatestCount` parts: enough to share out evenly among 16 threads,
/// few enough that adding up their dw costs little.
struct Parts {
    static let greatestCount = 64
    static let leastValues = 1 << 16
    static let block = 16

    let m: Int
    let samplesPerPart: Int

    init(m: Int, nx: Int) {
        self.m = m
        let worthwhile = Self.leastValues.dividedRoundingUp(by: nx)
        let even = m.dividedRoundingUp(by: Self.greatestCount)
        samplesPerPart = min(m, max(worthwhile, even).dividedRoundingUp(by: Self.block) * Self.block)
    }

    var count: Int { m.dividedRoundingUp(by: samplesPerPart) }

    /// How many of `threads` find something to do.
    func workers(among threads: Int) -> Int { min(max(threads, 1), count) }

    /// The samples of part number `part`.
    subscript(part: Int) -> Range<Int> {
        part * samplesPerPart..<min(m, (part + 1) * samplesPerPart)
    }
}

extension Int {
    /// ⌈self / divisor⌉ for positive numbers.
    func dividedRoundingUp(by divisor: Int) -> Int {
        (self + divisor - 1) / divisor
    }
}
