import Problems
import Measurement

/// The report of a study. It is made from the results alone, and can be made again from them at any time.
package struct Report {
    private let results: Results

    /// The report of `results`.
    package init(_ results: Results) { self.results = results }

    /// The lines that matter most, at most three: first the headline.
    package var keyLines: [String] { Headline(results).lines.map { $0.plain } }

    /// The names of all files that a report may have.
    package static let fileNames =
        ["report.html", "report.md", "results.csv"] + Gallery.ids.map(MarkdownPage.file)

    /// The files, each with its name; a figure that the results hold no data for has none.
    package func files() -> [(name: String, text: String)] {
        let page = page
        return [
            ("report.html", HTMLPage(page).text), ("report.md", MarkdownPage(page).text),
            ("results.csv", CSVSamples(results).text()),
        ] + page.figures.map { (MarkdownPage.file(of: $0.id), $0.svg) }
    }

    /// What it says.
    package var page: Page {
        Page(
            title: "Unlooped: report", lead: lead,
            sections: [
                LadderSection(results, gallery.ladder).section,
                GrowthSection(results, gallery.growth).section,
                MapSection(results, gallery.maps).section,
                PeersSection(results, gallery.peers).section,
                RooflineSection(results, gallery.rooflines).section,
            ] + [LimitsSection(results).section].compactMap(\.self) + [
                ThreadsSection(results, gallery.threads).section,
                PrecisionSection(results, gallery.scalars, ladder: otherLadder).section,
                AgreementSection(results, gallery.agreement).section, LawsSection(results).section,
                RealDataSection(results, gallery.realData).section,
                TrainingSection(results, results.trainings.indices.map(gallery.training)).section,
                CodeSection(results, gallery.code).section,
                MachineSection(results, gallery.bandwidth).section,
            ],
            colophon: """
                Made by \(code: "unlooped report") from the samples in \(code: "results.json") alone; \
                \(code: "results.csv") has them as a table. Nothing here was typed by hand.
                """)
    }

    private var gallery: Gallery {
        let lines = (results.notes ?? []).compactMap { note in note.code.map { (note.rung, $0.lines) } }
        return Gallery(results, linesOfCode: Dictionary(lines, uniquingKeysWith: { first, _ in first }))
    }

    /// The ladder at the largest shape in the other scalar type; nil where that was not timed.
    private var otherLadder: Figure? {
        guard let largest = results.largestCell?.cell else { return nil }
        let other = results.cells(on: largest.data).first {
            $0.cell.scalar != largest.scalar
                && ($0.cell.m, $0.cell.nx, $0.cell.threads) == (largest.m, largest.nx, largest.threads)
        }
        return other.flatMap { gallery.ladder($0, id: Gallery.otherLadder) }
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
