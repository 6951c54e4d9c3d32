import Measurement

/// What threads gain.
struct ThreadsSection {
    private let results: Results
    private let figures: [Figure]

    init(_ results: Results, _ figures: [Figure]) { (self.results, self.figures) = (results, figures) }

    /// The section.
    var section: Section {
        let rows = rows
        guard let cell = results.largestCell, !rows.isEmpty else {
            return Section.leftOut(
                "threads", "Threads",
                "threads", since: "no rung has a time on several threads and on one",
                command: "unlooped bench --threads 2")
        }
        let head = [
            "rung", "the same on one thread", "speedup", "threads", "efficiency", "serial fraction",
            "over \(cell.fastestOnOneThread?.rung ?? "one thread")",
        ]
        return Section(
            "threads", "Threads",
            [.paragraph(about)] + summary(cell) + pictures + [
                .table("At \(Captions.cell(cell.cell))", DataTable(head, rows, leading: 2))
            ])
    }

    private var pictures: [Item] {
        guard figures.isEmpty else { return .figures(figures) }
        return [
            .leftOut(
                "what threads gain as there are more of them", since: "no shape was timed on one and on more",
                command: "unlooped bench --threads 1,2")
        ]
    }

    private let about: Phrase = """
        Speedup is over the same code on one thread; the last column is over the best rung on one thread, \
        which is what a user would otherwise run. Efficiency is speedup by thread. The serial fraction is \
        the part of the work that would have to be serial for just this speedup (A. Karp and H. Flatt, \
        Communications of the ACM 33:5, 1990): waking and waiting count as such, and so does memory that \
        all threads share. Below 0, more threads have more of something, such as cache.
        """

    private func summary(_ cell: CellResult) -> [Item] {
        guard let (threaded, alone, factor) = cell.threadedAndAlone else { return [] }
        let doubt = cell.isIndistinguishable(factor) ? ", which cannot be told from no difference" : ""
        return [
            .paragraph(
                """
                The best on several threads, \(strong: threaded.rung), is \
                \(strong: Figures.three(factor.median) + " times as fast") as the best on one, \
                \(strong: alone.rung) (\(Figures.interval(factor)))\(doubt).
                """)
        ]
    }

    /// Of the largest cell.
    private var rows: [[String]] {
        guard let cell = results.largestCell, cell.cell.threads > 1 else { return [] }
        let best = cell.fastestOnOneThread
        return cell.timed.compactMap { rung -> [String]? in
            guard rung.isThreaded, let twin = rung.after.flatMap(cell.rung), !twin.isThreaded,
                let speedup = cell.factorOverPrevious(rung)
            else { return nil }
            let serial = SerialFraction.of(speedup: speedup.median, threads: cell.cell.threads)
            return [
                rung.rung, twin.rung, Figures.factor(speedup, in: cell), "\(cell.cell.threads)",
                Figures.percent(speedup.median / Double(cell.cell.threads)), Figures.percent(serial),
                Figures.factor(best.flatMap { cell.factor(of: rung, over: $0) }, in: cell),
            ]
        }
    }
}
