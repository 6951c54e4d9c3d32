import Measurement

/// The one sentence of a study.
struct Headline {
    private let results: Results

    init(_ results: Results) { self.results = results }

    /// The fastest rung against the first, in the largest cell.
    var sentence: String {
        guard let cell = results.largestCell, let fastest = cell.fastest, let first = cell.reference else {
            return "Nothing was timed."
        }
        let place = Prose.shape(cell.cell)
        let time = Figures.time(fastest.stepTime)
        let name = "**" + Markdown.escaped(fastest.rung) + "**"
        guard fastest.rung != first.rung, let factor = cell.factorOverReference(fastest) else {
            return "\(name) makes a step in \(time) at \(place)."
        }
        let (low, high) = (Figures.three(factor.interval.low), Figures.three(factor.interval.high))
        return "\(name) makes a step \(Figures.three(factor.median)) times as fast as "
            + "\(Markdown.escaped(first.rung)) (interval \(low) to \(high)): \(time) instead of "
            + "\(Figures.time(first.stepTime)), at \(place)."
    }
}

/// Phrases that several sections use.
enum Prose {
    /// `m = 1000, n_x = 8, float, 2 threads`, in Markdown.
    static func shape(_ cell: Cell) -> String { Markdown.escaped("\(cell)") }

    /// A capital at its beginning and a full stop at its end.
    static func sentence(_ text: String) -> String { text.prefix(1).uppercased() + text.dropFirst() + "." }

    /// A whole number, in groups of three.
    static func grouped(_ value: Int) -> String {
        var digits = String(value)
        var groups: [String] = []
        while digits.count > 3 {
            groups.insert(String(digits.suffix(3)), at: 0)
            digits.removeLast(3)
        }
        return ([digits] + groups).joined(separator: "\u{202F}")
    }
}
