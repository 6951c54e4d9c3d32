import Foundation
import Measurement

/// The results as Google Benchmark 1.9 writes its own (`json_schema_version` 1), for its `compare.py` and
/// whatever else reads that: https://github.com/google/benchmark/blob/main/docs/tools.md
///
/// A sample is a repetition, so that the U test of `compare.py` has what it needs; aggregates can be made
/// from them. What has no time is left out, and so are controls and ceilings: the geometric mean that
/// `compare.py` ends with is over all rows of a file, and would no longer be that of the ladder. Peers are in
/// it as `peer.NAME`, behind the rungs: a file without them comes from a run without them.
package struct GoogleBenchmark: ResultsExport {
    private let results: Results

    /// The export of `results`.
    package init(_ results: Results) { self.results = results }

    /// A JSON object with a line for each row. It has no NaN and no infinity.
    package func text() throws -> String {
        let coder = JSONEncoder()
        coder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        coder.keyEncodingStrategy = .convertToSnakeCase
        func line(_ value: some Encodable) throws -> String {
            String(decoding: try coder.encode(value), as: UTF8.self)
        }
        let rows = try rows.map { try line($0) }.joined(separator: ",\n")
        return "{\n\"context\": \(try line(Context(results))),\n\"benchmarks\": [\n\(rows)\n]\n}\n"
    }

    private var rows: [Row] {
        let rungs = rows(firstFamily: 0, prefix: "") { $0.rungs }
        let next = (rungs.last?.familyIndex ?? -1) + 1
        return rungs + rows(firstFamily: next, prefix: "peer.") { $0.peers }
    }

    /// A rung is a family, as all of its cells run the same code; a cell is an instance of it.
    private func rows(
        firstFamily: Int, prefix: String, _ all: (CellResult) -> [RungResult]
    ) -> [Row] {
        var families: [String] = []
        for rung in results.cells.flatMap(all) where !families.contains(rung.rung) {
            families.append(rung.rung)
        }
        return families.enumerated().flatMap { family, name in
            let instances = results.cells.compactMap { cell in
                all(cell).first { $0.rung == name && $0.stepTime != nil }.map { (cell, $0) }
            }
            return instances.enumerated().flatMap { instance, found in
                let (cell, rung) = found
                return rung.samples.indices.map {
                    Row(
                        prefix + name, rung, in: cell, family: firstFamily + family, instance: instance,
                        repetition: $0)
                }
            }
        }
    }
}
