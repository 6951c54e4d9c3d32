import Problems
import Measurement

/// `Float` against `Double`.
struct PrecisionSection {
    private let results: Results
    private let figure, ladder: Figure?

    /// - Parameter ladder: the ladder in the other scalar type than that of the largest cell.
    init(_ results: Results, _ figure: Figure?, ladder: Figure?) {
        (self.results, self.figure, self.ladder) = (results, figure, ladder)
    }

    /// The section.
    var section: Section {
        guard let figure else {
            return Section.leftOut(
                "precision", "Float against Double",
                "Float against Double", since: "no shape was timed in both",
                command: "unlooped bench --scalar both")
        }
        let about: Phrase = """
            A Float has half the bytes of a Double, so that twice as many come from memory in the same time \
            and twice as many fit into a vector: 2 is what either can give. Rungs that do one value at a time \
            gain less, down to nothing. The two were not timed in the same rounds, so the factors are ratios \
            of medians, and their intervals are wider than need be.
            """
        return Section(
            "precision", "Float against Double", [.paragraph(about)] + best + .figures([figure, ladder]))
    }

    /// The fastest in each at the largest shape.
    private var best: [Item] {
        guard let cell = results.largestCell?.cell else { return [] }
        let fastest = ScalarKind.allCases.compactMap { scalar in
            results[
                Cell(m: cell.m, nx: cell.nx, scalar: scalar, threads: cell.threads, data: cell.data)]?
                .fastest.map { (scalar, $0) }
        }
        guard fastest.count > 1 else { return [] }
        let parts = fastest.map { "\($1.rung) with \(Figures.time($1.stepTime)) in \($0.rawValue)" }
        return [
            .paragraph(
                """
                At m = \(Prose.grouped(cell.m)) and nₓ = \(Prose.grouped(cell.nx)) the fastest are \
                \(Prose.list(parts)).
                """)
        ]
    }
}
