import Problems
import Measurement

/// Words that several figures use, as plain text.
enum Captions {
    /// The sign of n_x.
    static let nx = "nₓ"

    /// `m = 100 000, nₓ = 128, float, 2 threads`; before it the name of the data, where they have one.
    static func cell(_ cell: Cell) -> String {
        (cell.data.map { "\($0), " } ?? "")
            + "m = \(Prose.grouped(cell.m)), \(nx) = \(Prose.grouped(cell.nx)), \(cell.scalar.rawValue), "
            + threads(cell.threads)
    }

    /// `1 thread`, `2 threads`.
    static func threads(_ count: Int) -> String { count == 1 ? "1 thread" : "\(count) threads" }

    /// `12.6× (12.1 to 13.0)`.
    static func factor(_ factor: Factor) -> String {
        "\(Figures.factor(factor)) (\(Figures.three(factor.interval.low)) to "
            + "\(Figures.three(factor.interval.high)))"
    }

    /// `12.6 (12.1 to 13.0)`; a dash of nothing.
    static func interval(_ factor: Factor?) -> String {
        factor.map {
            "\(Figures.three($0.median)) (\(Figures.three($0.interval.low)) to "
                + "\(Figures.three($0.interval.high)))"
        } ?? "–"
    }

    /// `2.71 ms (2.60 ms to 2.81 ms)`.
    static func time(_ time: StepTime) -> String {
        "\(TimeSpan(time.medianNanoseconds)) (\(TimeSpan(time.lowNanoseconds)) to "
            + "\(TimeSpan(time.highNanoseconds)))"
    }

    /// Why a rung has no time.
    static func absence(_ rung: RungResult) -> String {
        rung.verdict?.passed == false ? "disagrees with the reference" : "skipped"
    }
}

extension Look {
    /// The look of a scalar type where rungs have none.
    static func of(_ scalar: ScalarKind) -> Look {
        scalar == .float ? Look(.blue, .circle) : Look(.ochre, .square)
    }
}

extension GrowthAxis {
    /// `m` or `nₓ`.
    var sign: String { self == .samples ? "m" : Captions.nx }

    /// What grows.
    var title: String { self == .samples ? "m, samples" : "\(Captions.nx), features of a sample" }

    /// The part of an id.
    var name: String { self == .samples ? "m" : "nx" }

    /// The other size.
    var other: GrowthAxis { self == .samples ? .features : .samples }
}

extension Results {
    /// The implementations that any cell has, in the order of the ladder.
    var rungNames: [String] {
        var names: [String] = []
        for rung in cells.lazy.flatMap({ $0.rungs }) where !names.contains(rung.rung) {
            names.append(rung.rung)
        }
        return names
    }

    /// The cells in which one size grows and all else is as in the largest cell, but for the scalar.
    func cells(along axis: GrowthAxis, _ scalar: ScalarKind) -> [CellResult] {
        guard let largest = largestCell?.cell else { return [] }
        return cells(on: largest.data).filter {
            $0.cell.scalar == scalar && $0.cell.threads == largest.threads
                && axis.fixedSize(of: $0.cell) == axis.fixedSize(of: largest)
        }.sorted { axis.size(of: $0.cell) < axis.size(of: $1.cell) }
    }
}

extension Machine {
    /// The caches that hold data, from the nearest on.
    var dataCaches: [Cache] {
        caches.filter { ["Data", "Unified"].contains($0.kind) && $0.bytes > 0 }.sorted { $0.level < $1.level }
    }
}
