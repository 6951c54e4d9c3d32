import Measurement

/// The report of a study. It is made from the results alone, and can be made again from them at any time.
package struct Report {
    private static let topics: [any Topic.Type] = [
        LadderTopic.self, GrowthTopic.self, MapTopic.self, PeersTopic.self, RooflineTopic.self,
        LimitsTopic.self, ThreadsTopic.self, PrecisionTopic.self, AgreementTopic.self, LawsTopic.self,
        NetworksTopic.self, RealDataTopic.self, TrainingTopic.self, MachineTopic.self,
    ]

    private let results: Results
    private let topics: [any Topic]

    package init(_ results: Results) {
        self.results = results
        topics = Self.topics.compactMap { $0.of(results) }
    }

    /// The lines that matter most, at most four: first the headline.
    package var keyLines: [String] { Headline(results: results).lines.map { $0.plain } }

    /// The figures that the results hold data for, also those of topics that are left out.
    package var figures: [Figure] { Answers(results).figures + topics.flatMap { $0.figures } }

    /// The figures of the topic whose section has this anchor.
    package func figures(of topic: String) -> [Figure] {
        topics.first { type(of: $0).id == topic }?.figures ?? []
    }

    /// The names of all files that a report may have.
    package static let fileNames =
        ["report.html", "report.md", "results.csv"]
        + (Answers.figureIDs + topics.flatMap { $0.figureIDs }).map(MarkdownPage.file)

    /// The files, each with its name; a figure that the results hold no data for has none.
    package func files() -> [(name: String, text: String)] {
        let page = page
        return [
            ("report.html", HTMLPage(page).text), ("report.md", MarkdownPage(page).text),
            ("results.csv", CSVSamples(results).text()),
        ] + page.figures.map { (MarkdownPage.file(of: $0.id), $0.svg) }
    }

    package var page: Page {
        let answers = Answers(results).sections
        let shown = Set(answers.flatMap { $0.items }.figures.map { $0.id })
        let sections = topics.compactMap { $0.section }.map {
            Section(id: $0.id, title: $0.title, about: $0.about, items: $0.items.without(figures: shown))
        }
        return Page(
            title: "Unlooped: what avoiding loops is worth on this machine",
            lead: (answers.isEmpty ? [.headline(Headline(results: results).sentence)] : []) + warning,
            answers: answers,
            sections: sections.filter { !$0.isLeftOut } + missing(sections),
            data: Explorer.data(of: results),
            colophon: """
                Made by \(code: "unlooped report") from the samples in \(code: "results.json") alone; \
                \(code: "results.csv") has them as a table. Nothing here was typed by hand.
                """)
    }

    /// One section for all that the results hold nothing for.
    private func missing(_ sections: [Section]) -> [Section] {
        let items = sections.filter { $0.isLeftOut }.flatMap { $0.items }
        guard !items.isEmpty else { return [] }
        return [
            Section(
                id: "missing", title: "What was not measured", about: "With the command that fills each in.",
                items: items)
        ]
    }

    /// The warnings that must be read before any number, and how many others there are.
    private var warning: [Item] {
        let grave: Set<Advice.Kind> = [.debugBuild, .notJudged, .incomplete]
        let first = results.advice.filter { grave.contains($0.kind) }.map { Prose.sentence($0.message) }
        let rest = results.advice.count - first.count
        guard !results.advice.isEmpty else { return [] }
        let pointer: Phrase =
            rest == 0
            ? ""
            : """
            \(Numbers.count(rest, first.isEmpty ? "thing" : "more thing")) make these numbers less sure \
            than they look: \(link: "see the warnings", to: "machine").
            """
        return [.warning(Phrase(first.map { $0 + " " }.joined()) + pointer)]
    }
}
