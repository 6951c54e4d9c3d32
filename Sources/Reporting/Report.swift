public import Measurement

/// The report of a study. It is made from the results alone, and can be made again from them at any time.
public struct Report {
    private let results: Results

    /// The report of `results`.
    public init(_ results: Results) { self.results = results }

    /// The lines that matter most, at most three: first the headline.
    public var keyLines: [String] { Headline(results).lines.map { $0.plain } }

    /// The names of all files that a report may have.
    public static let fileNames = ["report.html", "report.md", "results.csv", "ladder.svg"]

    /// The files, each with its name; a figure that the results hold no data for has none.
    public func files() -> [(name: String, text: String)] {
        let page = page
        return [
            ("report.html", HTMLPage(page).text), ("report.md", MarkdownPage(page).text),
            ("results.csv", CSVSamples(results).text()),
        ] + page.figures.map { (MarkdownPage.file(of: $0), $0.svg) }
    }

    /// What it says.
    package var page: Page {
        Page(
            title: "Unlooped: report", lead: lead,
            sections: [
                LadderSection(results).section, GrowthSection(results).section,
                MapSection(results, []).section, RooflineSection(results, []).section,
                ThreadsSection(results, []).section, PrecisionSection(results, []).section,
                AgreementSection(results, []).section, LawsSection(results).section,
                TrainingSection(results).section, CodeSection(results).section,
                MachineSection(results).section,
            ],
            colophon: """
                Made by \(code: "unlooped report") from the samples in \(code: "results.json") alone; \
                \(code: "results.csv") has them as a table. Nothing here was typed by hand.
                """)
    }

    private var lead: [Item] {
        let lines = Headline(results).lines
        let rest = lines.dropFirst()
        return [.headline(lines[0])] + (rest.isEmpty ? [] : [.list(Array(rest))]) + warning
    }

    /// What is so grave that it must be read before any number, and how much else there is.
    private var warning: [Item] {
        let grave: Set<Advice.Kind> = [.debugBuild, .notJudged, .incomplete]
        let first = results.advice.filter { grave.contains($0.kind) }.map { Prose.sentence($0.message) }
        let rest = results.advice.count - first.count
        guard !results.advice.isEmpty else { return [] }
        let pointer: Phrase =
            rest == 0
            ? ""
            : """
            \(Prose.count(rest, first.isEmpty ? "thing" : "more thing")) make these numbers less sure \
            than they look: \(link: "see the warnings", to: "machine").
            """
        return [.warning(Phrase(first.map { $0 + " " }.joined()) + pointer)]
    }
}
