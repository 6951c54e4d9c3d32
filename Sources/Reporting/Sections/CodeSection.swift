import Measurement

/// What speed costs in code.
struct CodeSection {
    private let results: Results

    init(_ results: Results) { self.results = results }

    /// The section.
    var section: Section {
        let rows = rows
        guard !rows.isEmpty else {
            return Section(
                "code", "Lines of code",
                [
                    .leftOut(
                        "lines of code", since: "the sources were not at hand when these results were made",
                        command: "unlooped bench, run from a checkout,")
                ])
        }
        return Section(
            "code", "Lines of code",
            [
                .paragraph(
                    """
                    Lines with something else than comments on them, in the file of each rung and in the \
                    kernels that it names. General tools, such as vectors, arrays and exp, are not counted: \
                    any program could use them.
                    """),
                .table("What speed costs in code", DataTable(head, rows)),
            ])
    }

    private var cell: CellResult? { results.largestCell }

    private var head: [String] {
        [
            "rung", "lines of code", "files", "time per step",
            "over \(cell?.reference?.rung ?? "the first")",
        ]
    }

    private var rows: [[String]] {
        (results.notes ?? []).compactMap { note in
            guard let code = note.code else { return nil }
            let rung = cell?.rung(note.rung)
            return [
                note.rung, "\(code.lines)", "\(code.files.count)", Figures.time(rung?.stepTime),
                Figures.factor(rung.flatMap { cell?.factorOverReference($0) }),
            ]
        }
    }
}
