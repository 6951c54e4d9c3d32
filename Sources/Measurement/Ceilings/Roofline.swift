/// The throughput of a step.
package struct Rates: Sendable, Equatable {
    /// Bytes of X as it is stored, counted once, per second.
    package let bytesPerSecond: Double
    /// Multiplications and additions per second, as the cost model of the implementation counts them.
    package let operationsPerSecond: Double
}

/// How near an implementation comes to the fastest possible step on this machine: the roofline of
/// S. Williams, A. Waterman and D. Patterson, Communications of the ACM 52:4 (2009).
///
/// The floor of the time is the longer of two: reading X once, in the same rounds and by as many threads,
/// and doing the counted operations at the measured peak. The floor of all implementations has X read once, as
/// they store it, even of those that read it twice: that this is not necessary is a part of the study.
package struct Roofline: Sendable, Equatable {
    package enum Bound: String, Sendable { case memory, arithmetic }

    /// Floor / time; 1 is as fast as possible.
    package let fraction: Double
    /// The longer of the two.
    package let bound: Bound
    /// Whether it is faster than possible, by more than chance: then the ceiling is wrong.
    package let isExceeded: Bool
}

extension CellResult {
    /// The throughput of an implementation; nil where it has no time.
    package func rates(_ rung: RungResult) -> Rates? {
        rung.stepTime.map { rates(rung, nanosecondsPerStep: $0.medianNanoseconds) }
    }

    /// The throughput of an implementation whose step takes that long.
    package func rates(_ rung: RungResult, nanosecondsPerStep time: Double) -> Rates {
        Rates(
            bytesPerSecond: Double(cell.xBytes(rung.storage)) / time * 1e9,
            operationsPerSecond: Double(rung.work.operations) / time * 1e9)
    }

    /// nil where the implementation, or the ceiling of memory, has no time.
    ///
    /// - Parameter operationsPerSecond: the peak on as many threads as it may use, nil where unknown.
    package func roofline(_ rung: RungResult, operationsPerSecond: Double?) -> Roofline? {
        let usable = ceilings.filter {
            $0.work.bytes > 0 && $0.storage == rung.storage && (rung.isThreaded || !$0.isThreaded)
        }
        let reads = usable.compactMap { BlockEstimate(speedupOf: rung.samples, over: $0.samples) }
        // The fastest way to read is the lowest floor: a small X is read faster by one thread than by all.
        guard let read = reads.min(by: { $0.median < $1.median }), let time = rung.stepTime else {
            return nil
        }
        let memory = read.median
        let arithmetic = operationsPerSecond.map {
            Double(rung.work.operations) / $0 * 1e9 / time.medianNanoseconds
        }
        if let arithmetic, arithmetic > memory {
            return Roofline(
                fraction: arithmetic, bound: .arithmetic,
                isExceeded: arithmetic > 1 + max(0.02, time.estimate.precision ?? 0))
        }
        return Roofline(
            fraction: memory, bound: .memory, isExceeded: memory > 1.02 && (read.interval?.low ?? memory) > 1)
    }
}

extension Results {
    /// Its operations a second over the measured peak of multiply-adds on as many threads as it may use; nil where one
    /// is unknown.
    package func fractionOfPeak(_ rung: RungResult, in cell: CellResult) -> Double? {
        let threads = rung.isThreaded ? cell.cell.threads : 1
        guard let rates = cell.rates(rung),
            let peak = ceilings?.operationsPerSecond(cell.cell.scalar, threads: threads)
        else { return nil }
        return rates.operationsPerSecond / peak
    }

    /// How near an implementation comes to the fastest possible step in a cell.
    package func roofline(_ rung: RungResult, in cell: CellResult) -> Roofline? {
        let threads = rung.isThreaded ? cell.cell.threads : 1
        return cell.roofline(
            rung, operationsPerSecond: ceilings?.operationsPerSecond(cell.cell.scalar, threads: threads))
    }
}
