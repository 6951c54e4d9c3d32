/// How much faster than peers the fastest implementation of each cell is meant to be.
package struct PeerGoal: Sendable, Equatable {
    /// Which peer it is measured by.
    package enum Rival: Sendable, Equatable {
        /// The fastest of each cell.
        case best
        /// The one with this name.
        case named(String)
    }

    /// What has to reach the factor.
    package enum Measure: Sendable { case everyCell, geometricMean }

    /// How far it is reached.
    package enum Answer: Sendable {
        /// It is.
        case met
        /// That cannot be told: the interval holds what is asked for, wherever the median is.
        case unclear
        /// It is not.
        case missed

        /// How far an interval reaches what is asked for: no more than that where `isUpperBound`, else no less.
        init(_ interval: Interval, _ asked: Double, isUpperBound: Bool = false) {
            let isMet = isUpperBound ? interval.high <= asked : interval.low >= asked
            let isMissed = isUpperBound ? interval.low > asked : interval.high < asked
            self = isMet ? .met : isMissed ? .missed : .unclear
        }
    }

    /// Which peer it is measured by.
    package let rival: Rival

    /// The factor to be reached.
    package let factor: Double

    /// What has to reach it.
    package let measure: Measure

    /// Whether it is for narrow and tall shapes only.
    package let isNarrow: Bool

    /// The most features of a narrow shape.
    package static let narrowestFeatures = 8

    /// The fewest samples of a narrow shape.
    package static let fewestSamples = 100_000

    /// What the study sets out to reach.
    package static let all = [
        PeerGoal(rival: .best, factor: 1, measure: .everyCell, isNarrow: false),
        PeerGoal(rival: .best, factor: 1.75, measure: .geometricMean, isNarrow: false),
        PeerGoal(rival: .named("numpy"), factor: 4, measure: .geometricMean, isNarrow: false),
        PeerGoal(rival: .best, factor: 3, measure: .everyCell, isNarrow: true),
        PeerGoal(rival: .named("numpy"), factor: 10, measure: .everyCell, isNarrow: true),
    ]

    /// The matches that it is about.
    package func matches(in comparison: PeerComparison) -> [PeerMatch] {
        let matches =
            switch rival {
            case .best: comparison.matches
            case .named(let name): comparison.standings.first { $0.name == name }?.matches ?? []
            }
        return isNarrow ? matches.filter { Self.isNarrow($0.cell.cell) } : matches
    }

    /// How far it is reached; nil without matches. Of every cell only where all reach it clearly, and not where
    /// one misses it clearly. A geometric mean has no interval: it is what the medians come to.
    package func answer(in comparison: PeerComparison) -> Answer? {
        let matches = matches(in: comparison)
        guard let summary = PeerSummary(matches) else { return nil }
        switch measure {
        case .geometricMean: return summary.geometricMean >= factor ? .met : .missed
        case .everyCell:
            let answers = matches.map(answer)
            return answers.contains(.missed) ? .missed : answers.contains(.unclear) ? .unclear : .met
        }
    }

    /// How many cells reach the factor so; nil where it is not asked of each cell.
    package func count(of answer: Answer, in comparison: PeerComparison) -> Int? {
        measure == .everyCell ? matches(in: comparison).count { self.answer($0) == answer } : nil
    }

    /// How far one cell reaches the factor; where that is 1, as the controls let it be told.
    private func answer(_ match: PeerMatch) -> Answer {
        guard factor == 1 else { return Answer(match.factor.interval, factor) }
        return switch match.outcome {
        case .ahead: .met
        case .unclear: .unclear
        case .behind: .missed
        }
    }

    /// Whether a cell has narrow and tall data.
    package static func isNarrow(_ cell: Cell) -> Bool {
        cell.nx <= narrowestFeatures && cell.m >= fewestSamples
    }
}
