import Problems
import Testing

import Measurement

@Suite("The kernels that find the ceilings do all of their work")
struct CeilingKernelsTests {
    /// The sum of `bytes` as words of eight bytes, the last one filled up with zeros.
    func plainSum(_ bytes: ArraySlice<UInt8>) -> UInt64 {
        var sum: UInt64 = 0
        for (i, byte) in bytes.enumerated() { sum &+= UInt64(byte) << UInt64(i % 8 * 8) }
        return sum
    }

    func random(_ count: Int) -> [UInt8] {
        var generator = SplitMix64(seed: UInt64(count))
        return (0..<count).map { _ in UInt8.random(in: 0...255, using: &generator) }
    }

    @Test("Every byte is read once in each pass, at any length and on any number of threads")
    func lengths() {
        // Around the blocks of eight vectors, too, for vectors of 16, 32 and 64 bytes.
        for count in Array(0...300) + [511, 512, 513, 1023, 1024, 1535, 2047, 5000] {
            let bytes = random(count)
            let expected = plainSum(bytes[...])
            bytes.withUnsafeBytes { raw in
                #expect(StreamingRead.read(raw, passes: 1) == expected, "\(count) bytes")
                for streams in [1, 2, 4] {
                    for threads in 1...2 {
                        let sum = StreamingRead.read(raw, passes: 2, streams: streams, threads: threads)
                        #expect(sum == expected &* 2, "\(count) bytes, \(streams) streams")
                    }
                }
                for (passes, threads) in [(1, 1), (2, 1), (1, 2), (3, 3), (1, 7), (1, 64)] {
                    let sum = StreamingRead.read(raw, passes: passes, threads: threads)
                    #expect(sum == expected &* UInt64(passes), "\(count) bytes, \(threads) threads")
                }
            }
        }
    }

    @Test("Any alignment will do")
    func alignment() {
        let bytes = random(700)
        for start in 0..<70 {
            let part = bytes[start...]
            part.withUnsafeBytes { raw in
                #expect(StreamingRead.read(raw, passes: 1, threads: 2) == plainSum(part))
            }
        }
    }

    @Test("No memory, no pass and no thread are no crash")
    func nothing() {
        let none = UnsafeRawBufferPointer(start: nil, count: 0)
        #expect(StreamingRead.read(none, passes: 5) == 0)
        #expect(StreamingRead.read(none, passes: 5, threads: 3) == 0)
        #expect(StreamingRead.streamCounts.contains(StreamingRead.fastestStreams(none, threads: 1)))
        [UInt8(7)].withUnsafeBytes { raw in
            #expect(StreamingRead.read(raw, passes: 0) == 0)
            #expect(StreamingRead.read(raw, passes: -1) == 0)
            #expect(StreamingRead.read(raw, passes: 1, threads: 0) == 7)
        }
    }

    @Test("Each round adds 1 to each lane of each vector", arguments: ScalarKind.allCases, [0, 1, 2, 9, 67])
    func multiplyAdds(scalar: ScalarKind, rounds: Int) {
        for chains in PeakMultiplyAdd.chainCounts {
            // A round is a multiplication and an addition in each lane.
            let lanes = PeakMultiplyAdd.operationsPerRound(scalar, chains: chains) / 2
            #expect(lanes >= chains * 16 / scalar.size)
            // Vector k begins with k.
            let expected = lanes * rounds + lanes * (chains - 1) / 2
            for threads in 1...3 {
                let sum = PeakMultiplyAdd.run(scalar, chains: chains, rounds: rounds, threads: threads)
                #expect(sum == UInt64(expected * threads))
            }
        }
    }

    @Test("Less than no round and no thread are no crash, and numbers of chains are tried from 8 on")
    func noRounds() {
        for chains in PeakMultiplyAdd.chainCounts {
            #expect(chains >= 8)
            #expect(PeakMultiplyAdd.run(.float, chains: chains, rounds: -1, threads: 0) > 0)
        }
    }

    @Test("Waking workers never hangs, however many there are", arguments: [-1, 1, 2, 5, 200])
    func wakeUp(threads: Int) {
        let cost = WakeUpCost.measure(threads: threads)
        #expect(cost.threads == max(1, threads))
        #expect(cost.emptyCallNanoseconds > 0)
        #expect(cost.arrivalNanoseconds ?? 1 > 0)
        #expect(cost.arrivalNanoseconds ?? 0 <= Double(WakeUpCost.patience))
        if threads <= 1 { #expect(cost.arrivalNanoseconds != nil) }
    }

    @Test("Looking at the clock takes time, and the clock moves on")
    func clock() {
        let cost = ClockCost.measure()
        #expect(cost.readingNanoseconds > 0)
        #expect(cost.resolutionNanoseconds >= 1)
    }
}
