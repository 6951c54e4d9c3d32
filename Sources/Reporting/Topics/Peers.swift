import Foundation
import Problems
import Measurement

/// The best rung of each cell compared with the same step in other languages.
struct PeersTopic: Topic {
    static let id = "peers"
    static let title = "Beside other languages"
    static let about = "The same step in other languages, cell by cell."
    static let figureIDs = perScalar("peers-one", "peers-several")

    private let results: Results
    private let comparison: PeerComparison

    init(results: Results) {
        self.results = results
        comparison = PeerComparison(results)
    }

    /// Where the best rung is ahead of the best peer, on one thread and on as many as the largest cell has.
    var figures: [Figure] {
        let most = results.largestCell?.cell.threads ?? 1
        return ScalarKind.allCases.flatMap { scalar in
            Set([1, most]).sorted().compactMap { threads in
                ShapeMap(results, scalar, threads: threads)?.balance(
                    "\(threads == 1 ? "peers-one" : "peers-several")-\(scalar.rawValue)",
                    "The best rung over the best peer, in \(scalar.rawValue) on \(Numbers.threads(threads))",
                    note: "How many times as fast as the fastest peer, which is named, the fastest rung is; "
                        + "fainter within 3 and 1.5.",
                    above: "the rung is ahead", below: "the peer is ahead", of: \.fastestAndPeer
                ) { pair, _, _ in
                    // Names are shorter than in other pictures, as each of many columns has one.
                    [Numbers.marked(pair.factor), TextSize.shortened(pair.second.rung, to: 9)]
                }
            }
        }
    }

    var items: [Item] {
        guard let summary = PeerSummary(comparison.matches) else {
            return [Item].leftOut(
                "other languages", since: "no peer was timed",
                command: "unlooped bench --preset peers --peer all") + absences
        }
        return [.paragraph(about)] + [chosen].compactMap { $0.map(Item.paragraph) } + [
            .paragraph(words(summary))
        ]
            + potential
            + figures.map(Item.figure)
            + [standings, groups] + notAhead + absences + [cells]
    }

    private let about: Phrase = """
        Peers are programs in other languages that make the same step. They are held to the same reference, \
        and timed in the same rounds, on the same data, with as many threads; one that has no threads takes \
        part in cells of one thread only. The best of several is lucky as well as good, so the best rung and the best \
        peer of a cell are chosen on half of its blocks and compared on the other half, round by round, and the other \
        way round.
        """

    /// Without intervals nothing is clear.
    private func clearly(_ summary: PeerSummary) -> String { summary.hasIntervals ? "clearly " : "" }

    /// The rung that somebody gets who names none, compared with the best peer.
    var chosen: Phrase? {
        guard let summary = PeerSummary(comparison.choices) else { return nil }
        let worst = summary.worst
        return """
            \(strong: "Where no rung is named"), the one that is taken is \
            \(strong: Numbers.three(summary.geometricMean) + " times as fast") as the best peer of each of \
            \(Numbers.count(summary.count, "cell")), by the geometric mean: \(clearly(summary))faster in \
            \(summary.count(of: .ahead)), \(clearly(summary))slower in \(summary.count(of: .behind)). The smallest \
            factor is \(Numbers.timesInterval(worst.factor)), of \(worst.rung.rung) over \(worst.peer.rung) at \
            \(Prose.cell(worst.cell.cell)).
            """
    }

    private func words(_ summary: PeerSummary) -> Phrase {
        let worst = summary.worst
        let strays = results.cells.count { $0.strayControl != nil }
        let without = results.cells.count - strays - summary.count
        let rest =
            (without == 0
                ? ""
                : " \(Numbers.count(without, "cell")) \(without == 1 ? "has" : "have") no time of a peer.")
            + (strays == 0
                ? ""
                : " \(Numbers.count(strays, "cell")) \(strays == 1 ? "is" : "are") left out, since the same code "
                    + "under two names differed there.")
        return """
            Over \(Numbers.count(summary.count, "cell")) the best rung is \
            \(strong: Numbers.three(summary.geometricMean) + " times as fast") as the best peer of each, by \
            the geometric mean: \(clearly(summary))faster in \(summary.count(of: .ahead)), \(clearly(summary))slower in \
            \(strong: "\(summary.count(of: .behind))"), without a clear difference in \
            \(summary.count(of: .unclear)). The smallest factor is \(Numbers.timesInterval(worst.factor)), of \
            \(worst.rung.rung) over \(worst.peer.rung) at \(Prose.cell(worst.cell.cell)).\(rest)
            """
    }

    /// How much the machine leaves to be gained; nothing where the limits of a cell are not known.
    private var potential: [Item] {
        let matches = comparison.matches
        let bounded = matches.compactMap { match in
            results.roofline(match.rung, in: match.cell).map { (match, fraction: min(1, $0.fraction)) }
        }
        guard bounded.count == matches.count else { return [] }
        let near = bounded.filter { $0.fraction >= PeerCause.nearLimit }.map { $0.0 }
        let far = bounded.filter { $0.fraction < PeerCause.nearLimit }.map { $0.0 }
        func mean(_ matches: [PeerMatch]) -> String {
            PeerSummary(matches).map { " (mean \(Numbers.times($0.geometricMean)))" } ?? ""
        }
        let most = exp(
            bounded.reduce(0) { $0 + log($1.0.factor.median / $1.fraction) } / Double(bounded.count))
        let text: Phrase = """
            The best rung runs at \(Numbers.percent(PeerCause.nearLimit)) or more of what the machine allows \
            in \(near.count) of \(Numbers.count(matches.count, "cell"))\(mean(near)), at less in \
            \(far.count)\(mean(far)). As fast as the machine allows in all of them, it would be \
            \(Numbers.three(most)) times as fast as these peers, if the exponential and the logarithm of \
            each sample, which these limits leave out, took no time.
            """
        return [.paragraph(text)]
    }

    /// The cells where a peer is ahead, each with a likely reason.
    private var notAhead: [Item] {
        let found = comparison.matches.filter { $0.outcome == .behind }
        guard !found.isEmpty else {
            return [.paragraph("In no cell is a peer clearly ahead of the best rung.")]
        }
        let points = found.sorted { $0.factor.median < $1.factor.median }.map { match -> Phrase in
            """
            \(strong: Numbers.factor(match.factor))\(Numbers.parentheses(match.factor.interval)) at \
            \(Prose.cell(match.cell.cell)): \(match.rung.rung) takes \
            \(Numbers.time(match.rung.stepTime)) and \(match.peer.rung) \
            \(Numbers.time(match.peer.stepTime)). \(PeerCause(match: match, results: results).text)
            """
        }
        return [.heading("Where a peer is ahead"), .list(points)]
    }

    private var absences: [Item] {
        let sentences = Prose.absences(results) { $0.peers }
        return sentences.isEmpty ? [] : [.heading("Peers that were not timed"), .list(sentences)]
    }

    /// Peer by peer, and the best of each cell.
    private var standings: Item {
        let head =
            ["peer", "made with", "threads", "smallest factor at"] + Self.numbers + ["error / bound"]
        let rows = comparison.standings.map { standing in
            [standing.name, standing.version, standing.isThreaded ? "several" : "one"]
                + row(standing.matches) + [Numbers.verdict(standing.verdict)]
        }
        let best = ["the best of each cell", "", ""] + row(comparison.matches) + [Numbers.none]
        return .table("The best rung over each peer", DataTable(head, rows + [best], leading: 4))
    }

    /// By scalar and number of threads.
    private var groups: Item {
        let rows = comparison.groups.map { group in
            ["\(group.scalar.rawValue), \(Numbers.threads(group.threads))"] + row(group.matches)
        }
        let head = ["cells of", "smallest factor at"] + Self.numbers
        return .table("The best rung over the best peer of each cell", DataTable(head, rows, leading: 2))
    }

    private static let numbers = ["smallest factor", "geometric mean", "cells", "ahead", "≈", "behind"]

    /// Where the smallest factor is, and the numbers.
    private func row(_ matches: [PeerMatch]) -> [String] {
        guard let summary = PeerSummary(matches) else {
            return Array(repeating: Numbers.none, count: 3) + Array(repeating: "0", count: 4)
        }
        return [
            Prose.cell(summary.worst.cell.cell),
            Numbers.marked(summary.worst.factor),
            Numbers.times(summary.geometricMean), "\(summary.count)",
        ] + [PeerMatch.Outcome.ahead, .unclear, .behind].map { "\(summary.count(of: $0))" }
    }

    private var cells: Item {
        let rows = comparison.matches.map { match in
            [
                Prose.cell(match.cell.cell), match.rung.rung, match.peer.rung,
                Numbers.time(match.rung.stepTime), Numbers.time(match.peer.stepTime),
                Numbers.interval(match.factor) + Numbers.doubt(match.factor),
            ]
        }
        let head = [
            "cell", "best rung", "best peer", "step of the rung", "step of the peer", "times as fast",
        ]
        return .table("Every cell", DataTable(head, rows, leading: 3))
    }
}

/// Why a rung is not faster than a peer, as far as the results show: how near both come to what the machine can
/// do, and on what a step spends its time.
private struct PeerCause {
    /// From which fraction of what the machine allows on little is left to be gained.
    static let nearLimit = 0.8

    /// Up to how many nanoseconds a step is so short that calls are a part of it.
    private static let shortStep = 10_000.0

    let match: PeerMatch
    let results: Results

    /// Sentences.
    var text: String {
        let found = limit.map { [$0] } ?? [threading, wakeUp, loss].compactMap(\.self)
        let reasons = found.isEmpty ? ["Neither the machine's limits nor the size tells why."] : found
        return ([fractions].compactMap(\.self) + reasons).joined(separator: " ")
    }

    private var ours: Roofline? { results.roofline(match.rung, in: match.cell) }

    private var fractions: String? {
        guard let ours, let theirs = results.roofline(match.peer, in: match.cell) else { return nil }
        return "\(match.rung.rung) runs at \(Numbers.percent(ours.fraction)) of what \(ours.bound.rawValue) "
            + "allows, \(match.peer.rung) at \(Numbers.percent(theirs.fraction))."
    }

    private var limit: String? {
        guard let ours, ours.fraction >= Self.nearLimit else { return nil }
        let most = match.factor.median / min(1, ours.fraction)
        return most > 1
            ? "That is the machine's limit: no code could be more than \(Numbers.three(most)) times as fast as the peer."
            : "Both are at the machine's limit, as far as that could be measured."
    }

    private var threading: String? {
        let threads = match.cell.cell.threads
        guard threads > 1, !match.rung.isThreaded else { return nil }
        return "Threads do not pay for the rungs at this size: the best works on one of \(threads)."
    }

    /// Where waking threads takes a fifth of the step or more.
    private var wakeUp: String? {
        let threads = match.cell.cell.threads
        guard match.rung.isThreaded, threads > 1, let time = match.rung.stepTime,
            let part = results.ceilings?.wakeUpPart(of: time, threads: threads), part >= 0.2
        else { return nil }
        return
            "Waking \(threads) threads takes \(Numbers.nanoseconds(part * time.medianNanoseconds)) on this "
            + "machine, a large part of the step."
    }

    /// Where not X but what is done for each sample and each step takes the time.
    private var loss: String? {
        let nx = match.cell.cell.nx
        if let time = match.rung.stepTime, time.medianNanoseconds < Self.shortStep,
            ours.map({ $0.fraction < 0.5 }) ?? true
        {
            return "A step is short: calls, and the exponential of each sample, weigh more than X."
        }
        guard nx <= Limit.narrowestFeatures else { return nil }
        return "A sample has \(4 * nx) additions and multiplications, which these limits count, beside its "
            + "exponential and its loss, which they do not."
    }
}
