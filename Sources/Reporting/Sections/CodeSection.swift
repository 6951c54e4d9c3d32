import Measurement

/// What speed costs in code.
struct CodeSection {
    private let results: Results
    private let figure: Figure?

    init(_ results: Results, _ figure: Figure?) { (self.results, self.figure) = (results, figure) }

    /// The section.
    var section: Section {
        let rows = rows
        guard !rows.isEmpty else {
            return Section.leftOut(
                "code", "Lines of code",
                "lines of code", since: "the sources were not at hand when these results were made",
                command: "unlooped bench", run: "from a checkout")
        }
        let about: Phrase = """
            Lines with something else than comments on them, in the file of each rung and in the kernels that \
            it names; what several rungs share counts for each of them. General tools, such as vectors, \
            arrays and exp, are not counted: any program could use them.
            """
        return Section(
            "code", "Lines of code",
            [.paragraph(about)] + .figures([figure]) + [
                .table("Which files were counted", DataTable(["rung", "files", "lines"], rows, leading: 2))
            ])
    }

    private var rows: [[String]] {
        (results.notes ?? []).compactMap { note in
            note.code.map { [note.rung, $0.files.joined(separator: ", "), "\($0.lines)"] }
        }
    }
}
