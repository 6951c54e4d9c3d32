import Problems
import Measurement

/// One topic of the report: its pictures, its text and its tables, all made from the results. Whatever else a
/// report should say is a new topic in a file of its own, listed in `Report.topics`.
protocol Topic: Sendable {
    /// The anchor of its section.
    static var id: String { get }

    /// The heading of its section.
    static var title: String { get }

    /// The contents of its section in a sentence.
    static var about: String { get }

    /// The ids of all figures that it can have, so that one knows which files a report may have before there
    /// are results.
    static var figureIDs: [String] { get }

    /// The problem that it is about; nil where it is about the whole run.
    static var problem: Cell.ProblemKind? { get }

    /// - Parameter results: those of its problem.
    init(results: Results)

    /// The figures that the results hold data for, in order.
    var figures: [Figure] { get }

    /// Its section; a topic that has no place in a report has none.
    var items: [Item] { get }
}

extension Topic {
    static var figureIDs: [String] { [] }

    static var problem: Cell.ProblemKind? { .logistic }

    /// The topic of a run; nil where only the other problem was timed.
    static func of(_ results: Results) -> Self? {
        guard let problem else { return Self(results: results) }
        let isTimed = results.cells.contains { $0.cell.problem == problem }
        guard isTimed || problem == .logistic && results.cells.isEmpty else { return nil }
        return Self(results: results.keeping { $0.cell.problem == problem })
    }

    var figures: [Figure] { [] }

    var section: Section? {
        let items = items
        return items.isEmpty ? nil : Section(id: Self.id, title: Self.title, about: Self.about, items: items)
    }

    /// The ids of figures that there is one of for each scalar type: `map-float`, `map-double`.
    static func perScalar(_ names: String...) -> [String] {
        names.flatMap { name in ScalarKind.allCases.map { "\(name)-\($0.rawValue)" } }
    }
}

/// Which of many rungs stand out: the first, which all are compared with, and the fastest of each family.
struct Emphasis {
    private let strong: Set<String>

    /// By the times in `cell`.
    init(_ cell: CellResult) {
        var fastest: [String: RungResult] = [:]
        for rung in cell.contenders {
            let family = Looks.family(rung.rung)
            guard let time = rung.stepTime?.medianNanoseconds else { continue }
            if time < fastest[family]?.stepTime?.medianNanoseconds ?? .infinity { fastest[family] = rung }
        }
        strong = Set(fastest.values.map { $0.rung } + [cell.rungs.first?.rung].compactMap(\.self))
    }

    subscript(rung: String) -> Series.Weight { strong.contains(rung) ? .strong : .thin }
}

extension Look {
    /// The look of a scalar type where rungs have none.
    static func of(_ scalar: ScalarKind) -> Look {
        scalar == .float ? Look(.blue, .circle) : Look(.ochre, .square)
    }

    /// The looks of a few series that are neither rungs nor scalar types.
    static let few = [Look(.blue, .circle), Look(.ochre, .square, .long), Look(.green, .triangle, .short)]
}

extension GrowthAxis {
    /// `m` or `nₓ`.
    var sign: String { self == .samples ? "m" : Prose.nx }

    /// The title of an axis.
    var title: String { self == .samples ? "m, samples" : "\(Prose.nx), features of a sample" }

    /// The part of an id.
    var name: String { self == .samples ? "m" : "nx" }

    private var other: GrowthAxis { self == .samples ? .features : .samples }

    /// A value of the size that grows: `m = 1 000`.
    func grown(_ size: Int) -> String { "\(sign) = " + Numbers.grouped(size) }

    /// A value of the other size: `nₓ = 128`.
    func fixed(_ size: Int) -> String { other.grown(size) }
}

extension Results {
    /// Whether a rung stores each feature of all samples together and gives each sample a lane: `simd.columns`, and what
    /// builds on it.
    func keepsFeaturesTogether(_ rung: RungResult) -> Bool {
        var (name, seen): (String?, Set<String>) = (rung.rung, [])
        while let some = name, seen.insert(some).inserted {
            if some == "simd.columns" { return true }
            name = cells.lazy.compactMap { $0.rung(some) }.first?.after
        }
        return false
    }

    /// The implementations that any cell has, in the order of the ladder.
    var rungNames: [String] { cells.flatMap { $0.rungs.map { $0.rung } }.uniqued }

    /// The cells in which one size grows and all else is as in the largest cell, except for the scalar.
    func cells(along axis: GrowthAxis, _ scalar: ScalarKind) -> [CellResult] {
        guard let largest = largestCell?.cell else { return [] }
        return cells(on: largest.data).filter {
            $0.cell.scalar == scalar && $0.cell.threads == largest.threads
                && axis.fixedSize(of: $0.cell) == axis.fixedSize(of: largest)
        }.sorted { axis.size(of: $0.cell) < axis.size(of: $1.cell) }
    }

    /// The largest cell, and those of the same shape, threads and data in the other scalar, as far as anything
    /// was timed in them; in the order of the results.
    var largestCells: [CellResult] {
        guard let largest = largestCell?.cell else { return [] }
        return cells(on: largest.data).filter {
            $0.fastest != nil
                && ($0.cell.m, $0.cell.nx, $0.cell.threads) == (largest.m, largest.nx, largest.threads)
        }
    }
}

extension Cell {
    /// The same cell in another scalar type.
    func with(_ scalar: ScalarKind) -> Cell {
        Cell(m: m, nx: nx, network: network, scalar: scalar, threads: threads, data: data)
    }
}

extension CellResult {
    /// Nanoseconds of a step for each value of X; nil where the rung has no time.
    func nanosecondsPerValue(_ rung: String) -> Double? {
        self.rung(rung)?.stepTime.map { $0.medianNanoseconds / (Double(cell.m) * Double(cell.nx)) }
    }
}

extension Machine {
    /// The caches that hold data, from the nearest on.
    var dataCaches: [Cache] {
        caches.filter { ["Data", "Unified"].contains($0.kind) && $0.bytes > 0 }.sorted { $0.level < $1.level }
    }
}
