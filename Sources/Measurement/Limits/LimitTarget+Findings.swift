import Problems

extension LimitTarget {
    /// What `results` hold of it: a finding for each cell, function or row of sizes; none where nothing that
    /// it is about was timed.
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

    private func finding(_ subject: LimitFinding.Subject, _ value: Double, _ interval: Interval?)
        -> LimitFinding
    {
        LimitFinding(target: self, subject: subject, value: value, interval: interval)
    }

    /// Whether a cell is one of those that it asks for.
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
            // Half of it, since w, dw and what else runs want room there too.
            cell.xBytes > sizes.second && cell.xBytes <= sizes.last / 2 && cell.threads == 1
                && Self.featuresInLastCache.contains(cell.nx)
        case .loss:
            PeerGoal.isNarrow(cell) && cell.threads == 1
        case .sixteenBits:
            isBeyond && cell.scalar == .float && [1, machine.processors].contains(cell.threads)
        case .functionSpeed, .functionError: false
        }
    }

    /// An implementation of a cell beside what the target measures it by.
    private func finding(in cell: CellResult) -> LimitFinding? {
        guard let fastest = cell.fastestOnWholeX else { return nil }
        let pair: (rung: RungResult, beside: RungResult?) =
            switch self {
            case .loss: (fastest, cell.lossAlone)
            case .sixteenBits: (cell.fastestOnRoundedX ?? fastest, fastest)
            default: (fastest, cell.reading(isThreaded: self == .memoryOnAllThreads))
            }
        guard let beside = pair.beside, beside.rung != pair.rung.rung,
            let factor = isUpperBound
                ? Factor(of: beside.samples, over: pair.rung.samples)
                : Factor(of: pair.rung.samples, over: beside.samples)
        else { return nil }
        return finding(.rung(pair.rung, beside: beside, in: cell), factor.median, factor.interval)
    }

    /// By scalar and n_x, where there are several sizes.
    private func growth(in results: Results) -> [LimitFinding] {
        let cells = results.cells(on: nil).filter { isAbout($0.cell, on: results.machine) }
        let groups = Dictionary(grouping: cells) { [$0.cell.scalar.size, $0.cell.nx] }
        return groups.sorted { $0.key.lexicographicallyPrecedes($1.key) }.compactMap { _, cells in
            let cells = cells.sorted { $0.cell.xBytes < $1.cell.xBytes }
            guard cells.count > 1, let rung = cells.last?.fastestOnWholeX?.rung else { return nil }
            let times = cells.compactMap { $0.rung(rung)?.stepTime?.divided(by: Double($0.cell.values)) }
            guard times.count == cells.count, let least = times.min(by: { $0.median < $1.median }),
                let greatest = times.max(by: { $0.median < $1.median })
            else { return nil }
            let interval = Interval(
                low: max(1, greatest.low / least.high), high: greatest.high / least.low,
                coverage: min(least.coverage, greatest.coverage))
            return finding(
                .growth(rung: rung, cells), greatest.median / least.median, interval)
        }
    }
}

extension StepTime {
    fileprivate func divided(by count: Double) -> (
        median: Double, low: Double, high: Double, coverage: Double
    ) {
        (medianNanoseconds / count, lowNanoseconds / count, highNanoseconds / count, coverage)
    }
}

extension CellResult {
    /// The fastest of the implementations that keep X as it is.
    fileprivate var fastestOnWholeX: RungResult? { fastest(roundingX: false) }

    /// The fastest of those that round X.
    fileprivate var fastestOnRoundedX: RungResult? { fastest(roundingX: true) }

    /// On one thread those that share the work with nobody, where there are any.
    private func fastest(roundingX isRounding: Bool) -> RungResult? {
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
