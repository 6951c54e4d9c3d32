import Problems
import Measurement

/// The gain by threads.
struct ThreadsTopic: Topic {
    static let id = "threads"
    static let title = "Threads"
    static let about = "What each further thread gains."
    static let figureIDs = Kind.allCases.flatMap { perScalar("threads-\($0.rawValue)") }

    let results: Results

    /// The gain against the number of threads, in both scalars.
    var figures: [Figure] { ScalarKind.allCases.flatMap(figures) }

    var items: [Item] {
        let rows = rows
        guard let cell = results.largestCell, !rows.isEmpty else {
            return .leftOut(
                "threads", since: "no rung has a time on several threads and on one",
                command: "unlooped bench --threads 2")
        }
        let head = [
            "rung", "the same on one thread", "speedup", "threads", "efficiency", "serial fraction",
            "over \(cell.fastestOnOneThread?.rung ?? "one thread")",
        ]
        let pictures = figures.map(Item.figure)
        let none = [Item].leftOut(
            "what threads gain as there are more of them", since: "no shape was timed on one and on more",
            command: "unlooped bench --threads 1,2")
        return [.paragraph(about)] + summary(cell) + (pictures.isEmpty ? none : pictures) + [
            .table("At \(Prose.cell(cell.cell))", DataTable(head, rows, leading: 2))
        ]
    }

    private let about: Phrase = """
        Speedup is over the same code on one thread; the last column is over the best rung on one thread, \
        which is what a user would otherwise run. Efficiency is speedup by thread. The serial fraction is \
        the part of the work that would have to be serial for just this speedup (A. Karp and H. Flatt, \
        Communications of the ACM 33:5, 1990): waking and waiting count as such, and so does memory that \
        all threads share. Below 0, more threads have more of something, such as cache.
        """

    private func summary(_ cell: CellResult) -> [Item] {
        guard let (threaded, alone, factor) = cell.threadedAndAlone else { return [] }
        let doubt = factor.holdsOne == true ? ", which cannot be told from no difference" : ""
        let text: Phrase = """
            The best on several threads, \(strong: threaded.rung), is \
            \(strong: Numbers.three(factor.median) + " times as fast") as the best on one, \
            \(strong: alone.rung) (\(Numbers.coverage(factor)))\(doubt).
            """
        return [.paragraph(text)]
    }

    /// The threaded rungs of the largest cell.
    private var rows: [[String]] {
        guard let cell = results.largestCell, cell.cell.threads > 1 else { return [] }
        let best = cell.fastestOnOneThread
        return cell.timed.compactMap { rung -> [String]? in
            guard rung.isThreaded, let twin = rung.after.flatMap(cell.rung), !twin.isThreaded,
                let speedup = cell.factorOverPrevious(rung)
            else { return nil }
            let serial = SerialFraction.of(speedup: speedup.median, threads: cell.cell.threads)
            return [
                rung.rung, twin.rung, Numbers.marked(speedup), "\(cell.cell.threads)",
                Numbers.percent(speedup.median / Double(cell.cell.threads)), Numbers.percent(serial),
                Numbers.marked(best.flatMap { cell.factor(of: rung, over: $0) }),
            ]
        }
    }

    /// The speedup over one thread of the same code, what part of the threads that is, or the speedup over the
    /// fastest rung without threads.
    private enum Kind: String, CaseIterable {
        case speedup, efficiency
        case best = "speedup-best"
    }

    /// A rung on some number of threads.
    private typealias Point = (threads: Int, time: StepTime, speedup: TimeRatio, overBest: TimeRatio)

    /// Of the largest shape that was timed on one and on more threads; none where there is none, or no rung with
    /// threads has both times.
    private func figures(_ scalar: ScalarKind) -> [Figure] {
        let found = results.cells(on: results.largestCell?.cell.data).filter {
            $0.cell.scalar == scalar && !$0.timed.isEmpty
        }
        func sameShape(_ cell: CellResult) -> [CellResult] {
            found.filter { ($0.cell.m, $0.cell.nx) == (cell.cell.m, cell.cell.nx) }
        }
        let shapes = found.filter { cell in
            cell.cell.threads == 1 && sameShape(cell).contains { $0.cell.threads > 1 }
        }
        guard let one = shapes.max(by: { $0.cell.values < $1.cell.values }) else { return [] }
        let cells = sameShape(one).sorted { $0.cell.threads < $1.cell.threads }
        let alone = one.timed.filter { !$0.isThreaded }
        guard let best = CellResult(cell: one.cell, rungs: alone).fastest, let bestTime = best.stepTime else {
            return []
        }
        let rungs = one.timed.filter { $0.isThreaded }.compactMap {
            rung -> (name: String, points: [Point])? in
            guard let base = rung.stepTime else { return nil }
            let points = cells.compactMap { cell in
                cell.rung(rung.rung)?.stepTime.map { time -> Point in
                    let speedup = cell.cell.threads == 1 ? TimeRatio.one : TimeRatio(base, over: time)
                    return (cell.cell.threads, time, speedup, TimeRatio(bestTime, over: time))
                }
            }
            return points.count > 1 ? (rung.rung, points) : nil
        }
        let table = DataTable(
            [
                "rung", "threads", "time of a step", "speedup", "efficiency", "serial fraction",
                "speedup over \(best.rung)",
            ],
            rungs.flatMap { name, points in
                points.map { point in
                    let serial = SerialFraction.of(speedup: point.speedup.median, threads: point.threads)
                    return [
                        name, "\(point.threads)", Numbers.time(point.time), point.speedup.text,
                        Numbers.percent(point.speedup.median / Double(point.threads)),
                        Numbers.three(serial), point.overBest.text,
                    ]
                }
            })
        let place = "\(Prose.shape(one.cell)), \(scalar.rawValue)"
        return Kind.allCases.compactMap { kind in
            let what =
                switch kind {
                case .speedup: "What threads gain over one thread of the same code"
                case .efficiency: "What part of the threads is gained"
                case .best: "What threads gain over \(best.rung), the fastest rung without"
                }
            let fastest = cells.last?.fastestThreaded?.rung
            return chart(kind, "\(place); bands: intervals", rungs, strong: fastest, best.rung).map {
                Figure(
                    "threads-\(kind.rawValue)-\(scalar.rawValue)", "\(what), in \(scalar.rawValue)",
                    "At \(place)", $0, table)
            }
        }
    }

    private func chart(
        _ kind: Kind, _ note: String, _ rungs: [(name: String, points: [Point])], strong: String?,
        _ best: String
    ) -> XYChart? {
        let looks = Looks(rungs.map { $0.name })
        let series = rungs.map { name, points in
            Series(
                name, looks[name], name == strong ? .strong : .thin,
                points.map { point in
                    let ratio = kind == .best ? point.overBest : point.speedup
                    let share = kind == .efficiency ? Double(point.threads) : 1
                    return Series.Point(
                        Double(point.threads), ratio.median / share, low: ratio.low / share,
                        high: ratio.high / share,
                        tooltip: "\(name) on \(Numbers.threads(point.threads)): "
                            + "\(Numbers.time(point.time)) a step, \(point.speedup.text) times as fast as on "
                            + "one, \(point.overBest.text) times as fast as \(best)")
                })
        }
        let counts = Set(rungs.flatMap { $0.points.map { $0.threads } }).sorted().map(Double.init)
        let ideal = counts.map { (x: $0, y: kind == .efficiency ? 1 : $0) }
        let values = series.flatMap { $0.points.flatMap { [$0.low, $0.high] } } + ideal.map { $0.y }
        guard let x = Scale.logarithmic(counts, base: 2),
            let y = kind == .efficiency ? Scale.linear(values + [0]) : Scale.logarithmic(values, base: 2)
        else { return nil }
        return XYChart(
            note: note, x: Axis("threads", x, .count, places: counts),
            y: Axis(
                kind == .efficiency ? "speedup over one thread, for each thread" : "times as fast", y,
                kind == .efficiency ? .fraction : .factor),
            style: .lines, series: series,
            limits: [XYChart.Limit(label: "ideal", points: ideal, side: .end, dash: .short)])
    }
}

/// The part of a step's work that does not run in parallel, as far as a speedup shows: the experimentally
/// determined serial fraction e = (1/S − 1/p) / (1 − 1/p) of A. Karp and H. Flatt, "Measuring Parallel Processor
/// Performance", Communications of the ACM 33:5 (1990).
///
/// It is 0 for a speedup of p, and 1 for none. One that grows with p shows overhead rather than work that cannot
/// be shared; a negative one shows that more threads have more of something, such as cache.
package enum SerialFraction {
    /// Nil on one thread, where there is no fraction to see.
    package static func of(speedup: Double, threads: Int) -> Double? {
        guard threads > 1, speedup > 0, speedup.isFinite else { return nil }
        let share = 1 / Double(threads)
        return (1 / speedup - share) / (1 - share)
    }
}
