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
        let families = results.cells.flatMap(all).map { $0.rung }.uniqued
        return families.enumerated().flatMap { family, name in
            let instances = results.cells.compactMap { cell in
                all(cell).first { $0.rung == name && $0.stepTime != nil }.map { (cell, $0) }
            }
            return instances.enumerated().flatMap { instance, found in
                let (cell, rung) = found
                let samples = rung.samples.counted
                return samples.indices.map {
                    Row(
                        prefix + name, rung, samples, in: cell, family: firstFamily + family,
                        instance: instance, repetition: $0)
                }
            }
        }
    }

    /// One repetition. The fields are those of Google Benchmark; what follows the unit are counters.
    struct Row: Encodable {
        let name, runName: String
        let runType = "iteration"
        let familyIndex, perFamilyInstanceIndex: Int
        let repetitions, repetitionIndex: Int
        let threads, iterations: Int

        /// Time of a step.
        let realTime: Double

        /// Time of a step that processors worked, all threads added up.
        let cpuTime: Double
        let timeUnit = "ns"

        let bytesPerSecond, operationsPerSecond: Double?
        let errorOverBound: Double?
        let preparedBytes: Int

        /// The sample `repetition` of `samples`, those of `rung` that count, under the name `title`.
        init(
            _ title: String, _ rung: RungResult, _ samples: [Sample], in result: CellResult, family: Int,
            instance: Int, repetition: Int
        ) {
            let (cell, sample) = (result.cell, samples[repetition])
            name =
                "gd/\(title)/m:\(cell.m)/nx:\(cell.nx)" + Self.layers(of: cell)
                + "/\(cell.scalar.shortName)/threads:\(cell.threads)"
                + (cell.data.map { "/data:\($0)" } ?? "")
            runName = name
            (familyIndex, perFamilyInstanceIndex) = (family, instance)
            (repetitions, repetitionIndex) = (samples.count, repetition)
            (threads, iterations) = (cell.threads, sample.steps)
            realTime = sample.nanosecondsPerStep
            cpuTime = sample.cpuNanosecondsPerStep
            let rates = result.rates(rung, nanosecondsPerStep: realTime)
            bytesPerSecond = rates.bytesPerSecond.finite
            operationsPerSecond = rates.operationsPerSecond.finite
            errorOverBound = rung.verdict?.ratio.finite
            preparedBytes = rung.preparedBytes
        }

        /// `/hidden:128-64/relu`; nothing for logistic regression.
        private static func layers(of cell: Cell) -> String {
            guard !cell.hidden.isEmpty else { return "" }
            return "/hidden:" + cell.hidden.map(String.init).joined(separator: "-")
                + (cell.activation.map { "/\($0)" } ?? "")
        }
    }

    /// Where and how it was measured. What Google Benchmark has no field for is in strings, as its
    /// custom context is; what is not known here, such as the clock rate, is left out.
    struct Context: Encodable {
        struct Cache: Encodable {
            let type: String
            let level, size: Int
        }

        let date: String
        let executable = "unlooped"
        let numCpus: Int
        let caches: [Cache]
        let loadAvg: [Double] = []
        let libraryBuildType: String
        let jsonSchemaVersion = 1

        let command, seed: String
        let processor, memoryBytes, operatingSystem, kernel: String
        let hugePages: String?
        let instructionSet, compiler: String

        init(_ results: Results) {
            let (machine, build) = (results.machine, results.build)
            date = results.date
            numCpus = machine.processors
            caches = machine.caches.map { Cache(type: $0.kind, level: $0.level, size: $0.bytes) }
            libraryBuildType = build.configuration
            (command, seed) = (results.command, "\(results.seed)")
            (processor, memoryBytes) = (machine.processor, "\(machine.memoryBytes)")
            (operatingSystem, kernel) = (machine.operatingSystem, machine.kernel)
            hugePages = machine.hugePages
            (instructionSet, compiler) = (build.instructionSet, build.compiler)
        }
    }
}
