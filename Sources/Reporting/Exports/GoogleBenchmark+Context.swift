import Measurement

extension GoogleBenchmark {
    /// Where and how it was measured. What Google Benchmark has no field for stands in strings, as its
    /// own custom context does; what is not known here, such as the clock rate, is left out.
    struct Context: Encodable {
        struct Cache: Encodable {
            let type: String
            let level, size: Int
        }

        let date: String
        let executable = "unlooped"
        let numCpus: Int
        let caches: [Cache]
        let loadAvg: [Double]
        let libraryBuildType: String
        let jsonSchemaVersion = 1

        let command, seed: String
        let processor, memoryBytes, operatingSystem, kernel: String
        let hugePages: String?
        let instructionSet, compiler: String

        init(_ results: Results) {
            let (machine, build) = (results.machine, results.build)
            date = results.date
            (numCpus, loadAvg) = (machine.processors, [machine.loadAverage?.finite].compactMap(\.self))
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
