import Problems

/// A limit of the machine in one respect, and how near the implementations come to it.
package enum Limit: CaseIterable, Sendable {
    /// X beyond the caches on one thread: the fraction of the speed of reading X once.
    case memory
    /// The same on all processors.
    case memoryOnAllThreads
    /// X in L2 on one thread: the fraction of the speed of reading it there.
    case secondCache
    /// X in the last cache on one thread: the fraction of the speed of reading it there.
    case lastCache
    /// Many samples of few features on one thread: the time over that of a and L alone, a logarithm for each, in L1.
    case loss
    /// X stored in 16 bits, beyond the caches: the speedup over X in `Float`.
    case sixteenBits
    /// Elementary functions on arrays in L1: the speedup over Foundation's functions of one value.
    case functionSpeed
    /// The same functions: their greatest error, in units in the last place.
    case functionError
    /// The time for a value of X, from just beyond the caches on: the greatest over the least.
    case growth

    /// The fewest features of a wide sample.
    package static let fewestWideFeatures = 128

    /// The samples and features of the X in L2, in `Float`.
    package static let shapeInSecondCache = (m: 1000, nx: 128)

    /// How many features samples in the last cache have.
    package static let featuresInLastCache = 16...12_288

    /// The most features of a narrow shape.
    package static let narrowestFeatures = 8

    /// The fewest samples of a narrow shape.
    package static let fewestSamples = 100_000

    /// Whether a cell has many samples of few features.
    package static func isNarrow(_ cell: Cell) -> Bool {
        cell.nx <= narrowestFeatures && cell.m >= fewestSamples
    }

    /// Whether a smaller value is nearer to the limit.
    package var isBetterSmaller: Bool { [.loss, .functionError, .growth].contains(self) }

    /// One finding for each cell, function or row of sizes that the limit is about; none where nothing of the
    /// kind was timed.
    package func findings(in results: Results) -> [LimitFinding] {
        switch self {
        case .functionSpeed:
            (results.functions ?? []).compactMap { function in
                function.factor.map { finding(.function(function), $0.median, $0.interval) }
            }
        case .functionError:
            (results.functions ?? []).map { finding(.function($0), $0.greatestUlps, nil) }
        case .growth: growth(in: results)
        case .memory, .memoryOnAllThreads, .secondCache, .lastCache, .loss, .sixteenBits:
            results.cells(on: nil).filter { isAbout($0.cell, on: results.machine) }.compactMap(finding)
        }
    }

    private func finding(
        _ subject: LimitFinding.Subject, _ value: Double, _ interval: Interval?
    ) -> LimitFinding { LimitFinding(limit: self, subject: subject, value: value, interval: interval) }

    private func isAbout(_ cell: Cell, on machine: Machine) -> Bool {
        let sizes = CacheSizes(machine.caches)
        let isBeyond = cell.xBytes >= sizes.beyond
        return switch self {
        case .memory, .growth:
            isBeyond && cell.nx >= Self.fewestWideFeatures && cell.threads == 1
        case .memoryOnAllThreads:
            isBeyond && cell.nx >= Self.fewestWideFeatures && cell.threads > 1
                && cell.threads == machine.processors
        case .secondCache:
            (cell.m, cell.nx) == Self.shapeInSecondCache && cell.scalar == .float && cell.threads == 1
                && cell.xBytes <= sizes.second
        case .lastCache:
            // Half of it, since w, dw and other programs need room there too.
            cell.xBytes > sizes.second && cell.xBytes <= sizes.last / 2 && cell.threads == 1
                && Self.featuresInLastCache.contains(cell.nx)
        case .loss:
            Self.isNarrow(cell) && cell.threads == 1
        case .sixteenBits:
            isBeyond && cell.scalar == .float && [1, machine.processors].contains(cell.threads)
        case .functionSpeed, .functionError: false
        }
    }

    /// An implementation of a cell next to what bounds it.
    private func finding(in cell: CellResult) -> LimitFinding? {
        guard let fastest = cell.fastest(roundingX: false) else { return nil }
        let pair: (rung: RungResult, bound: RungResult?) =
            switch self {
            case .loss: (fastest, cell.lossAlone)
            case .sixteenBits: (cell.fastest(roundingX: true) ?? fastest, fastest)
            default: (fastest, cell.reading(isThreaded: self == .memoryOnAllThreads))
            }
        guard let bound = pair.bound, bound.rung != pair.rung.rung,
            let factor = isBetterSmaller
                ? BlockEstimate(speedupOf: bound.samples, over: pair.rung.samples)
                : BlockEstimate(speedupOf: pair.rung.samples, over: bound.samples)
        else { return nil }
        return finding(.rung(pair.rung, beside: bound, in: cell), factor.median, factor.interval)
    }

    /// By scalar and n_x, where there are several sizes.
    private func growth(in results: Results) -> [LimitFinding] {
        let cells = results.cells(on: nil).filter { isAbout($0.cell, on: results.machine) }
        let groups = Dictionary(grouping: cells) { [$0.cell.scalar.size, $0.cell.nx] }
        return groups.sorted { $0.key.lexicographicallyPrecedes($1.key) }.compactMap { _, cells in
            let cells = cells.sorted { $0.cell.xBytes < $1.cell.xBytes }
            guard cells.count > 1, let rung = cells.last?.fastest(roundingX: false)?.rung else { return nil }
            let times = cells.compactMap { cell in
                cell.rung(rung)?.stepTime.map { (time: $0.estimate, values: Double(cell.cell.values)) }
            }
            guard times.count == cells.count,
                let least = times.min(by: { $0.time.median / $0.values < $1.time.median / $1.values }),
                let greatest = times.max(by: { $0.time.median / $0.values < $1.time.median / $1.values })
            else { return nil }
            let values = least.values / greatest.values
            let interval = greatest.time.interval.flatMap { high in
                least.time.interval.map { low in
                    Interval(
                        low: max(1, high.low / low.high * values), high: high.high / low.low * values,
                        coverage: low.coverage)
                }
            }
            return finding(
                .growth(rung: rung, cells), greatest.time.median / least.time.median * values, interval)
        }
    }
}

/// How near one implementation, or one function, comes to a limit.
package struct LimitFinding: Sendable, Equatable {
    package enum Subject: Sendable, Equatable {
        /// The fastest implementation of a cell, and what bounds it, timed in the same rounds.
        case rung(RungResult, beside: RungResult, in: CellResult)
        case function(FunctionResult)
        /// One implementation over cells of growing size.
        case growth(rung: String, [CellResult])
    }

    package let limit: Limit
    package let subject: Subject

    /// How near it comes, in the unit of the limit.
    package let value: Double

    /// The interval of the value; nil for what is counted, not timed, and of fewer than six blocks.
    package let interval: Interval?

    /// Of several findings of one limit the one that is farthest from it; nil of none.
    package static func farthest(_ findings: [LimitFinding]) -> LimitFinding? {
        findings.first?.limit.isBetterSmaller == true
            ? findings.max { $0.value < $1.value } : findings.min { $0.value < $1.value }
    }
}

extension CellResult {
    /// The fastest of the implementations that round X, or of those that do not; on one thread the fastest of
    /// those that share the work with nobody, where there are any.
    fileprivate func fastest(roundingX isRounding: Bool) -> RungResult? {
        let all = timed.filter { ($0.storage != .scalar) == isRounding }
        let alone = cell.threads == 1 ? all.filter { !$0.isThreaded } : []
        return (alone.isEmpty ? all : alone).min { $0.medianOrInfinity < $1.medianOrInfinity }
    }

    /// Reading X once and doing nothing with it, on one thread or on all; nil where that was not timed.
    package func reading(isThreaded: Bool) -> RungResult? {
        ceilings.first { $0.isThreaded == isThreaded && $0.work.bytes == cell.xBytes && $0.stepTime != nil }
    }

    /// The loss of m values in L1 and nothing else; nil where that was not timed.
    package var lossAlone: RungResult? { ceilings.first { $0.work.bytes == 0 && $0.stepTime != nil } }
}

/// The sizes of the data caches as one processor sees them. Sizes that a machine does not report are those of a
/// common processor, so that shapes can follow from them.
package struct CacheSizes: Sendable, Equatable {
    /// L1, in bytes; 32 KiB where unknown.
    package let first: Int

    /// L2, in bytes; 1 MiB where unknown.
    package let second: Int

    /// The largest of all, in bytes; 32 MiB where unknown.
    package let last: Int

    package init(_ caches: [Machine.Cache]) {
        let data = caches.filter { ["Data", "Unified"].contains($0.kind) && $0.bytes > 0 }
        func size(_ level: Int) -> Int? { data.first { $0.level == level }?.bytes }
        (first, second) = (size(1) ?? 32 << 10, size(2) ?? 1 << 20)
        last = data.map { $0.bytes }.max() ?? 32 << 20
    }

    /// The least X that is beyond the caches: four times the last one, so that nearly all of it comes from
    /// memory each time.
    package var beyond: Int { last.saturatingProduct(4) }
}
