import Problems
import Measurement

/// How near each rung comes to what the machine can do.
struct RooflineTopic: Topic {
    static let id = "roofline"
    static let title = "The roofline"
    static let about = "Every version under the roofs of memory and arithmetic."
    static let figureIDs = perScalar("roofline")

    let results: Results

    var figures: [Figure] {
        results.largestCells.compactMap { RooflineFigure($0, results)?.figure(id: "roofline") }
    }

    var items: [Item] {
        let figures = figures
        guard let cell = results.largestCell, !nearest(cell).isEmpty || !figures.isEmpty else {
            return .leftOut(
                "the roofline", since: "reading memory was not timed beside the steps",
                command: "unlooped bench")
        }
        let about: Phrase = """
            No step can be shorter than reading X once takes, nor than its additions and multiplications \
            take at the highest rate of this machine. Both were measured here, the reading in the same rounds as \
            the steps. What is left of 100 % is what a better implementation could still gain.
            """
        return [.paragraph(about), .list(nearest(cell))] + figures.map(Item.figure)
    }

    /// The rung that comes nearest in a cell, on one thread and on several, and what limits it.
    private func nearest(_ cell: CellResult) -> [Phrase] {
        [("On one thread", false), ("On several", true)].compactMap { kind, isThreaded in
            let found = cell.contenders.filter { $0.isThreaded == isThreaded }.compactMap { rung in
                results.roofline(rung, in: cell).map { (rung, $0) }
            }
            guard let (rung, roofline) = found.max(by: { $0.1.fraction < $1.1.fraction }) else { return nil }
            return """
                \(kind) \(strong: rung.rung) comes nearest at \(Prose.cell(cell.cell)): \
                \(Numbers.percent(roofline.fraction)) of what \(roofline.bound.rawValue) allows.
                """
        }
    }
}

/// The rungs of one cell under the roofs of this machine: no step can be faster than X can be read, or than its
/// operations can be done (S. Williams, A. Waterman and D. Patterson, Communications of the ACM 52:4, 2009).
struct RooflineFigure {
    private let cell: CellResult
    private let caches: [Machine.Cache]
    private let roofs: [BandwidthRoof]
    private let peaks: [Ceilings.MultiplyAddRate]

    /// Nil where the ceilings were not measured, or nothing was timed.
    init?(_ cell: CellResult, _ results: Results) {
        guard let ceilings = results.ceilings, !cell.timed.isEmpty else { return nil }
        let counts = Set([1, cell.cell.threads]).sorted()
        roofs = counts.flatMap { BandwidthRoof.all(ceilings, results.machine, threads: $0) }
        peaks = ceilings.multiplyAddRates.filter {
            $0.scalar == cell.cell.scalar && counts.contains($0.threads) && $0.operationsPerSecond > 0
                && $0.operationsPerSecond.isFinite
        }
        guard !roofs.isEmpty, !peaks.isEmpty else { return nil }
        self.cell = cell
        caches = results.machine.caches
    }

    /// - Parameter id: that of the figure, before the scalar type.
    func figure(id: String) -> Figure? {
        let scalar = cell.cell.scalar.rawValue
        return chart.map {
            Figure(
                "\(id)-\(scalar)", "What this machine allows, in \(scalar)",
                "At \(Prose.cell(cell.cell)), X in \(regime())", $0, table)
        }
    }

    /// Where X is, stored in this way: rungs that round X have less of it.
    private func regime(_ storage: Storage = .scalar) -> CacheRegime {
        CacheRegime(xBytes: cell.cell.xBytes(storage), caches: caches)
    }

    /// Operations for each byte of X as it is stored, counted once.
    private func intensity(_ rung: RungResult) -> Double {
        Double(rung.work.operations) / Double(max(1, cell.cell.xBytes(rung.storage)))
    }

    /// Billions of operations a second, with their interval.
    private func point(_ rung: RungResult) -> Series.Point? {
        rung.stepTime.map { time in
            let operations = Double(rung.work.operations)
            let share = share(rung).map { ", \(Numbers.percent($0)) of what its roof allows" } ?? ""
            return Series.Point(
                intensity(rung), operations / time.medianNanoseconds,
                low: operations / time.estimate.span.upperBound,
                high: operations / time.estimate.span.lowerBound,
                tooltip: "\(rung.rung): \(Numbers.three(rate(rung))) billion operations a second\(share)")
        }
    }

    private var chart: XYChart? {
        let (looks, emphasis) = (Looks(cell.rungs.map { $0.rung }), Emphasis(cell))
        let series = cell.timed.map { rung in
            Series(rung.rung, looks[rung.rung], emphasis[rung.rung], [point(rung)].compactMap(\.self))
        }
        let intensities = cell.timed.map(intensity).filter { $0 > 0 && $0.isFinite }
        guard let least = intensities.min(), let greatest = intensities.max(),
            let slowest = roofs.map({ $0.bytesPerSecond }).min(),
            let peak = peaks.map({ $0.operationsPerSecond }).max()
        else { return nil }
        // From well left of the rungs to where the lowest roof of memory has met that of arithmetic.
        let (left, right) = (least / 8, max(4 * greatest, 1.5 * peak / slowest))
        let lines = limits(from: left, to: right)
        let values = series.flatMap { $0.points.flatMap { [$0.low, $0.high] } }
        guard let x = Scale.logarithmic([left, right], base: 2, margin: 0),
            let y = Scale.logarithmic(values + lines.flatMap { $0.points.map { $0.y } })
        else { return nil }
        let place =
            switch regime() {
            case .all: "where it is, is unknown"
            case .cache, .memory: "in \(regime()), under the heavy roof"
            }
        return XYChart(
            note: "\(Prose.cell(cell.cell)). X has \(ByteCount(cell.cell.xBytes)): \(place). Broken roofs: "
                + "1 thread.",
            x: Axis("operations for each byte of X", x, .number),
            y: Axis("billions of operations a second", y, .number), style: .points, series: series,
            limits: lines)
    }

    private func limits(from left: Double, to right: Double) -> [XYChart.Limit] {
        func dash(_ threads: Int) -> Look.Dash { threads == cell.cell.threads ? .solid : .short }
        let slopes = roofs.compactMap { roof -> XYChart.Limit? in
            let peak = peaks.first { $0.threads == roof.threads } ?? peaks[0]
            let (rate, top) = (roof.bytesPerSecond / 1e9, peak.operationsPerSecond / 1e9)
            let ridge = min(right, max(left, top / rate))
            return XYChart.Limit(
                label: "\(roof.regime), \(Numbers.threads(roof.threads))",
                points: [(left, min(top, rate * left)), (ridge, min(top, rate * ridge))], side: .start,
                dash: dash(roof.threads), weight: roof.regime == regime() ? .strong : .thin)
        }
        return slopes
            + peaks.map { peak in
                let rate = peak.operationsPerSecond / 1e9
                let ridges = roofs.filter { $0.threads == peak.threads }.map {
                    rate / ($0.bytesPerSecond / 1e9)
                }
                let start = min(right, max(left, ridges.min() ?? left))
                return XYChart.Limit(
                    label: "peak, \(Numbers.threads(peak.threads))", points: [(start, rate), (right, rate)],
                    side: .end, dash: dash(peak.threads))
            }
    }

    /// Billions of operations a second; nil without a time.
    private func rate(_ rung: RungResult) -> Double? { cell.rates(rung).map { $0.operationsPerSecond / 1e9 } }

    /// How near a rung is to the roof that applies to it; nil where that is not known.
    private func share(_ rung: RungResult) -> Double? {
        let threads = rung.isThreaded ? cell.cell.threads : 1
        guard let roof = roofs.first(where: { $0.threads == threads && $0.regime == regime(rung.storage) }),
            let peak = peaks.first(where: { $0.threads == threads }), let rate = rate(rung)
        else { return nil }
        return rate / min(peak.operationsPerSecond / 1e9, roof.bytesPerSecond / 1e9 * intensity(rung))
    }

    private var table: DataTable {
        let rungs = cell.timed.map { rung in
            [
                rung.rung, Numbers.three(intensity(rung)), Numbers.three(rate(rung)),
                Numbers.percent(share(rung)),
            ]
        }
        func roof(_ name: String, _ threads: Int, _ rate: String) -> [String] {
            ["roof: \(name), \(Numbers.threads(threads))", Numbers.none, rate, Numbers.none]
        }
        let slopes = roofs.map {
            roof("\($0.regime)", $0.threads, "\(Numbers.giga($0.bytesPerSecond)) for each operation a byte")
        }
        let tops = peaks.map { roof("multiply-adds", $0.threads, Numbers.giga($0.operationsPerSecond)) }
        return DataTable(
            ["", "operations for each byte of X", "billions of operations a second", "of its roof"],
            rungs + slopes + tops)
    }
}

/// The greatest rate at which X can be read from one place: a level of cache, or memory.
private struct BandwidthRoof {
    /// Where X is.
    let regime: CacheRegime

    /// How many workers read.
    let threads: Int

    let bytesPerSecond: Double

    /// The roofs of each place, from the nearest on, that was measured with that many threads.
    ///
    /// The roof of a cache is the greatest rate of working sets that its copies hold together and that those of the
    /// cache before it do not; whether threads share a copy is not known, and does not matter for the greatest.
    /// The roof of memory is the rate of working sets at least twice as large as the last cache, or of the largest.
    static func all(_ ceilings: Ceilings, _ machine: Machine, threads: Int) -> [BandwidthRoof] {
        let measured = ceilings.bandwidths.filter {
            $0.threads == threads && $0.bytesPerSecond > 0 && $0.bytesPerSecond.isFinite
        }
        guard let largest = measured.last else { return [] }
        func roof(_ regime: CacheRegime, _ rates: [Ceilings.Bandwidth]) -> BandwidthRoof? {
            rates.map { $0.bytesPerSecond }.max().map {
                BandwidthRoof(regime: regime, threads: threads, bytesPerSecond: $0)
            }
        }
        let caches = machine.dataCaches
        guard let last = caches.last else { return [roof(.all, measured)].compactMap(\.self) }
        var roofs: [BandwidthRoof?] = []
        var below = 0
        for cache in caches {
            let fitting = measured.filter {
                $0.workingSetBytes > below && $0.workingSetBytes <= cache.bytes * threads
            }
            roofs.append(roof(.cache(level: cache.level), fitting))
            below = cache.bytes * threads
        }
        if largest.workingSetBytes > last.bytes {
            let beyond = measured.filter { $0.workingSetBytes >= 2 * last.bytes }
            roofs.append(roof(.memory, beyond) ?? roof(.memory, [largest]))
        }
        return roofs.compactMap(\.self)
    }
}
