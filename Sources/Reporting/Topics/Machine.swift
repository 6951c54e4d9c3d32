import Measurement

/// The machine, the build and the sampling, and what speaks against the results.
struct MachineTopic: Topic {
    static let id = "machine"
    static let title = "Machine, build and warnings"
    static let about = "The processor, the build, the sampling, and whatever speaks against these numbers."
    static let problem: Cell.ProblemKind? = nil
    static let figureIDs = ["bandwidth"]

    let results: Results

    var figures: [Figure] { [bandwidth].compactMap(\.self) }

    var items: [Item] {
        let facts = MachineFacts(results.machine, results.build).rows.map { [$0.name, $0.value] }
        return warnings + [
            .table("Machine and build", DataTable(["what", "value"], facts, leading: 2)),
            .table("How it was measured", sampling),
        ] + ceilings + [.paragraph("Run by"), .code(results.command)]
    }

    private var warnings: [Item] {
        guard !results.advice.isEmpty else { return [.paragraph("No warnings.")] }
        return [
            .heading("Warnings"), .list(results.advice.map { Phrase(Prose.sentence($0.message)) }),
        ]
    }

    private var sampling: DataTable {
        let settings = results.settings
        let blocks = results.cells.flatMap { $0.blocks }
        let fresh = blocks.count { $0.isFreshProcess }
        let early = results.cells.count { $0.budgetEnded }
        let (disturbed, samples) = results.disturbedSamples
        return DataTable(
            ["what", "value"],
            [
                ["begun", results.date],
                ["preset", results.plan.preset ?? "a grid of its own"],
                ["cells", "\(results.cells.count) of \(results.plan.cells.count)"],
                [
                    "rounds",
                    "\(settings.rounds) in \(Numbers.count(settings.blocks, "block")) at least, each with data "
                        + "allocated anew",
                ],
                [
                    "blocks sampled",
                    "\(blocks.count), \(fresh) of them in fresh processes; \(Numbers.count(early, "cell")) "
                        + "ended before all rounds",
                ],
                [
                    "precision asked for",
                    settings.precision.map { "±" + Numbers.percent($0, digits: 1) } ?? "none",
                ],
                ["samples that were disturbed, and do not count", "\(disturbed) of \(samples)"],
            ] + surroundings + [
                ["a sample lasts about", Numbers.nanoseconds(Double(settings.minimumSampleNanoseconds))],
                ["α of a step", Numbers.short(settings.learningRate)],
                ["seed", "\(results.seed)"],
            ], leading: 2)
    }

    /// The conditions of the blocks; nothing where they were not recorded.
    private var surroundings: [[String]] {
        let blocks = results.cells.flatMap { $0.blocks }
        let conditions = blocks.compactMap { $0.conditions }
        guard !conditions.isEmpty else { return [] }
        func sum(_ value: (Conditions) -> Double?) -> Double? {
            let values = conditions.compactMap(value)
            return values.isEmpty ? nil : values.reduce(0, +)
        }
        let rates = conditions.compactMap { $0.hertz }
        let faults = (sum { Double($0.minorFaults) } ?? 0, sum { Double($0.majorFaults) } ?? 0)
        let rows: [(String, String?)] = [
            ("other programs took, of a processor", results.othersProcessors.map { Numbers.percent($0) }),
            ("taken by the host of this machine", sum { $0.stolenSeconds }.map { Numbers.seconds($0) }),
            (
                "page faults while timing",
                "\(Int(faults.0)) of new memory, \(Int(faults.1)) read from files"
            ),
            (
                "processors lost to other threads",
                "\(Int(sum { Double($0.involuntarySwitches) } ?? 0)) times"
            ),
            (
                "clock rate after a block",
                rates.isEmpty
                    ? nil : "\(Numbers.giga(rates.min())) to \(Numbers.giga(rates.max())) GHz"
            ),
            ("variables that peers ran without", results.plan.removedVariables?.joined(separator: ", ")),
        ]
        return rows.compactMap { name, value in value.map { [name, $0] } }
    }

    /// The limits of the machine, as measured in the same run.
    private var ceilings: [Item] {
        guard let ceilings = results.ceilings else {
            return .leftOut(
                "what the machine can do at best", since: "it was not measured",
                command: "unlooped machine")
        }
        let rates = ceilings.multiplyAddRates.map {
            [
                "multiply-adds in \($0.scalar.rawValue), \(Numbers.threads($0.threads))",
                "\(Numbers.giga($0.operationsPerSecond)) billion operations per second",
            ]
        }
        let wakeUps = ceilings.wakeUpCosts.flatMap { cost in
            [("", cost.arrivalNanoseconds), (" after a rest", cost.arrivalAfterRestNanoseconds)].map {
                [
                    "until \(Numbers.threads(cost.threads)) are at work\($0.0)",
                    $0.1.map { Numbers.nanoseconds($0) } ?? "they did not meet",
                ]
            }
        }
        let clock = [["looking at the clock", Numbers.nanoseconds(ceilings.clock.readingNanoseconds)]]
        return [
            .heading("What the machine can do at best"),
            .table("Ceilings", DataTable(["what", "value"], rates + wakeUps + clock, leading: 2)),
        ] + figures.map(Item.figure)
    }

    /// How fast memory is read, by how much of it is read again and again: the caches are steps. Nil where it was
    /// not measured.
    private var bandwidth: Figure? {
        let measured = (results.ceilings?.bandwidths ?? []).filter {
            $0.workingSetBytes > 0 && $0.bytesPerSecond > 0 && $0.bytesPerSecond.isFinite
        }
        let counts = Set(measured.map { $0.threads }).sorted()
        let series = counts.enumerated().map { i, threads in
            let name = Numbers.threads(threads)
            return Series(
                name, Look.few[i % Look.few.count], .strong,
                measured.filter { $0.threads == threads }.map { rate in
                    Series.Point(
                        Double(rate.workingSetBytes), rate.bytesPerSecond / 1e9,
                        tooltip: "\(name), \(Numbers.binary(rate.workingSetBytes)): "
                            + "\(Numbers.giga(rate.bytesPerSecond)) GB/s")
                })
        }
        let chart = XYChart.logarithmic(
            note: "Greatest rates seen; dotted: the caches that one processor sees",
            x: ("working set, shared by all threads", .bytes), y: ("GB/s, by all threads together", .number),
            series: series, xBase: 2,
            places: results.machine.dataCaches.map {
                XYChart.Place(
                    x: Double($0.bytes), label: "L\($0.level)",
                    tooltip: "L\($0.level): \(Numbers.binary($0.bytes))")
            })
        let table = DataTable(
            ["working set"] + counts.map { "GB/s, \(Numbers.threads($0))" },
            Set(measured.map { $0.workingSetBytes }).sorted().map { size in
                [Numbers.binary(size)]
                    + counts.map { threads in
                        Numbers.giga(
                            measured.first { $0.threads == threads && $0.workingSetBytes == size }?
                                .bytesPerSecond)
                    }
            })
        return chart.map {
            Figure("bandwidth", "How fast this machine reads", "Greatest rates seen", $0, table)
        }
    }
}

/// A machine and a build as people read them.
package struct MachineFacts {
    private let machine: Machine
    private let build: Build

    package init(_ machine: Machine, _ build: Build) { (self.machine, self.build) = (machine, build) }

    /// Names and values. What is unknown is called so, or left out where few machines report it.
    package var rows: [(name: String, value: String)] {
        let caches = machine.caches.map { cache in
            "L\(cache.level) \(cache.kind.lowercased()) \(Numbers.binary(cache.bytes))"
        }
        let cores = machine.cores.map { ", on a machine of \($0) core\($0 == 1 ? "" : "s")" } ?? ""
        let rows: [(name: String, value: String?)] = [
            ("processor", machine.processor + (machine.isVirtual == true ? ", virtual" : "")),
            ("processors", "\(machine.processors)" + cores),
            ("clock rate set by", machine.governor),
            ("caches", caches.isEmpty ? "unknown" : caches.joined(separator: ", ")),
            ("memory", "\(ByteCount(machine.memoryBytes))"),
            ("system", "\(machine.operatingSystem); \(machine.kernel)"),
            ("pages", machine.pageBytes.map { Numbers.binary($0) }),
            ("huge pages", machine.hugePages ?? "unknown"),
            (
                "build",
                "\(build.configuration), " + (build.optimization.map { "\($0), " } ?? "")
                    + "kernels for \(build.instructionSet), \(build.compiler)"
            ),
            ("commit", build.commit),
        ]
        return rows.compactMap { row in row.value.map { (row.name, $0) } }
    }
}
