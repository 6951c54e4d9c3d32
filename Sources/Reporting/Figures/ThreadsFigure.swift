import Problems
import Measurement

/// What threads gain as there are more of them: the speedup over one thread of the same code, what part of
/// the threads that is, or the speedup over the fastest rung without threads.
struct ThreadsFigure {
    /// What is shown.
    enum Kind: String, CaseIterable {
        case speedup, efficiency
        case best = "speedup-best"
    }

    /// A rung on some number of threads.
    private struct Point {
        let threads: Int
        let time: StepTime
        let speedup: TimeRatio
        let overBest: TimeRatio
    }

    private let kind: Kind
    private let cells: [CellResult]
    private let best: RungResult
    private let rungs: [(name: String, points: [Point])]

    /// Of the largest shape that was timed on one and on more threads; nil where there is none, or no rung
    /// with threads has both times.
    init?(_ results: Results, _ scalar: ScalarKind, _ kind: Kind) {
        let found = results.cells(on: results.largestCell?.cell.data).filter {
            $0.cell.scalar == scalar && !$0.timed.isEmpty
        }
        let shapes = found.filter { cell in
            cell.cell.threads == 1
                && found.contains {
                    $0.cell.threads > 1 && ($0.cell.m, $0.cell.nx) == (cell.cell.m, cell.cell.nx)
                }
        }
        guard let one = shapes.max(by: { $0.cell.values < $1.cell.values }) else { return nil }
        cells = found.filter { ($0.cell.m, $0.cell.nx) == (one.cell.m, one.cell.nx) }
            .sorted { $0.cell.threads < $1.cell.threads }
        let alone = one.timed.filter { !$0.isThreaded }
        guard let best = CellResult(cell: one.cell, rungs: alone).fastest, let bestTime = best.stepTime else {
            return nil
        }
        (self.kind, self.best) = (kind, best)
        rungs = one.timed.filter { $0.isThreaded }.compactMap { [cells] rung in
            guard let base = rung.stepTime else { return nil }
            let points = cells.compactMap { cell in
                cell.rung(rung.rung)?.stepTime.map {
                    Point(
                        threads: cell.cell.threads, time: $0,
                        speedup: cell.cell.threads == 1 ? .one : TimeRatio(base, over: $0),
                        overBest: TimeRatio(bestTime, over: $0))
                }
            }
            return points.count > 1 ? (rung.rung, points) : nil
        }
        guard !rungs.isEmpty else { return nil }
    }

    private var cell: Cell { cells[0].cell }

    /// The figure.
    var figure: Figure? {
        guard let chart else { return nil }
        let id = "threads-\(kind.rawValue)-\(cell.scalar.rawValue)"
        let what =
            switch kind {
            case .speedup: "What threads gain over one thread of the same code"
            case .efficiency: "What part of the threads is gained"
            case .best: "What threads gain over \(best.rung), the fastest rung without"
            }
        let title = "\(what), in \(cell.scalar.rawValue)"
        let description = "At \(shape). " + rungs.map(words).joined(separator: " ")
        return Figure(
            id: id, title: title, description: description,
            svg: chart.svg(id: id, title: title, description: description), table: table)
    }

    private var shape: String {
        "m = \(Prose.grouped(cell.m)), \(Captions.nx) = \(Prose.grouped(cell.nx)), \(cell.scalar.rawValue)"
    }

    private func value(_ point: Point) -> (median: Double, low: Double, high: Double) {
        switch kind {
        case .speedup: return (point.speedup.median, point.speedup.low, point.speedup.high)
        case .best: return (point.overBest.median, point.overBest.low, point.overBest.high)
        case .efficiency:
            let (p, speedup) = (Double(point.threads), point.speedup)
            return (speedup.median / p, speedup.low / p, speedup.high / p)
        }
    }

    private var chart: XYChart? {
        let looks = Looks(rungs.map { $0.name })
        let fastest = cells.last?.fastestThreaded?.rung
        let series = rungs.map { rung in
            Series(
                rung.name, looks[rung.name], rung.name == fastest ? .strong : .thin,
                rung.points.map { point in
                    let value = value(point)
                    return Series.Point(
                        Double(point.threads), value.median, low: value.low, high: value.high,
                        tooltip: "\(rung.name) on \(Captions.threads(point.threads)): \(words(point))")
                })
        }
        let counts = Set(rungs.flatMap { $0.points.map { $0.threads } }).sorted().map(Double.init)
        let ideal = counts.map { (x: $0, y: kind == .efficiency ? 1 : $0) }
        let values = series.flatMap { $0.points.flatMap { [$0.low, $0.high] } } + ideal.map { $0.y }
        guard let x = Scale.logarithmic(counts, base: 2),
            let y = kind == .efficiency ? Scale.linear(values + [0]) : Scale.logarithmic(values, base: 2)
        else { return nil }
        return XYChart(
            note: "\(shape); bands: intervals",
            x: Axis("threads", x, .count, places: counts),
            y: Axis(
                kind == .efficiency ? "speedup over one thread, for each thread" : "times as fast", y,
                kind == .efficiency ? .fraction : .factor),
            style: .lines, series: series, limits: [XYChart.Limit("ideal", ideal, .end, .short)])
    }

    private func words(_ rung: (name: String, points: [Point])) -> String {
        let points = rung.points.dropFirst().map { "on \(Captions.threads($0.threads)) \(words($0))" }
        return "\(rung.name): \(points.joined(separator: "; "))."
    }

    private func words(_ point: Point) -> String {
        "\(TimeSpan(point.time.medianNanoseconds)) a step, \(point.speedup.text) times as fast as on one, "
            + "\(point.overBest.text) times as fast as \(best.rung)"
    }

    private var table: DataTable {
        DataTable(
            [
                "rung", "threads", "time of a step", "speedup", "efficiency", "serial fraction",
                "speedup over \(best.rung)",
            ],
            rungs.flatMap { rung in
                rung.points.map { point in
                    let serial = SerialFraction.of(speedup: point.speedup.median, threads: point.threads)
                    return [
                        rung.name, "\(point.threads)", Figures.time(point.time), point.speedup.text,
                        Figures.percent(point.speedup.median / Double(point.threads)),
                        serial.map(Figures.three) ?? "–", point.overBest.text,
                    ]
                }
            })
    }
}
