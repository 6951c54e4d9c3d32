import Problems

extension Ceilings {
    /// The smallest working set that is measured.
    private static let smallestWorkingSet = 16 << 10

    /// How often everything is measured, so that what else runs for a moment does not hide a ceiling.
    private static let sweeps = 3

    /// The largest working set that is measured on this machine: four times the last cache, so that
    /// nearly all of it comes from memory, and at least 128 MiB; but no more than a quarter of the memory
    /// that is to be had.
    package static var largestWorkingSet: Int {
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
    ///   - isCancelled: asked every few milliseconds, or after each pass over a large working set.
    ///   - progress: told how much is done, from 0 to 1, and what comes next.
    /// - Returns: nil where it was cancelled.
    package static func measure(
        threads: [Int], seconds: Double = 2.5, largestWorkingSet: Int = largestWorkingSet,
        isCancelled: () -> Bool = { false }, progress: (Double, String) -> Void = { _, _ in }
    ) -> Ceilings? {
        let threads = Set(threads.map { max(1, $0) } + [1]).sorted()
        let sizes = workingSets(upTo: largestWorkingSet)
        var points = threads.flatMap { threads in
            sizes.map { Point(work: .read(bytes: $0), threads: threads) }
                + ScalarKind.allCases.map { Point(work: .multiplyAdd($0), threads: threads) }
        }
        let visits = points.count * sweeps
        let span = Int(max(0, min(seconds, 3600)) * 1e9) / visits

        let buffer = AlignedBuffer<Double>(zeros: (sizes.last ?? 0) / 8)
        let memory = UnsafeRawBufferPointer(buffer.elements)
        var wakeUps: [WakeUpCost] = []
        for visit in 0..<visits {
            let i = visit % points.count
            if i == 0 { wakeUps += threads.map(WakeUpCost.measure(threads:)) }
            progress(Double(visit) / Double(visits), points[i].description)
            guard points[i].measure(in: memory, for: span, isCancelled: isCancelled) else { return nil }
        }
        return Ceilings(
            bandwidths: points.compactMap { $0.bandwidth },
            multiplyAddRates: points.compactMap { $0.multiplyAddRate },
            wakeUpCosts: threads.compactMap { count in
                WakeUpCost.least(wakeUps.filter { $0.threads == count })
            }, clock: .measure())
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

    /// One rate, and what was seen of it so far.
    private struct Point: CustomStringConvertible {
        enum Work {
            case read(bytes: Int)
            case multiplyAdd(ScalarKind)
        }

        let work: Work
        let threads: Int
        private var best = BestTime()

        init(work: Work, threads: Int) { (self.work, self.threads) = (work, threads) }

        var description: String {
            let name =
                switch work {
                case .read: "read bandwidth"
                case .multiplyAdd: "multiply-adds"
                }
            return name + (threads == 1 ? ", 1 thread" : ", \(threads) threads")
        }

        /// False where it was cancelled.
        mutating func measure(
            in memory: UnsafeRawBufferPointer, for span: Int, isCancelled: () -> Bool
        ) -> Bool {
            let (work, threads) = (work, threads)
            return best.measure(for: span, isCancelled: isCancelled) { turns in
                switch work {
                case .read(let bytes):
                    let part = UnsafeRawBufferPointer(rebasing: memory[..<bytes])
                    _ = StreamingRead.read(part, passes: turns, threads: threads)
                case .multiplyAdd(let scalar):
                    _ = PeakMultiplyAdd.run(scalar, rounds: turns, threads: threads)
                }
            }
        }

        var bandwidth: Bandwidth? {
            guard case .read(let bytes) = work else { return nil }
            return Bandwidth(
                threads: threads, workingSetBytes: bytes, bytesPerSecond: perSecond(Double(bytes)))
        }

        var multiplyAddRate: MultiplyAddRate? {
            guard case .multiplyAdd(let scalar) = work else { return nil }
            let operations = threads * PeakMultiplyAdd.operationsPerRound(scalar)
            return MultiplyAddRate(
                scalar: scalar, threads: threads, operationsPerSecond: perSecond(Double(operations)))
        }

        private func perSecond(_ amount: Double) -> Double { amount / best.nanoseconds * 1e9 }
    }
}
