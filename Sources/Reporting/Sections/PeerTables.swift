import Measurement

/// Peers in numbers.
struct PeerTables {
    private let comparison: PeerComparison

    init(_ comparison: PeerComparison) { self.comparison = comparison }

    /// What the study sets out to reach, and how far it does.
    var goals: Item {
        let head = [
            "goal", "where", "asked for", "geometric mean", "smallest factor", "cells", "reach it",
            "not clearly", "miss it", "reached",
        ]
        let rows = PeerGoal.all.map { goal in
            let summary = PeerSummary(goal.matches(in: comparison))
            return [
                goal.words, goal.place, Figures.three(goal.factor) + "×",
                summary.map { Figures.three($0.geometricMean) + "×" } ?? "–",
                Figures.factor(summary?.worst.factor), "\(summary?.count ?? 0)",
            ]
                + [.met, .unclear, .missed].map { answer in
                    goal.count(of: answer, in: comparison).map { "\($0)" } ?? "–"
                } + [goal.answer(in: comparison)?.words ?? "not timed"]
        }
        return .table("What is asked for, and what is reached", DataTable(head, rows, leading: 2))
    }

    /// Peer by peer, and the best of each cell.
    var standings: Item {
        let head =
            ["peer", "made with", "threads", "smallest factor at"] + Self.numbers + ["error / bound"]
        let rows = comparison.standings.map { standing in
            [standing.name, standing.version, standing.isThreaded ? "several" : "one"]
                + row(standing.matches) + [Figures.verdict(standing.verdict)]
        }
        let best = ["the best of each cell", "", ""] + row(comparison.matches) + ["–"]
        return .table("The best rung over each peer", DataTable(head, rows + [best], leading: 4))
    }

    /// By scalar and number of threads.
    var groups: Item {
        let rows = comparison.groups.map { group in
            ["\(group.scalar.rawValue), \(Captions.threads(group.threads))"] + row(group.matches)
        }
        let head = ["cells of", "smallest factor at"] + Self.numbers
        return .table("The best rung over the best peer of each cell", DataTable(head, rows, leading: 2))
    }

    /// Cell by cell.
    var cells: Item {
        let rows = comparison.matches.map { match in
            [
                Captions.cell(match.cell.cell), match.rung.rung, match.peer.rung,
                Figures.time(match.rung.stepTime), Figures.time(match.peer.stepTime),
                Captions.interval(match.factor) + (match.outcome == .unclear ? " ≈" : ""),
            ]
        }
        let head = [
            "cell", "best rung", "best peer", "step of the rung", "step of the peer", "times as fast",
        ]
        return .table("Every cell", DataTable(head, rows, leading: 3))
    }

    private static let numbers = ["smallest factor", "geometric mean", "cells", "ahead", "≈", "behind"]

    /// Where the smallest factor is, and the numbers.
    private func row(_ matches: [PeerMatch]) -> [String] {
        guard let summary = PeerSummary(matches) else { return ["–", "–", "–", "0", "0", "0", "0"] }
        return [
            Captions.cell(summary.worst.cell.cell),
            Figures.factor(summary.worst.factor, in: summary.worst.cell),
            Figures.three(summary.geometricMean) + "×", "\(summary.count)",
            "\(summary.count(of: .ahead))", "\(summary.count(of: .unclear))", "\(summary.count(of: .behind))",
        ]
    }
}

extension PeerGoal {
    /// What is asked for: `geometric mean over numpy`.
    fileprivate var words: String {
        (measure == .everyCell ? "every cell" : "geometric mean") + " over " + rivalName
    }

    /// `the best peer`, or its name.
    var rivalName: String {
        switch rival {
        case .best: "the best peer"
        case .named(let name): name
        }
    }

    /// Which shapes it is for.
    var place: String {
        isNarrow
            ? "\(Captions.nx) ≤ \(Self.narrowestFeatures), m ≥ \(Prose.grouped(Self.fewestSamples))"
            : "all shapes"
    }
}

extension PeerGoal.Answer {
    /// `yes`, `not clearly` or `no`.
    var words: String {
        switch self {
        case .met: "yes"
        case .unclear: "not clearly"
        case .missed: "no"
        }
    }
}
