import Measurement

/// Where, with what and how it was measured.
struct MachineSection {
    private let results: Results

    init(_ results: Results) { self.results = results }

    /// The section, with its heading.
    var markdown: String {
        let settings = results.settings
        let rows =
            MachineFacts(results.machine, results.build).rows + [
                ("begun", results.date),
                ("seed", "\(results.seed)"),
                ("rounds", "\(settings.rounds)"),
                ("a sample lasts about", "\(TimeSpan(Double(settings.minimumSampleNanoseconds)))"),
            ]
        return "## Machine and build\n\n"
            + Markdown.table(["", ""], leading: 2, rows.map { [$0.0, Markdown.escaped($0.1)] })
            + "\n\nRun by\n\n" + Markdown.code(results.command)
    }
}
