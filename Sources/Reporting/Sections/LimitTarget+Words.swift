import Foundation
import Measurement

extension LimitTarget {
    /// What it is about.
    var title: String {
        let nx = Captions.nx
        return switch self {
        case .memory:
            "X at least 4 times the last cache, \(nx) ≥ \(Self.fewestWideFeatures), one thread"
        case .memoryOnAllThreads: "the same on all threads"
        case .secondCache:
            "X in L2 (\(Self.shapeInSecondCache.m) × \(Self.shapeInSecondCache.nx), float), one thread"
        case .lastCache:
            "X in the last cache, \(nx) from \(Self.featuresInLastCache.lowerBound) to "
                + "\(Prose.grouped(Self.featuresInLastCache.upperBound)), one thread"
        case .loss:
            "\(nx) ≤ \(PeerGoal.narrowestFeatures), m ≥ \(Prose.grouped(PeerGoal.fewestSamples)), one thread"
        case .sixteenBits: "X in 16 bits, beyond the caches"
        case .functionSpeed: "exp, sigmoid and loss on an array in L1"
        case .functionError: "the same functions"
        case .growth: "X from 4 times the last cache on, one thread"
        }
    }

    /// What is measured of it.
    var measure: String {
        switch self {
        case .memory, .memoryOnAllThreads, .secondCache, .lastCache: "of the speed of reading X once"
        case .loss: "over the time of the loss alone, its m values in L1"
        case .sixteenBits: "over X in float"
        case .functionSpeed: "over Foundation's functions of one value"
        case .functionError: "the greatest error"
        case .growth: "the greatest time for a value of X over the least"
        }
    }

    /// What is asked for: `≥ 90 %`.
    var demand: String { (isUpperBound ? "≤ " : "≥ ") + bare(asked) }

    /// A value as it is measured: `93.4 %`, `1.62×`, `1.97 ulp`.
    func text(_ value: Double) -> String {
        switch self {
        case .memory, .memoryOnAllThreads, .secondCache, .lastCache: String(format: "%.1f %%", 100 * value)
        case .loss, .sixteenBits, .functionSpeed: Figures.three(value) + "×"
        case .functionError: Figures.three(value) + " ulp"
        case .growth: String(format: "%.3f×", value)
        }
    }

    private func bare(_ value: Double) -> String {
        switch self {
        case .memory, .memoryOnAllThreads, .secondCache, .lastCache: Figures.percent(value)
        case .functionError: Figures.short(value) + " ulp"
        case .loss, .sixteenBits, .functionSpeed, .growth: Figures.short(value) + "×"
        }
    }
}

extension LimitFinding {
    /// What was reached, with its interval.
    var reached: String {
        target.text(value)
            + (interval.map { " (\(target.text($0.low)) to \(target.text($0.high)))" } ?? "")
    }

    /// Where.
    var place: String {
        switch subject {
        case .rung(_, beside: _, in: let cell): return Captions.cell(cell.cell)
        case .function(let function): return "\(function.function), \(function.scalar.rawValue)"
        case .growth(rung: _, let cells):
            guard let first = cells.first?.cell, let last = cells.last?.cell else { return "" }
            return "\(Figures.binary(first.xBytes)) to \(Figures.binary(last.xBytes)), "
                + "\(Captions.nx) = \(first.nx), \(first.scalar.rawValue)"
        }
    }

    /// What was measured there.
    var name: String {
        switch subject {
        case .rung(let rung, beside: _, in: _): rung.rung
        case .function: "a vector at a time"
        case .growth(rung: let rung, _): rung
        }
    }

    /// What and where: `simd.fused at m = …`, or the function.
    var subjectAndPlace: String {
        if case .function = subject { place } else { "\(name) at \(place)" }
    }

    /// The time of it, and of what it is measured by; dashes of a row of sizes.
    var times: [String] {
        switch subject {
        case .rung(let rung, beside: let other, in: _):
            [Figures.time(rung.stepTime), Figures.time(other.stepTime)]
        case .function(let function):
            [function.vectorNanoseconds, function.foundationNanoseconds].map {
                $0.map { "\(TimeSpan($0))" } ?? "–"
            }
        case .growth: ["–", "–"]
        }
    }

    /// What measures just that.
    var command: String {
        switch subject {
        case .rung(_, beside: _, in: let cell):
            "unlooped bench --m \(cell.cell.m) --nx \(cell.cell.nx) --scalar \(cell.cell.scalar.rawValue) "
                + "--threads \(cell.cell.threads) --only simd,dispatch"
        case .function: "unlooped functions"
        case .growth: "unlooped bench --preset limits"
        }
    }
}
