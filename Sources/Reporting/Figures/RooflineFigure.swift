import Foundation
import Problems
import Measurement

/// The rungs of one cell under the roofs of this machine: no step can be faster than X can be read, or
/// than its operations can be done (S. Williams, A. Waterman and D. Patterson, Communications of the ACM
/// 52:4, 2009).
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

    /// Where X is, as a value stored so; the rungs that round X have less of it.
    private func regime(_ storage: Storage = .scalar) -> CacheRegime {
        CacheRegime(xBytes: cell.cell.xBytes(storage), caches: caches)
    }

    /// The figure.
    func figure(id: String) -> Figure? {
        guard let chart else { return nil }
        let title = "What this machine allows, in \(cell.cell.scalar.rawValue)"
        let description =
            "At \(Captions.cell(cell.cell)), X in \(regime()). "
            + cell.timed.map { words($0) + "." }.joined(separator: " ")
        return Figure(
            id: id, title: title, description: description,
            svg: chart.svg(id: id, title: title, description: description), table: table)
    }

    /// Operations for each byte of X as it is stored, counted once.
    private func intensity(_ rung: RungResult) -> Double {
        Double(rung.work.operations) / Double(max(1, cell.cell.xBytes(rung.storage)))
    }

    /// Billions of operations a second, with their interval.
    private func point(_ rung: RungResult) -> Series.Point? {
        rung.stepTime.map { time in
            let operations = Double(rung.work.operations)
            return Series.Point(
                intensity(rung), operations / time.medianNanoseconds, low: operations / time.highNanoseconds,
                high: operations / time.lowNanoseconds, tooltip: words(rung))
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
        return XYChart(
            note:
                "\(Captions.cell(cell.cell)). X has \(ByteCount(cell.cell.xBytes)): \(place). Broken roofs: "
                + "1 thread.",
            x: Axis("operations for each byte of X", x, .number),
            y: Axis("billions of operations a second", y, .number), style: .pointsWithMargin, series: series,
            limits: lines)
    }

    /// Which roof is meant for this cell.
    private var place: String {
        switch regime() {
        case .all: "where it is, is unknown"
        case .cache, .memory: "in \(regime()), under the heavy roof"
        }
    }

    private func limits(from left: Double, to right: Double) -> [XYChart.Limit] {
        let slopes = roofs.compactMap { roof -> XYChart.Limit? in
            let peak = peaks.first { $0.threads == roof.threads } ?? peaks[0]
            let (rate, top) = (roof.bytesPerSecond / 1e9, peak.operationsPerSecond / 1e9)
            let ridge = min(right, max(left, top / rate))
            return XYChart.Limit(
                "\(roof.regime), \(Captions.threads(roof.threads))",
                [(left, min(top, rate * left)), (ridge, min(top, rate * ridge))], .start,
                dash(roof.threads), roof.regime == regime() ? .strong : .thin)
        }
        return slopes
            + peaks.map { peak in
                let rate = peak.operationsPerSecond / 1e9
                let ridges = roofs.filter { $0.threads == peak.threads }.map {
                    rate / ($0.bytesPerSecond / 1e9)
                }
                let start = min(right, max(left, ridges.min() ?? left))
                return XYChart.Limit(
                    "peak, \(Captions.threads(peak.threads))", [(start, rate), (right, rate)], .end,
                    dash(peak.threads))
            }
    }

    private func dash(_ threads: Int) -> Look.Dash { threads == cell.cell.threads ? .solid : .short }

    /// Billions of operations a second; nil without a time.
    private func rate(_ rung: RungResult) -> Double? { cell.rates(rung).map { $0.operationsPerSecond / 1e9 } }

    private func words(_ rung: RungResult) -> String {
        guard let rate = rate(rung) else { return rung.rung }
        return "\(rung.rung): \(Figures.three(rate)) billion operations a second"
            + (share(rung).map { ", \(Figures.percent($0)) of what its roof allows" } ?? "")
    }

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
                rung.rung, Figures.three(intensity(rung)), rate(rung).map(Figures.three) ?? "–",
                Figures.percent(share(rung)),
            ]
        }
        let slopes = roofs.map { roof in
            [
                "roof: \(roof.regime), \(Captions.threads(roof.threads))", "–",
                "\(Figures.three(roof.bytesPerSecond / 1e9)) for each operation a byte", "–",
            ]
        }
        let tops = peaks.map { peak in
            [
                "roof: multiply-adds, \(Captions.threads(peak.threads))", "–",
                Figures.three(peak.operationsPerSecond / 1e9), "–",
            ]
        }
        return DataTable(
            ["", "operations for each byte of X", "billions of operations a second", "of its roof"],
            rungs + slopes + tops)
    }
}
