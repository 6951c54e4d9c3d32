import Foundation
import Problems

/// How threaded rungs cut m samples into parts: by the shape alone, whatever the number of threads.
///
/// n threads of which all but one come after the time W take about W + (t − W)/n for a step that takes one of
/// them the time t: a gain once t > W. The further costs of sharing (a part of X is in the cache of
/// the one that had it in the step before, sums cross from cache to cache) is as much again and more. So
/// a step is shared once t ≥ 3·W, and is one part otherwise, which is done as if there were no threads.
///
/// Into k parts: each costs a time c by itself, for claiming it, for clearing its sums and for adding them;
/// and who is done waits for the last part, t/(2·k) on the average. The sum of both is least where
/// k² = t/(2·c). c is taken as W/24, which for those who stay (`Team`) is what was measured at n_x = 128,
/// 80 ns; those who come anew each time have longer steps, and longer parts with it.
///
/// A part is a whole number of blocks of samples, so that only the last one has a tail, and has `leastSamples`
/// or more, since to add its dw costs as much as some samples.
struct Partition {
    /// Enough to share out evenly among 16 threads, few enough that their sums take little memory.
    static let greatestCount = 64
    static let leastSamples = 32
    static let block = 16

    let m: Int
    let samplesPerPart: Int

    /// - Parameters:
    ///   - time: of the kernel.
    ///   - waking: W, in nanoseconds.
    init(m: Int, nx: Int, _ time: KernelTime, waking: Double) {
        self.init(
            m: m, nanoseconds: time.nanoseconds(m: m, nx: nx), waking: waking, atMost: m / Self.leastSamples)
    }

    /// - Parameters:
    ///   - nanoseconds: about how long all samples take one thread.
    ///   - waking: W, in nanoseconds.
    ///   - most: the most parts.
    init(m: Int, nanoseconds: Double, waking: Double, atMost most: Int) {
        self.m = m
        let wakings = nanoseconds / waking
        let best = wakings < 3 ? 1 : (12 * wakings).squareRoot()
        let count = max(1, min(Int(min(best, Double(Self.greatestCount))), most))
        let blocks = m.dividedRoundingUp(by: count).dividedRoundingUp(by: Self.block)
        samplesPerPart = min(m, blocks * Self.block)
    }

    var count: Int { m.dividedRoundingUp(by: samplesPerPart) }

    /// How many of `threads` find something to do, and a processor to do it on.
    func workers(among threads: Int) -> Int {
        max(1, min(threads, count, ProcessInfo.processInfo.activeProcessorCount))
    }

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

/// Roughly how long a kernel takes for m samples of n_x features on one thread, while they are in the caches:
///
///     time ≈ m · (sample + n_x · value)
///
/// It decides into how many parts a step is cut, so it is a rule and not a measurement: the same on every machine.
/// It errs towards short, since sharing a step that is too small costs more than not sharing one that would just
/// have been worth it.
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

    /// Tiles of a network: six operations for each parameter, at about 150 GFLOP/s in `Float`, and a function for each
    /// unit.
    static func network<Scalar: LaneScalar>(_ shape: Shape, of _: Scalar.Type) -> KernelTime {
        let (operations, units) = (Double(6 * shape.parameterCount), Double(shape.hidden.reduce(1, +)))
        let bytes = debug * Double(MemoryLayout<Scalar>.size)
        return KernelTime(sample: bytes * (operations / 600 + 0.075 * units), value: 0)
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
