import Foundation
import Measurement

/// Where a peer is ahead, or not clearly behind, and where a goal is missed; and what the results tell of
/// why.
struct PeerShortfalls {
    private let comparison: PeerComparison
    private let results: Results

    init(_ comparison: PeerComparison, _ results: Results) {
        (self.comparison, self.results) = (comparison, results)
    }

    /// The cells under headings; a sentence where there are none.
    var cells: [Item] {
        let behind = comparison.matches.filter { $0.outcome == .behind }
        let unclear = comparison.matches.filter { $0.outcome == .unclear }
        let lists =
            list("Where a peer is ahead", behind) + list("Where there is no clear difference", unclear)
            + narrow
        let none: [Item] =
            behind.isEmpty && unclear.isEmpty
            ? [.paragraph("In no cell is a peer ahead or as fast as the best rung.")] : []
        return none + lists
    }

    /// Cells where the rung is ahead, but by less than was asked for in them.
    private var narrow: [Item] {
        PeerGoal.all.filter { $0.isNarrow && $0.measure == .everyCell }.flatMap { goal in
            list(
                "Ahead, but by less than \(Figures.three(goal.factor))× over \(goal.rivalName) where \(goal.place)",
                goal.matches(in: comparison).filter { $0.outcome == .ahead && $0.factor.median < goal.factor }
            )
        }
    }

    private func list(_ title: String, _ matches: [PeerMatch]) -> [Item] {
        guard !matches.isEmpty else { return [] }
        let points = matches.sorted { $0.factor.median < $1.factor.median }.map { match -> Phrase in
            """
            \(strong: Figures.factor(match.factor)) (\(Figures.range(match.factor))) at \
            \(Captions.cell(match.cell.cell)): \(match.rung.rung) takes \
            \(Figures.time(match.rung.stepTime)) and \(match.peer.rung) \
            \(Figures.time(match.peer.stepTime)). \(PeerCause(match, of: results).text)
            """
        }
        return [.heading(title), .list(points)]
    }

    /// What keeps each geometric mean that was asked for and is not reached from being greater.
    var means: [Item] {
        PeerGoal.all.compactMap { goal in
            guard goal.measure == .geometricMean, goal.answer(in: comparison) == .missed else { return nil }
            let matches = goal.matches(in: comparison)
            guard let mean = PeerSummary(matches)?.geometricMean else { return nil }
            return .paragraph(
                """
                The geometric mean over \(goal.rivalName) is \(Figures.three(mean))×, and \
                \(Figures.three(goal.factor))× was asked for. \(limits(matches))
                """)
        }
    }

    /// How much the machine leaves to be gained.
    private func limits(_ matches: [PeerMatch]) -> Phrase {
        let bounded = matches.compactMap { match in
            results.roofline(match.rung, in: match.cell).map { (match, fraction: min(1, $0.fraction)) }
        }
        guard bounded.count == matches.count else {
            return "What the machine allows was not measured in all of these cells, so the cause is open."
        }
        let near = bounded.filter { $0.fraction >= PeerCause.nearLimit }.map { $0.0 }
        let far = bounded.filter { $0.fraction < PeerCause.nearLimit }.map { $0.0 }
        func mean(_ matches: [PeerMatch]) -> String {
            PeerSummary(matches).map { " (mean \(Figures.three($0.geometricMean))×)" } ?? ""
        }
        let floor = exp(
            bounded.reduce(0) { $0 + log($1.0.factor.median / $1.fraction) } / Double(bounded.count))
        return """
            The best rung runs at \(Figures.percent(PeerCause.nearLimit)) or more of what the machine allows \
            in \(near.count) of \(Prose.count(matches.count, "cell"))\(mean(near)), at less in \
            \(far.count)\(mean(far)). As fast as the machine allows in all of them, it would be \
            \(Figures.three(floor)) times as fast as these peers, if the exponential and the logarithm of \
            each sample, which these limits leave out, took no time.
            """
    }
}
