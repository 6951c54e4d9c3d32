import Measurement

/// Where, with what and how it was measured, and what speaks against it.
struct MachineSection {
    private let results: Results
    private let figure: Figure?

    init(_ results: Results, _ figure: Figure?) { (self.results, self.figure) = (results, figure) }

    /// The section.
    var section: Section {
        Section(
            "machine", "Machine, build and warnings",
            warnings + [.table("Machine and build", facts), .table("How it was measured", sampling)]
                + ceilings + [.paragraph("Run by"), .code(results.command)])
    }

    private var warnings: [Item] {
        guard !results.advice.isEmpty else { return [.paragraph("No warnings.")] }
        return [
            .heading("Warnings"), .list(results.advice.map { Phrase(Prose.sentence($0.message)) }),
        ]
    }

    private var facts: DataTable {
        DataTable(
            ["what", "value"],
            MachineFacts(results.machine, results.build).rows.map { [$0.name, $0.value] }, leading: 2)
    }

    private var sampling: DataTable {
        let settings = results.settings
        let blocks = results.cells.flatMap { $0.blocks }
        let fresh = blocks.count { $0.isFreshProcess }
        let early = results.cells.count { $0.budgetEnded }
        return DataTable(
            ["what", "value"],
            [
                ["begun", results.date],
                ["preset", results.plan.preset ?? "a grid of its own"],
                ["cells", "\(results.cells.count) of \(results.plan.cells.count)"],
                [
                    "rounds",
                    "\(settings.rounds) in \(Prose.count(settings.blocks, "block")), each with data "
                        + "allocated anew",
                ],
                [
                    "blocks sampled",
                    "\(blocks.count), \(fresh) of them in fresh processes; \(Prose.count(early, "cell")) "
                        + "ended before all rounds",
                ],
                ["a sample lasts about", "\(TimeSpan(Double(settings.minimumSampleNanoseconds)))"],
                ["α of a step", Figures.short(settings.learningRate)],
                ["seed", "\(results.seed)"],
            ], leading: 2)
    }

    /// What the machine can do at best, as it was measured beside the steps.
    private var ceilings: [Item] {
        guard let ceilings = results.ceilings else {
            return [
                .leftOut(
                    "what the machine can do at best", since: "it was not measured",
                    command: "unlooped machine")
            ]
        }
        let rates = ceilings.multiplyAddRates.map {
            ["multiply-adds in \($0.scalar.rawValue), \(Prose.count($0.threads, "thread"))"]
                + ["\(Figures.three($0.operationsPerSecond / 1e9)) billion operations per second"]
        }
        let wakeUps = ceilings.wakeUpCosts.flatMap { cost in
            [("", cost.arrivalNanoseconds), (" after a rest", cost.arrivalAfterRestNanoseconds)].map {
                [
                    "until \(Prose.count(cost.threads, "thread")) are at work\($0.0)",
                    $0.1.map { "\(TimeSpan($0))" } ?? "they did not meet",
                ]
            }
        }
        let clock = [["looking at the clock", "\(TimeSpan(ceilings.clock.readingNanoseconds))"]]
        return [
            .heading("What the machine can do at best"),
            .table("Ceilings", DataTable(["what", "value"], rates + wakeUps + clock, leading: 2)),
        ] + .figures([figure])
    }
}
