import Measurement

/// What speed costs in code.
struct CodeTopic: Topic {
    static let id = "code"
    static let title = "Lines of code"
    static let figureIDs = ["code"]

    let results: Results

    var figures: [Figure] { [figure].compactMap(\.self) }

    var items: [Item] {
        let rows = (results.notes ?? []).compactMap { note in
            note.code.map { [note.rung, $0.files.joined(separator: ", "), "\($0.lines)"] }
        }
        guard !rows.isEmpty else {
            return .leftOut(
                "lines of code", since: "the sources were not at hand when these results were made",
                command: "unlooped bench", run: "from a checkout")
        }
        let about: Phrase = """
            Lines with something else than comments on them, in the file of each rung and in the kernels that \
            it names; what several rungs share counts for each of them. General tools, such as vectors, \
            arrays and exp, are not counted: any program could use them.
            """
        return [.paragraph(about)] + figures.map(Item.figure) + [
            .table("Which files were counted", DataTable(["rung", "files", "lines"], rows, leading: 2))
        ]
    }

    /// The lines of each rung next to its speed, in the largest cell; nil where no rung has both.
    private var figure: Figure? {
        guard let cell = results.largestCell else { return nil }
        let rungs = cell.timed.compactMap { rung -> (name: String, lines: Int, factor: Factor)? in
            guard let count = results.note(of: rung.rung)?.code?.lines, count > 0,
                let factor = cell.factorOverReference(rung)
            else { return nil }
            return (rung.rung, count, factor)
        }
        guard !rungs.isEmpty else { return nil }
        let (looks, emphasis) = (Looks(cell.rungs.map { $0.rung }), Emphasis(cell))
        let series = rungs.map { name, lines, factor in
            Series(
                name, looks[name], emphasis[name],
                [
                    Series.Point(
                        Double(lines), factor.median, low: factor.interval.low, high: factor.interval.high,
                        tooltip: "\(name): \(lines) lines, \(Numbers.timesInterval(factor))")
                ])
        }
        // Room for names to the right of the points.
        let greatest = 1.4 * Double(rungs.map { $0.lines }.max() ?? 1)
        guard let x = Scale.linear([0, greatest]),
            let y = Scale.logarithmic(
                series.flatMap { $0.points.flatMap { [$0.low, $0.high] } }, margin: 0.06)
        else { return nil }
        let (place, base) = (Prose.cell(cell.cell), cell.reference?.rung ?? "the first")
        let chart = XYChart(
            note: place, x: Axis("lines of code", x, .count),
            y: Axis("times as fast as \(TextSize.shortened(base))", y, .factor), style: .points,
            series: series)
        let table = DataTable(
            ["rung", "lines of code", "times as fast as \(base)"],
            rungs.map { [$0.name, "\($0.lines)", Numbers.interval($0.factor)] })
        return Figure("code", "What speed costs in code", "At \(place)", chart, table)
    }
}
