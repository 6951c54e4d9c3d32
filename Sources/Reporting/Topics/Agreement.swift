import Problems
import Measurement

/// How far each rung may be off, and is.
struct AgreementTopic: Topic {
    static let id = "agreement"
    static let title = "Agreement"
    static let about = "How far each version is off, as a part of the bound that it is held to."
    static let figureIDs = ["agreement"] + perScalar("error")

    let results: Results

    /// The greatest error of each rung next to its speed, and errors against m in both scalars.
    var figures: [Figure] {
        [bounds].compactMap(\.self)
            + ScalarKind.allCases.compactMap(errors)
    }

    var items: [Item] {
        let rows = rows
        guard !rows.isEmpty else {
            return .leftOut(
                "agreement", since: "no judge has seen these implementations", command: "unlooped bench")
        }
        let about: Phrase = """
            Before it is timed each implementation is judged, on the data that it is timed with: J, dw and db \
            are compared with a reference in extended precision, and each must be within a bound that \
            follows from the data and from how the implementation sums. Below 1 is within the bound; \
            shorter sums have less of an error, so speed and accuracy often come together.
            """
        return [.paragraph(about)] + [summary].compactMap { $0.map(Item.paragraph) }
            + figures.map(Item.figure) + [
                .table(
                    "The greatest error / bound of each rung, over all cells",
                    DataTable(["rung", "how it sums", "where", "error / bound"], rows, leading: 3))
            ]
    }

    /// How near each rung came to the bound of its error, at worst in all cells, next to its speed; nil where no
    /// rung was judged.
    private var bounds: Figure? {
        guard let largest = results.largestCell else { return nil }
        let rungs = results.rungNames.map { name in
            var worst: [ScalarKind: (ratio: Double, cell: Cell)] = [:]
            for cell in results.cells {
                guard let ratio = cell.rung(name)?.verdict?.ratio else { continue }
                // Whatever is no number is worse than any.
                if ratio.isNaN || ratio > worst[cell.cell.scalar]?.ratio ?? -1 {
                    worst[cell.cell.scalar] = (ratio.isNaN ? .infinity : ratio, cell.cell)
                }
            }
            let speed = Numbers.factor(largest.rung(name).flatMap { largest.factorOverReference($0) })
            return (name: name, speed: speed, worst: worst)
        }
        let ratios = rungs.flatMap { $0.worst.values.map { $0.ratio } }
        guard !ratios.isEmpty else { return nil }
        let scalars = ScalarKind.allCases.filter { scalar in rungs.contains { $0.worst[scalar] != nil } }
        let chart = RowChart(
            note: "Speed: times as fast as \(TextSize.shortened(largest.reference?.rung ?? "the first")) at "
                + "\(Prose.cell(largest.cell)). Dotted: the bound.",
            x: Axis(
                "error / bound, the greatest of all cells", Scale.logarithmic(ratios + [1]) ?? .unit, .number),
            columns: ["speed"],
            rows: rungs.map { name, speed, worst in
                let marks = ScalarKind.allCases.compactMap { scalar -> RowChart.Mark? in
                    guard let (ratio, cell) = worst[scalar], ratio > 0 else { return nil }
                    return .point(
                        ratio, look: .of(scalar),
                        tooltip: "\(name): \(Numbers.three(ratio)) at \(Prose.cell(cell))")
                }
                let isExact = marks.isEmpty && !worst.isEmpty
                return RowChart.Row(
                    name, marks, columns: [speed],
                    remark: isExact ? "no error" : marks.isEmpty ? "not judged" : "")
            }, places: [1], legend: scalars.map { (Look.of($0), $0.rawValue) })
        let table = DataTable(
            ["rung", "error / bound in float", "error / bound in double", "times as fast as the reference"],
            rungs.map { name, speed, worst in
                [name] + [.float, .double].map { Numbers.three(worst[$0]?.ratio) } + [speed]
            })
        return Figure(
            "agreement", "The greatest error of each rung, as a part of its bound",
            "Beyond 1 a rung disagrees", chart, table)
    }

    /// How the error of each rung grows with m: the error of the element that is the worst in terms of its bound.
    private func errors(_ scalar: ScalarKind) -> Figure? {
        /// An error that there is a place for on a logarithmic axis; an error of 0 has none.
        func error(_ rung: RungResult) -> Double? {
            rung.verdict.flatMap { $0.error > 0 && $0.error.isFinite ? $0.error : nil }
        }
        return SizeFigure(results, along: .samples, scalar) { error($0) != nil }?.figure(
            "error-\(scalar.rawValue)", "The error as m grows, in \(scalar.rawValue)",
            y: ("error of the worst element", .number),
            value: { rung, cell in
                error(rung).map {
                    let place = "\(rung.rung) at \(GrowthAxis.samples.grown(cell.cell.m))"
                    return (
                        $0, $0, $0, "\(place): \(Numbers.three($0)) in \(rung.verdict?.element ?? "")"
                    )
                }
            },
            text: { rung, _ in Numbers.three(rung.verdict?.error) })
    }

    private var verdicts: [(cell: CellResult, rung: RungResult, verdict: CellVerdict)] {
        results.cells.flatMap { cell in
            cell.rungs.compactMap { rung in rung.verdict.map { (cell, rung, $0) } }
        }
    }

    /// Nil where no judge has seen anything.
    var summary: Phrase? {
        let verdicts = verdicts
        guard !verdicts.isEmpty else { return nil }
        let failed = verdicts.filter { !$0.verdict.passed }
        if let first = failed.first {
            return """
                \(strong: "\(failed.count) of \(verdicts.count) verdicts are against an implementation"): \
                \(first.rung.rung) is off in \(first.verdict.element) by \(Numbers.three(first.verdict.error)) \
                at \(Prose.cell(first.cell.cell)), where the bound is \(Numbers.three(first.verdict.bound)).
                """
        }
        let worst = verdicts.max { $1.verdict.isWorse(than: $0.verdict) }
        return """
            All \(Numbers.count(verdicts.count, "verdict")) are in favour. The nearest to its bound is \
            \(strong: worst?.rung.rung ?? "") at \(worst.map { Prose.cell($0.cell.cell) } ?? ""): \
            \(Numbers.percent(worst?.verdict.ratio)) of it.
            """
    }

    /// The worst verdict of each rung, in the order of the ladder.
    private var rows: [[String]] {
        let verdicts = Dictionary(grouping: verdicts) { $0.rung.rung }
        return results.rungNames.compactMap { name in
            verdicts[name]?.max { $1.verdict.isWorse(than: $0.verdict) }.map {
                [name, $0.rung.sums, Prose.cell($0.cell.cell), Numbers.verdict($0.verdict)]
            }
        }
    }
}
