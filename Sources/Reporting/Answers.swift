import Problems
import Measurement

/// The opening of a report: the questions that a reader has, each answered by a picture and a few sentences. All else
/// is in the topics.
struct Answers {
    /// The results that most questions are about: those of logistic regression, or of networks where nothing else was
    /// timed.
    private let results: Results

    /// All results.
    private let whole: Results

    init(_ whole: Results) {
        let problem = whole.largestCell?.cell.problem ?? .logistic
        (self.whole, results) = (whole, whole.keeping { $0.cell.problem == problem })
    }

    static let figureIDs = ["worth", "nearness"]

    /// The figures that no topic has.
    var figures: [Figure] { [worthFigure, nearnessFigure].compactMap(\.self) }

    /// Those that the results hold data for.
    var sections: [Section] {
        results.largestCell == nil ? [] : [worth, why, growth, place, nearness, trust].compactMap(\.self)
    }

    private func section(_ id: String, _ title: String, _ items: [Item]) -> Section? {
        items.isEmpty ? nil : Section(id: id, title: title, items: items)
    }

    // MARK: - What is it worth?

    private var worth: Section? {
        let headline = Headline(results: results)
        let other = [headline.otherKind, MapTopic(results: results).choice, network].compactMap(\.self)
        let words: [Item] =
            [.headline(headline.sentence)] + other.map(Item.paragraph)
            + [headline.conditions.map(Item.small)].compactMap(\.self)
        return section("worth", "What is it worth?", worthFigure.map { [.explained($0, words)] } ?? words)
    }

    /// The same of a network, where logistic regression is what the page is about.
    private var network: Phrase? {
        guard results.largestCell?.cell.problem == .logistic, let topic = NetworksTopic.of(whole),
            let cell = topic.main, let fastest = cell.fastest, let first = cell.reference,
            fastest.rung != first.rung,
            let factor = cell.factorOverReference(fastest)
        else { return nil }
        let peak =
            whole.fractionOfPeak(fastest, in: cell).map {
                ", at \(Numbers.percent($0)) of the peak of multiply-adds"
            } ?? ""
        return """
            \(strong: "For a network"), \(Prose.shape(cell.cell)), \(fastest.rung) is \(Numbers.three(factor.median)) \
            times as fast as \(first.rung): \(Numbers.time(fastest.stepTime)) a step\(peak). \
            \(link: "Its ladder", to: NetworksTopic.id).
            """
    }

    /// The time of a step: the first rung, the fastest of each family, of the peers, and of what no step can go below.
    private var worthFigure: Figure? {
        guard let cell = results.largestCell, let reference = cell.reference else { return nil }
        let (looks, emphasis) = (Looks(results.rungNames), Emphasis(cell))
        let rungs = cell.contenders.filter { emphasis[$0.rung] == .strong }
        let peer = cell.fastestAndPeer?.second
        let limits =
            cell.cell.problem == .logistic ? [false, true].compactMap { cell.reading(isThreaded: $0) } : []
        let rows =
            (rungs.map { (name: $0.rung, result: $0, hue: looks[$0.rung].hue) }
            + [peer].compactMap { $0.map { (name: "peer \($0.rung)", result: $0, hue: Look.Hue.grey) } }
            + limits.map { (name: Self.name(ofReading: $0), result: $0, hue: Look.Hue.grey) })
            .compactMap { row in
                row.result.stepTime.map { (name: row.name, result: row.result, hue: row.hue, time: $0) }
            }
        guard rows.count > 1, let scale = Scale.linear([0] + rows.map { $0.time.estimate.span.upperBound })
        else { return nil }
        let texts = rows.map { row in
            [Numbers.time(row.time), Numbers.factor(cell.factorOverReference(row.result))]
        }
        let chart = RowChart(
            note: "The fastest of each family at \(Prose.cell(cell.cell))."
                + (limits.isEmpty ? "" : " No step can be shorter than reading X."),
            x: Axis("time of a step", scale, .nanoseconds), columns: ["a step", "factor"],
            rows: zip(rows, texts).map { row, texts in
                RowChart.Row(
                    row.name,
                    [
                        .bar(
                            from: 0, to: row.time.medianNanoseconds, hue: row.hue, isOpen: false,
                            tooltip: "\(row.name), \(row.result.idea): \(Numbers.timeInterval(row.time))"),
                        .interval(
                            low: row.time.estimate.span.lowerBound, high: row.time.estimate.span.upperBound),
                    ], columns: texts)
            })
        let table = DataTable(
            ["version", "what it is", "time of a step", "times as fast as \(reference.rung)"],
            zip(rows, texts).map { row, texts in [row.name, row.result.idea] + texts }, leading: 2)
        return Figure("worth", "The time of a step", "At \(Prose.cell(cell.cell))", chart, table)
    }

    private static func name(ofReading reading: RungResult) -> String {
        "reading X" + (reading.isThreaded ? ", all threads" : ", one thread")
    }

    // MARK: - Why?

    private var why: Section? {
        let isNetwork = results.largestCell?.cell.problem == .network
        guard let cell = isNetwork ? NetworksTopic.of(results)?.main : results.largestCell,
            let ladder = LadderFigure(cell)
        else { return nil }
        let figure = ladder.figure(id: isNetwork ? NetworksTopic.id : LadderTopic.id)
        let causes = ladder.tree.map { rung, _ -> Phrase in
            let why = results.note(of: rung.rung, cell.cell.problem)?.why
            return "\(strong: rung.rung). \(why ?? Prose.sentence(rung.idea))"
        }
        let opening: Phrase = "Each version changes one thing in the one that it hangs from."
        let gain = Headline(results: results).greatestGain.map { " " + $0 } ?? ""
        return section(
            "why", "Why?", [.paragraph(opening + gain), .explained(figure, [.notes(causes)])])
    }

    // MARK: - How does it grow? Which version where?

    /// That of the largest cell; nil where that is a network, whose growth and maps have no pictures.
    private var logisticScalar: ScalarKind? {
        results.largestCell.flatMap { $0.cell.problem == .logistic ? $0.cell.scalar : nil }
    }

    private var growth: Section? {
        guard let scalar = logisticScalar else { return nil }
        let topic = GrowthTopic(results: results)
        let figures = GrowthAxis.allCases.compactMap { topic.figure(along: $0, scalar) }
        guard !figures.isEmpty else { return nil }
        let words: Phrase = """
            A level line means that a value of X takes the same time whatever the size. Lines fall where a fixed cost, \
            such as waking threads, is shared by more values, and rise where X outgrows a cache.
            """
        return section("scaling", "How does it grow?", [.paragraph(words)] + figures.map(Item.figure))
    }

    private var place: Section? {
        guard let scalar = logisticScalar else { return nil }
        let topic = MapTopic(results: results)
        guard let figure = topic.winners(scalar) else { return nil }
        return section(
            "where", "Which version where?",
            [topic.places(scalar)].compactMap { $0.map(Item.paragraph) } + [.figure(figure)])
    }

    // MARK: - How good is that?

    private var nearness: Section? {
        guard let figure = nearnessFigure else { return nil }
        return section(
            "good", "How good is that?",
            [PeersTopic(results: results).chosen].compactMap { $0.map(Item.paragraph) } + [.figure(figure)])
    }

    /// A few cells, of the scalar and threads of the largest: the fraction of what the machine allows that the fastest
    /// rung reaches, and each peer.
    private var nearnessFigure: Figure? {
        guard let largest = results.largestCell?.cell else { return nil }
        let cells = results.cells.filter {
            $0.cell.scalar == largest.scalar && $0.cell.threads == largest.threads && $0.fastest != nil
                && $0.strayControl == nil
                && $0.cell.data == largest.data
        }.sorted { ($0.cell.values, $0.cell.m) < ($1.cell.values, $1.cell.m) }
        let shown = Self.spread(cells, most: 4)
        let peers = shown.flatMap { $0.timedPeers.map { $0.rung } }.uniqued
        let fractions = shown.map { cell in cell.fastest.flatMap { fraction($0, in: cell) } }
        guard !shown.isEmpty, !peers.isEmpty || fractions.contains(where: { $0 != nil }) else { return nil }
        let place = "\(largest.scalar.rawValue), \(Numbers.threads(largest.threads))"
        func factor(_ name: String, _ cell: CellResult) -> BlockEstimate? {
            PeerMatch(cell.contenders, cell.timedPeers.filter { $0.rung == name }, in: cell)?.factor
        }
        let limit = zip(shown, fractions).map { cell, fraction in
            fraction.map { fraction in
                HeatMap.Cell(
                    HeatMap.Shade(.green, fraction < 0.5 ? .faint : fraction < 0.8 ? .medium : .full),
                    [Numbers.percent(fraction)],
                    tooltip: "\(Prose.cell(cell.cell)): \(cell.fastest?.rung ?? "") runs at "
                        + "\(Numbers.percent(fraction)) of what the machine allows")
            }
        }
        let rows = peers.map { name in
            shown.map { cell in
                factor(name, cell).map {
                    HeatMap.Cell(
                        .comparison($0), [Numbers.marked($0)],
                        tooltip: "\(Prose.cell(cell.cell)): \(cell.fastest?.rung ?? "") is "
                            + "\(Numbers.timesInterval($0)) as fast as \(name)")
                }
            }
        }
        let names = peers.map { TextSize.shortened($0, to: 12) }
        let chart = HeatMap(
            note: "\(place). Green: the part of what the machine allows that the fastest rung reaches"
                + (peers.isEmpty ? "." : "; below: how many times as fast as each peer it is."),
            x: (
                largest.problem == .network ? "layers, m" : "m × \(Prose.nx)",
                shown.map { Self.size($0.cell) }
            ), y: ("", names.reversed() + ["limit"]),
            cells: rows.reversed() + [limit],
            legend: peers.isEmpty
                ? []
                : [
                    (HeatMap.Shade(.blue, .medium), "the rung is ahead"),
                    (HeatMap.Shade(.ochre, .medium), "the peer is"), (.unclear, "no clear difference"),
                ])
        let table = DataTable(
            ["the fastest rung"] + shown.map { Prose.shape($0.cell) },
            [["of what the machine allows"] + fractions.map { Numbers.percent($0) }]
                + peers.map { name in
                    ["times as fast as \(name)"] + shown.map { Numbers.marked(factor(name, $0)) }
                })
        return Figure(
            "nearness",
            "How near the limit" + (peers.isEmpty ? "" : ", and how far ahead of other languages"),
            "In \(place)", chart,
            table)
    }

    private func fraction(_ rung: RungResult, in cell: CellResult) -> Double? {
        cell.cell.problem == .logistic
            ? results.roofline(rung, in: cell)?.fraction : results.fractionOfPeak(rung, in: cell)
    }

    private static func size(_ cell: Cell) -> String {
        func short(_ value: Int) -> String { Quantity.count.label(Double(value)) }
        return cell.problem == .network
            ? "\(cell.shape.widths), \(short(cell.m))" : "\(short(cell.m)) × \(short(cell.nx))"
    }

    /// At most so many of them, the first and the last among them.
    private static func spread(_ cells: [CellResult], most: Int) -> [CellResult] {
        guard cells.count > most else { return cells }
        return (0..<most).map { cells[$0 * (cells.count - 1) / (most - 1)] }
    }

    // MARK: - Can one trust it?

    private var trust: Section? {
        let strays = whole.cells.count { $0.strayControl != nil }
        let controlled = whole.cells.count { !$0.controls.isEmpty }
        let controls: Phrase? =
            controlled == 0
            ? nil
            : """
            \(strong: "Controls:") the same code under two names differed clearly, and by more than 2 %, in \(strays) of \
            \(Numbers.count(controlled, "cell"))\(strays > 0 ? "; these are left out of all summaries" : "").
            """
        let facts = MachineFacts(whole.machine, whole.build).rows.first { $0.name == "processor" }
        let warnings: Phrase =
            whole.advice.isEmpty
            ? "\(strong: "Warnings:") none."
            : "\(strong: "Warnings:") \(link: Numbers.count(whole.advice.count, "warning"), to: MachineTopic.id)."
        let lines: [Phrase?] = [
            AgreementTopic(results: whole).summary.map { "\(strong: "Agreement:") " + $0 }, controls,
            Headline(results: whole).precision.map { "\(strong: "Precision:") " + $0 },
            facts.map {
                "\(strong: "Machine:") \($0.value), \(Numbers.count(whole.machine.processors, "processor"))."
            },
            warnings,
        ]
        return section("trust", "Can one trust it?", [.list(lines.compactMap(\.self))])
    }
}
