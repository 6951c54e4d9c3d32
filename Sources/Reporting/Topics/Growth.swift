import Problems
import Measurement

/// How the time for one value of X changes as m or n_x grows.
struct GrowthTopic: Topic {
    static let id = "growth"
    static let title = "Growth"
    static let about = "The time for a value of X as m and nₓ grow, in both scalars."
    static let figureIDs = GrowthAxis.allCases.flatMap { axis in
        perScalar("growth-\(axis.name)")
    }

    let results: Results

    /// The time for each value of X against m and against n_x, in both scalars.
    var figures: [Figure] {
        ScalarKind.allCases.flatMap { scalar in
            GrowthAxis.allCases.compactMap { figure(along: $0, scalar) }
        }
    }

    var items: [Item] {
        let figures = figures
        guard !figures.isEmpty else {
            return .leftOut(
                "growth", since: "no two cells differ in m alone or in nₓ alone",
                command: "unlooped bench --m 1000,10000,100000 --nx 8,128")
        }
        return [.list(changes)] + figures.map(Item.figure)
    }

    /// The time for each value of X, in which the fixed cost and the levels of cache are steps.
    func figure(along axis: GrowthAxis, _ scalar: ScalarKind) -> Figure? {
        let sizes = SizeFigure(results, along: axis, scalar) { $0.stepTime != nil }
        guard let sizes else { return nil }
        let bytes = Double(axis.fixedSize(of: sizes.last.cell)) * Double(scalar.size)
        func text(_ rung: RungResult, _ cell: CellResult) -> String {
            Numbers.three(cell.nanosecondsPerValue(rung.rung)) + " ns"
        }
        return sizes.figure(
            "growth-\(axis.name)-\(scalar.rawValue)",
            "Time for each value of X as \(axis.sign) grows, in \(scalar.rawValue)",
            note: "; bands: intervals of the medians; dotted: X as large as a cache",
            y: ("time for each value of X", .nanoseconds),
            places: results.machine.dataCaches.map {
                XYChart.Place(
                    x: Double($0.bytes) / bytes, label: "L\($0.level)",
                    tooltip: "X as large as L\($0.level): \(Numbers.binary($0.bytes))")
            },
            value: { rung, cell in
                rung.stepTime.map { time in
                    let count = Double(cell.cell.m) * Double(cell.cell.nx)
                    return (
                        time.medianNanoseconds / count, time.estimate.span.lowerBound / count,
                        time.estimate.span.upperBound / count,
                        "\(rung.rung) at \(Prose.cell(cell.cell)): \(Numbers.timeInterval(time)) a step, "
                            + "\(text(rung, cell)) for each value of X"
                    )
                }
            },
            text: { rung, cell in
                guard let time = rung.stepTime else { return Numbers.none }
                return text(rung, cell) + " " + Numbers.spread(time)
            })
    }

    /// How the time for a value changes from the smallest to the largest cell, for the first rung and the
    /// fastest.
    private var changes: [Phrase] {
        guard let largest = results.largestCell, let first = largest.reference, let fastest = largest.fastest
        else { return [] }
        let names = first.rung == fastest.rung ? [first.rung] : [first.rung, fastest.rung]
        return GrowthAxis.allCases.flatMap { axis -> [Phrase] in
            let cells = results.cells(along: axis, largest.cell.scalar).filter { $0.fastest != nil }
            guard let smallest = cells.first, smallest.cell != largest.cell else { return [] }
            return names.compactMap { name in
                guard let start = smallest.nanosecondsPerValue(name),
                    let end = largest.nanosecondsPerValue(name)
                else { return nil }
                return """
                    \(strong: name) takes \(Numbers.three(start)) ns for a value at \
                    \(axis.grown(axis.size(of: smallest.cell))), and \(Numbers.three(end)) ns at \
                    \(axis.grown(axis.size(of: largest.cell))), both at \
                    \(axis.fixed(axis.fixedSize(of: largest.cell))) in \(largest.cell.scalar.rawValue).
                    """
            }
        }
    }
}

/// A line for the first rung and the fastest of each family as one size grows and the other stays as in the largest
/// cell, on logarithmic axes; the table has all rungs.
struct SizeFigure {
    let axis: GrowthAxis
    let cells: [CellResult]
    let last: CellResult
    private let names: [String]

    /// Nil with fewer than two sizes in which any rung has what is to be shown.
    init?(
        _ results: Results, along axis: GrowthAxis, _ scalar: ScalarKind, where isShown: (RungResult) -> Bool
    ) {
        let cells = results.cells(along: axis, scalar).filter { $0.rungs.contains(where: isShown) }
        guard cells.count > 1, let last = cells.last else { return nil }
        (self.axis, self.cells, self.last) = (axis, cells, last)
        names = results.rungNames.filter { name in cells.contains { $0.rung(name).map(isShown) == true } }
    }

    /// `nₓ = 128, float, 2 threads`.
    private var place: String {
        "\(axis.fixed(axis.fixedSize(of: last.cell))), \(last.cell.scalar.rawValue), "
            + Numbers.threads(last.cell.threads)
    }

    /// - Parameters:
    ///   - note: what follows the place in the note.
    ///   - value: what is shown of a rung, with its interval; nil where there is nothing to show.
    ///   - text: the same in the table.
    func figure(
        _ id: String, _ title: String, note: String = "", y: (title: String, quantity: Quantity),
        places: [XYChart.Place] = [],
        value: (RungResult, CellResult) -> (y: Double, low: Double, high: Double, tooltip: String)?,
        text: (RungResult, CellResult) -> String
    ) -> Figure? {
        let (looks, emphasis) = (Looks(names), Emphasis(last))
        let series = names.filter { emphasis[$0] == .strong }.map { name in
            Series(
                name, looks[name], .strong,
                cells.compactMap { cell in
                    cell.rung(name).flatMap { value($0, cell) }.map {
                        Series.Point(
                            Double(axis.size(of: cell.cell)), $0.y, low: $0.low, high: $0.high,
                            tooltip: $0.tooltip)
                    }
                })
        }
        let chart = XYChart.logarithmic(
            note: place + note, x: (axis.title, .count), y: y, series: series,
            at: cells.map { Double(axis.size(of: $0.cell)) }, places: places)
        let table = DataTable(
            ["rung"] + cells.map { axis.grown(axis.size(of: $0.cell)) },
            names.map { name in
                [name] + cells.map { cell in cell.rung(name).map { text($0, cell) } ?? Numbers.none }
            })
        return chart.map { Figure(id, title, "At \(place)", $0, table) }
    }
}
