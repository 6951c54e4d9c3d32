import Measurement

/// The samples as comma-separated values, tidy: a row for each sample, with all that is known of it, so
/// that any program for tables can filter and group them. What was not timed has one row without times.
///
/// UTF-8; fields are quoted as RFC 4180 has it, and lines end with LF. Numbers have the digits that give
/// the same bits again. A field is empty where there is nothing to say, or an infinity or NaN.
package struct CSVSamples: ResultsExport {
    package static let columns = [
        "m", "nx", "hidden", "activation", "scalar", "threads", "data", "rung", "role", "block",
        "fresh_process", "round",
        "position", "steps", "nanoseconds", "cpu_nanoseconds", "nanoseconds_per_step", "disturbed",
        "error_over_bound", "judged", "skipped",
    ]

    private let results: Results

    package init(_ results: Results) { self.results = results }

    /// A header, and the rows in the order of cells, rungs and samples.
    package func text() -> String {
        let rows = results.cells.flatMap { cell in
            cell.rungs.flatMap { self.rows($0, "rung", in: cell) }
                + cell.controls.flatMap { self.rows($0, "control", in: cell) }
                + cell.ceilings.flatMap { self.rows($0, "ceiling", in: cell) }
                + cell.peers.flatMap { self.rows($0, "peer", in: cell) }
        }
        return ([Self.columns] + rows).map { $0.map(Self.field).joined(separator: ",") + "\n" }.joined()
    }

    private func rows(_ rung: RungResult, _ role: String, in result: CellResult) -> [[String]] {
        let cell = result.cell
        let before = [
            "\(cell.m)", "\(cell.nx)", cell.hidden.map(String.init).joined(separator: "-"),
            cell.activation ?? "", cell.scalar.rawValue, "\(cell.threads)", cell.data ?? "", rung.rung, role,
        ]
        let judged = rung.verdict.map { $0.passed ? "passed" : "failed" } ?? "none"
        let after = [number(rung.verdict?.ratio), judged, rung.skipped ?? ""]
        let isFresh = Dictionary(
            result.blocks.map { ($0.index, $0.isFreshProcess) }, uniquingKeysWith: { first, _ in first })
        let samples = rung.samples.map { sample in
            [
                "\(sample.block)", isFresh[sample.block].map(flag) ?? "", "\(sample.round)",
                "\(sample.position)", "\(sample.steps)", "\(sample.nanoseconds)",
                "\(sample.cpuNanoseconds)", number(sample.nanosecondsPerStep), flag(sample.isDisturbed),
            ]
        }
        let empty = Array(repeating: "", count: Self.columns.count - before.count - after.count)
        return (samples.isEmpty ? [empty] : samples).map { before + $0 + after }
    }

    private func flag(_ value: Bool) -> String { value ? "1" : "0" }

    private func number(_ value: Double?) -> String { value?.finite.map { "\($0)" } ?? "" }

    /// `text` in quotes where it has to be: RFC 4180, §2.
    private static func field(_ text: String) -> String {
        guard text.utf8.contains(where: { "\",\r\n".utf8.contains($0) }) else { return text }
        // Not by character: of a quote with an accent it would make one that is no quote.
        let quote = UInt8(ascii: "\"")
        let doubled = text.utf8.flatMap { $0 == quote ? [quote, quote] : [$0] }
        return "\"" + String(decoding: doubled, as: UTF8.self) + "\""
    }
}
