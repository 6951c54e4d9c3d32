import Measurement

extension GoogleBenchmark {
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

        /// The sample `repetition` of `rung`, which is called `title`.
        init(
            _ title: String, _ rung: RungResult, in result: CellResult, family: Int, instance: Int,
            repetition: Int
        ) {
            let (cell, sample) = (result.cell, rung.samples[repetition])
            name =
                "gd/\(title)/m:\(cell.m)/nx:\(cell.nx)/\(cell.scalar.shortName)/threads:\(cell.threads)"
                + (cell.data.map { "/data:\($0)" } ?? "")
            runName = name
            (familyIndex, perFamilyInstanceIndex) = (family, instance)
            (repetitions, repetitionIndex) = (rung.samples.count, repetition)
            (threads, iterations) = (cell.threads, sample.steps)
            realTime = sample.nanosecondsPerStep
            cpuTime = sample.cpuNanosecondsPerStep
            let rates = result.rates(rung, nanosecondsPerStep: realTime)
            bytesPerSecond = rates.bytesPerSecond.finite
            operationsPerSecond = rates.operationsPerSecond.finite
            errorOverBound = rung.verdict?.ratio.finite
            preparedBytes = rung.preparedBytes
        }
    }
}
