import LogisticRegression

extension Ceilings {
    /// The smallest working set that is measured.
    private static let smallestWorkingSet = 16 << 10

    /// The largest working set that is measured on this machine: four times the last cache, so that
    /// nearly all of it comes from memory, and at least 128 MiB; but no more than a quarter of the memory
    /// that is to be had.
    public static var largestWorkingSet: Int {
        let cache = Machine.current.caches.map { $0.bytes }.max() ?? 0
        return min(max(cache.saturatingProduct(4), 128 << 20), Memory.availableBytes / 4)
    }

    /// Measures this machine.
    ///
    /// - Parameters:
    ///   - threads: numbers of workers; one is measured in any case.
    ///   - seconds: about how long it takes, where working sets are not so large that reading each a few
    ///     times takes longer.
    ///   - largestWorkingSet: in bytes; a buffer of that size is held as long as this runs.
    ///   - isCancelled: asked every few milliseconds, and every few passes over a large working set.
    ///   - progress: told how much is done, from 0 to 1, and what comes next.
    /// - Returns: nil where it was cancelled.
    public static func measure(
        threads: [Int], seconds: Double = 3, largestWorkingSet: Int = largestWorkingSet,
        isCancelled: @escaping () -> Bool = { false }, progress: (Double, String) -> Void = { _, _ in }
    ) -> Ceilings? {
        let threads = Set(threads.map { max(1, $0) } + [1]).sorted()
        let sizes = workingSets(upTo: largestWorkingSet)
        let points = threads.count * (sizes.count + ScalarKind.allCases.count)
        let stopwatch = BestTime(
            nanoseconds: Int(max(0, min(seconds, 3600)) * 1e9) / points, isCancelled: isCancelled)
        var (bandwidths, rates, done) = ([Bandwidth](), [MultiplyAddRate](), 0)
        func note(_ what: String, _ threads: Int) {
            progress(Double(done) / Double(points), "\(what), \(threads) thread\(threads == 1 ? "" : "s")")
            done += 1
        }

        let buffer = AlignedBuffer<Double>(zeros: (sizes.last ?? 0) / 8)
        for threads in threads {
            for size in sizes {
                note("read bandwidth", threads)
                let bytes = UnsafeRawBufferPointer(start: buffer.base, count: size)
                let time = stopwatch.measure { passes in
                    _ = StreamingRead.read(bytes, passes: passes, threads: threads)
                }
                guard let time else { return nil }
                bandwidths.append(
                    Bandwidth(
                        threads: threads, workingSetBytes: size, bytesPerSecond: Double(size) / time * 1e9))
            }
            for scalar in ScalarKind.allCases {
                note("multiply-adds", threads)
                let time = stopwatch.measure { rounds in
                    _ = PeakMultiplyAdd.run(scalar, rounds: rounds, threads: threads)
                }
                guard let time else { return nil }
                let operations = Double(threads * PeakMultiplyAdd.operationsPerRound(scalar))
                rates.append(
                    MultiplyAddRate(
                        scalar: scalar, threads: threads, operationsPerSecond: operations / time * 1e9))
            }
        }
        return Ceilings(
            bandwidths: bandwidths, multiplyAddRates: rates,
            wakeUpCosts: threads.map(WakeUpCost.measure(threads:)), clock: .measure())
    }

    /// Powers of two, and the sizes halfway between them, which many caches have.
    package static func workingSets(upTo largest: Int) -> [Int] {
        var sizes = [smallestWorkingSet]
        while let last = sizes.last {
            let next = last.nonzeroBitCount == 1 ? last / 2 * 3 : last / 3 * 4
            guard next <= largest else { break }
            sizes.append(next)
        }
        return sizes
    }
}
