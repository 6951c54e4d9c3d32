import Measurement

/// Where, with what and how it was measured.
struct MachineSection {
    private let results: Results

    init(_ results: Results) { self.results = results }

    /// The section, with its heading.
    var markdown: String {
        let (machine, build, settings) = (results.machine, results.build, results.settings)
        let caches = machine.caches.map { "L\($0.level) \($0.kind.lowercased()) \(kibibytes($0.bytes))" }
        let rows: [(String, String)] = [
            ("processor", machine.processor),
            ("processors", "\(machine.processors)"),
            ("caches", caches.isEmpty ? "unknown" : caches.joined(separator: ", ")),
            ("memory", "\(ByteCount(machine.memoryBytes))"),
            ("system", "\(machine.operatingSystem); \(machine.kernel)"),
            ("huge pages", machine.hugePages ?? "unknown"),
            ("load before it began", machine.loadAverage.map(Figures.three) ?? "unknown"),
            ("build", "\(build.configuration), kernels for \(build.instructionSet), \(build.compiler)"),
            ("begun", results.date),
            ("seed", "\(results.seed)"),
            ("rounds", "\(settings.rounds)"),
            ("a sample lasts about", "\(TimeSpan(Double(settings.minimumSampleNanoseconds)))"),
        ]
        return "## Machine and build\n\n"
            + Markdown.table(["", ""], leading: 2, rows.map { [$0.0, Markdown.escaped($0.1)] })
            + "\n\nRun by\n\n" + Markdown.code(results.command)
    }

    private func kibibytes(_ bytes: Int) -> String {
        bytes >= 1 << 20 ? Figures.three(Double(bytes) / 0x1p20) + " MiB" : "\(bytes >> 10) KiB"
    }
}
