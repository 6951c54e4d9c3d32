import Problems
import Measurement

/// `Float` against `Double`.
struct PrecisionTopic: Topic {
    static let id = "precision"
    static let title = "Float against Double"
    static let about = "What half the bytes are worth."
    static let figureIDs = ["scalars", "ladder-other"]

    let results: Results

    /// The two against each other, and the ladder in the other scalar type than that of the largest cell.
    var figures: [Figure] {
        let largest = results.largestCell?.cell.scalar
        let other = results.largestCells.first { $0.cell.scalar != largest }
        return [scalars, other.flatMap { LadderFigure($0)?.figure(id: "ladder-other") }].compactMap(\.self)
    }

    var items: [Item] {
        guard scalars != nil else {
            return .leftOut(
                "Float against Double", since: "no shape was timed in both",
                command: "unlooped bench --scalar both")
        }
        let about: Phrase = """
            A Float has half the bytes of a Double, so that twice as many come from memory in the same time \
            and twice as many fit into a vector: 2 is what either can give. Rungs that do one value at a time \
            gain less, down to nothing. The two were not timed in the same rounds, so the factors are ratios \
            of medians, and their intervals are wider than need be.
            """
        return [.paragraph(about)] + best + figures.map(Item.figure)
    }

    /// The fastest in each at the largest shape.
    private var best: [Item] {
        guard let cell = results.largestCell?.cell else { return [] }
        let parts = ScalarKind.allCases.compactMap { scalar in
            results[cell.with(scalar)]?.fastest.map {
                "\($0.rung) with \(Numbers.time($0.stepTime)) in \(scalar.rawValue)"
            }
        }
        guard parts.count > 1 else { return [] }
        let text: Phrase = """
            At m = \(Numbers.grouped(cell.m)) and nₓ = \(Numbers.grouped(cell.nx)) the fastest are \
            \(Prose.list(parts)).
            """
        return [.paragraph(text)]
    }

    /// How much longer a step takes in `Double` than in `Float`, rung by rung: twice as long where bytes or lanes
    /// decide, about as long where neither does. At the largest shape, with all other shapes faint; nil where that
    /// shape has not been timed in both.
    private var scalars: Figure? {
        guard let cell = results.largestCell?.cell.with(.double), let chosen = results[cell] else {
            return nil
        }
        func ratio(_ name: String, _ double: CellResult) -> TimeRatio? {
            guard let time = double.rung(name)?.stepTime,
                let other = results[double.cell.with(.float)]?.rung(name)?.stepTime
            else { return nil }
            return TimeRatio(time, over: other)
        }
        let others = results.cells(on: cell.data).filter {
            $0.cell.scalar == .double && $0.cell != cell && $0.cell.threads == cell.threads
        }
        let rungs = results.rungNames.map { name in
            (
                name: name, chosen: ratio(name, chosen),
                others: others.compactMap { other in ratio(name, other).map { (other.cell, $0) } }
            )
        }
        guard rungs.contains(where: { $0.chosen != nil }) else { return nil }
        let looks = Looks(rungs.map { $0.name })
        let scale = Scale.logarithmic(
            [1, 2] + rungs.compactMap { $0.chosen }.flatMap { [$0.low, $0.high] }
                + rungs.flatMap { $0.others.map { $0.1.median } })
        let place = "\(Prose.shape(cell)), \(Numbers.threads(cell.threads))"
        let chart = RowChart(
            note: "\(place), with intervals; faint: all other shapes",
            x: Axis("time in Double / time in Float", scale ?? .unit, .factor), columns: ["Double / Float"],
            rows: rungs.map { name, chosen, others in
                let faint = others.map { cell, ratio in
                    RowChart.Mark.faint(
                        ratio.median, look: looks[name],
                        tooltip: "\(name), m = \(cell.m), \(Prose.nx) = \(cell.nx): \(ratio.text)")
                }
                let marks = chosen.map {
                    [
                        RowChart.Mark.interval(low: $0.low, high: $0.high),
                        .point($0.median, look: looks[name], tooltip: "\(name): \($0.text)"),
                    ]
                }
                return RowChart.Row(
                    name, faint + (marks ?? []),
                    columns: [chosen.map { Numbers.times($0.median) } ?? Numbers.none])
            }, places: [1, 2])
        let table = DataTable(
            ["rung", "Double / Float", "least of other shapes", "greatest of other shapes"],
            rungs.map { name, chosen, others in
                let medians = others.map { $0.1.median }
                return [
                    name, chosen?.text ?? Numbers.none, Numbers.three(medians.min()),
                    Numbers.three(medians.max()),
                ]
            })
        return Figure("scalars", "Double against Float", "At \(place)", chart, table)
    }
}
