import Problems
import Measurement

/// How near each rung came to the bound of its error, at worst in all cells, beside its speed.
struct AgreementFigure {
    private let largest: CellResult
    private let rungs: [(name: String, worst: [ScalarKind: (ratio: Double, cell: Cell)])]

    /// Nil where no rung was judged.
    init?(_ results: Results) {
        guard let largest = results.largestCell else { return nil }
        self.largest = largest
        rungs = results.rungNames.map { name in
            var worst: [ScalarKind: (ratio: Double, cell: Cell)] = [:]
            for cell in results.cells {
                guard let ratio = cell.rung(name)?.verdict?.ratio else { continue }
                // Whatever is no number is worse than any.
                if ratio.isNaN || ratio > worst[cell.cell.scalar]?.ratio ?? -1 {
                    worst[cell.cell.scalar] = (ratio.isNaN ? .infinity : ratio, cell.cell)
                }
            }
            return (name, worst)
        }
        guard rungs.contains(where: { !$0.worst.isEmpty }) else { return nil }
    }

    /// The figure.
    var figure: Figure {
        let title = "The greatest error of each rung, as a part of its bound"
        let description =
            rungs.map { rung in
                let worst = ScalarKind.allCases.compactMap { scalar in
                    rung.worst[scalar].map { "\(Figures.three($0.ratio)) in \(scalar.rawValue)" }
                }
                return "\(rung.name): \(worst.joined(separator: ", "))."
            }.joined(separator: " ") + " Beyond 1 a rung disagrees."
        return Figure(
            id: "agreement", title: title, description: description,
            svg: chart.svg(id: "agreement", title: title, description: description), table: table)
    }

    private func speed(_ name: String) -> String {
        Figures.factor(largest.rung(name).flatMap { largest.factorOverReference($0) })
    }

    private var chart: RowChart {
        let ratios = rungs.flatMap { $0.worst.values.map { $0.ratio } }
        return RowChart(
            note: "Speed: times as fast as \(TextSize.shortened(largest.reference?.rung ?? "the first")) at "
                + "\(Captions.cell(largest.cell)). Dotted: the bound.",
            x: Axis(
                "error / bound, the greatest of all cells", Scale.logarithmic(ratios + [1]) ?? .unit, .number),
            columns: ["speed"],
            rows: rungs.map { rung in
                let marks = ScalarKind.allCases.compactMap { scalar -> RowChart.Mark? in
                    guard let worst = rung.worst[scalar], worst.ratio > 0 else { return nil }
                    return .point(
                        worst.ratio, look: .of(scalar),
                        tooltip: "\(rung.name): \(Figures.three(worst.ratio)) at "
                            + Captions.cell(worst.cell))
                }
                let isExact = marks.isEmpty && !rung.worst.isEmpty
                return RowChart.Row(
                    rung.name, marks, columns: [speed(rung.name)],
                    remark: isExact ? "no error" : marks.isEmpty ? "not judged" : "")
            }, places: [1],
            legend: ScalarKind.allCases.filter { scalar in rungs.contains { $0.worst[scalar] != nil } }
                .map { (Look.of($0), $0.rawValue) })
    }

    private var table: DataTable {
        DataTable(
            ["rung", "error / bound in float", "error / bound in double", "times as fast as the reference"],
            rungs.map { rung in
                [rung.name]
                    + [ScalarKind.float, .double].map {
                        rung.worst[$0].map { Figures.three($0.ratio) } ?? "–"
                    }
                    + [speed(rung.name)]
            })
    }
}
