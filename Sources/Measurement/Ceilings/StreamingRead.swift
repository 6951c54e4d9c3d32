import Dispatch
import Synchronization

/// Reads memory as fast as the machine can, and does no more with it than it takes to prove that it was read:
///
///     repeat `passes` times:
///         for word in bytes:  sum &+= word
///
/// This is the ceiling of kernels that go through the same bytes. The inner loop is eight loads, each the operand of an
/// addition of whole registers. There are eight sums because a processor that begins two loads in a cycle and takes two
/// or three cycles for an addition would otherwise wait for the additions.
///
/// The words are read in order, or in several streams at a time, each through a part of its own, which keeps more of the
/// processor's prefetchers at work: that was seen to gain up to a fifth from the last cache and a twentieth from memory,
/// and to lose in L1. Kernels do either, so a ceiling is the fastest of them (`fastestStreams`).
package enum StreamingRead {
    /// The numbers of streams to try.
    package static var streamCounts: [Int] {
        #if DEBUG
        [1]  // more would take long, and a debug build's rate says nothing
        #else
        [1, 2, 4]
        #endif
    }

    /// The sum, modulo 2⁶⁴, of `bytes` as words of eight bytes, the last one filled up with zeros; times
    /// `passes`.
    ///
    /// - Parameters:
    ///   - bytes: any number of bytes at any alignment; fastest at multiples of 64 bytes.
    ///   - passes: how often they are read, one pass after the other.
    ///   - streams: 1, 2 or 4.
    package static func read(_ bytes: UnsafeRawBufferPointer, passes: Int, streams: Int = 1) -> UInt64 {
        guard let base = bytes.baseAddress, passes > 0 else { return 0 }
        return streams > 1
            ? sum(base, count: bytes.count, passes: passes, streams: streams)
            : sum(base, count: bytes.count, passes: passes)
    }

    /// The same sum, by up to `threads` workers at the same time.
    ///
    /// Each reads a part of its own `passes` times and waits for nobody between two passes, so that a call
    /// pays only once for waking the workers. The work is done even where the sum is not used: the compiler
    /// cannot see through Dispatch.
    package static func read(
        _ bytes: UnsafeRawBufferPointer, passes: Int, streams: Int = 1, threads: Int
    ) -> UInt64 {
        let threads = max(1, threads)
        // They only read, and this call outlives them.
        nonisolated(unsafe) let bytes = bytes
        // Whole cache lines for each, where the first byte is the first of a line.
        let lines = (bytes.count + 63) / 64
        let part = (lines + threads - 1) / threads * 64
        let total = Atomic<UInt64>(0)
        DispatchQueue.concurrentPerform(iterations: threads) { worker in
            let start = min(bytes.count, worker * part)
            let end = min(bytes.count, start + part)
            let sum = read(
                UnsafeRawBufferPointer(rebasing: bytes[start..<end]), passes: passes, streams: streams)
            total.wrappingAdd(sum, ordering: .relaxed)
        }
        return total.load(ordering: .relaxed)
    }

    /// The number of streams that reads these bytes the fastest, by the better of two short trials of each.
    package static func fastestStreams(_ bytes: UnsafeRawBufferPointer, threads: Int) -> Int {
        guard streamCounts.count > 1 else { return streamCounts[0] }
        let passes = max(1, (8 << 20) / max(1, bytes.count))
        func time(_ streams: Int) -> Int {
            let start = MonotonicClock.nanoseconds
            _ = read(bytes, passes: passes, streams: streams, threads: threads)
            return MonotonicClock.nanoseconds - start
        }
        let times = (0..<2).map { _ in streamCounts.map(time) }
        let best = zip(times[0], times[1]).map(min)
        return zip(streamCounts, best).min { $0.1 < $1.1 }?.0 ?? 1
    }

    private typealias Words = RegisterVector.Words

    /// A function of its own, so that its loop can be found in the object code and looked at.
    @inline(never)
    private static func sum(_ base: UnsafeRawPointer, count: Int, passes: Int) -> UInt64 {
        let size = MemoryLayout<Words>.size
        let blocks = base + count / (8 * size) * (8 * size)
        let end = base + count
        var (s0, s1, s2, s3) = (Words(), Words(), Words(), Words())
        var (s4, s5, s6, s7) = (Words(), Words(), Words(), Words())
        var tail: UInt64 = 0
        for _ in 0..<passes {
            var p = base
            while p < blocks {
                s0 &+= p.loadUnaligned(as: Words.self)
                s1 &+= (p + size).loadUnaligned(as: Words.self)
                s2 &+= (p + 2 * size).loadUnaligned(as: Words.self)
                s3 &+= (p + 3 * size).loadUnaligned(as: Words.self)
                s4 &+= (p + 4 * size).loadUnaligned(as: Words.self)
                s5 &+= (p + 5 * size).loadUnaligned(as: Words.self)
                s6 &+= (p + 6 * size).loadUnaligned(as: Words.self)
                s7 &+= (p + 7 * size).loadUnaligned(as: Words.self)
                p += 8 * size
            }
            if p < end { tail &+= sumOfTail(from: p, to: end) }
        }
        return tail &+ (((s0 &+ s1) &+ (s2 &+ s3)) &+ ((s4 &+ s5) &+ (s6 &+ s7))).wrappedSum()
    }

    /// The same in two or four streams: four pairs of loads, each `gap` bytes behind the one before or, with two streams,
    /// two pairs in each half.
    @inline(never)
    private static func sum(_ base: UnsafeRawPointer, count: Int, passes: Int, streams: Int) -> UInt64 {
        let size = MemoryLayout<Words>.size
        // What a stream reads in one turn of the loop, and in all.
        let turn = 8 / streams * size
        let part = count / (streams * turn) * turn
        let gaps = streams == 2 ? (2 * size, part, part + 2 * size) : (part, 2 * part, 3 * part)
        let (blocks, end) = (base + part, base + count)
        var (s0, s1, s2, s3) = (Words(), Words(), Words(), Words())
        var (s4, s5, s6, s7) = (Words(), Words(), Words(), Words())
        var tail: UInt64 = 0
        for _ in 0..<passes {
            var p = base
            while p < blocks {
                s0 &+= p.loadUnaligned(as: Words.self)
                s1 &+= (p + size).loadUnaligned(as: Words.self)
                s2 &+= (p + gaps.0).loadUnaligned(as: Words.self)
                s3 &+= (p + gaps.0 + size).loadUnaligned(as: Words.self)
                s4 &+= (p + gaps.1).loadUnaligned(as: Words.self)
                s5 &+= (p + gaps.1 + size).loadUnaligned(as: Words.self)
                s6 &+= (p + gaps.2).loadUnaligned(as: Words.self)
                s7 &+= (p + gaps.2 + size).loadUnaligned(as: Words.self)
                p += turn
            }
            let rest = base + streams * part
            if rest < end { tail &+= sumOfTail(from: rest, to: end) }
        }
        return tail &+ (((s0 &+ s1) &+ (s2 &+ s3)) &+ ((s4 &+ s5) &+ (s6 &+ s7))).wrappedSum()
    }

    /// Word by word, and the rest byte by byte.
    @inline(never)
    private static func sumOfTail(from start: UnsafeRawPointer, to end: UnsafeRawPointer) -> UInt64 {
        var (p, sum) = (start, UInt64(0))
        while end - p >= 8 {
            sum &+= p.loadUnaligned(as: UInt64.self)
            p += 8
        }
        var shift: UInt64 = 0
        while p < end {
            sum &+= UInt64(p.load(as: UInt8.self)) << shift
            (p, shift) = (p + 1, shift + 8)
        }
        return sum
    }
}

/// Vectors that fill one register of the instruction set that this module is compiled for: a ceiling is only
/// reached where each operation is one instruction.
///
/// Package.swift defines how much a register holds, unless that is 16 bytes, as in the baselines of x86-64 and
/// arm64.
enum RegisterVector {
    #if VECTORS_OF_64_BYTES
    typealias Words = SIMD8<UInt64>
    typealias Floats = SIMD16<Float>
    typealias Doubles = SIMD8<Double>
    #elseif VECTORS_OF_32_BYTES
    typealias Words = SIMD4<UInt64>
    typealias Floats = SIMD8<Float>
    typealias Doubles = SIMD4<Double>
    #else
    typealias Words = SIMD2<UInt64>
    typealias Floats = SIMD4<Float>
    typealias Doubles = SIMD2<Double>
    #endif
}
