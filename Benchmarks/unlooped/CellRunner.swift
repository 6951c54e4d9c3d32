import Agreement
import Implementations
import LogisticRegression
import Measurement

/// Judges one prepared implementation.
typealias JudgeCell<Scalar: RealScalar> = (_ implementation: any Implementation<Scalar>) -> CellVerdict

/// Makes the data of a cell, has every implementation judged on them, and then timed.
struct CellRunner {
    /// How it samples.
    let settings: SamplerSettings

    /// What data and orders follow from.
    let seed: UInt64

    /// The rungs that take part.
    let names: Set<String>

    /// Told what is being done.
    let progress: (String) -> Void

    /// Runs one cell.
    func run(_ cell: Cell) throws -> CellResult {
        switch cell.scalar {
        case .float: try run(cell, Float.self)
        case .double: try run(cell, Double.self)
        }
    }

    /// The judge for the data of a cell, at a random model: timing starts from w = 0, where every z is 0 and
    /// much could go wrong unseen. The reference is worked out once for all implementations.
    private func judge<Scalar: LaneScalar>(_ data: Dataset<Scalar>, of cell: Cell) -> JudgeCell<Scalar> {
        let model = Model<Scalar>.random(cell.nx, seed: seed)
        let reference = Reference(data, model)
        return { implementation in
            let verdict = Judge.verdict(
                on: implementation, data, model, against: reference, seed: seed, threads: cell.threads)
            return CellVerdict(
                error: verdict.error ?? 0, bound: verdict.bound ?? 0, ratio: verdict.ratio ?? 0,
                passed: verdict.outcome == .passed, element: verdict.element ?? "")
        }
    }

    private func run<Scalar: LaneScalar>(_ cell: Cell, _: Scalar.Type) throws -> CellResult {
        progress("\(cell): drawing data")
        let data = try Dataset<Scalar>.synthetic(m: cell.m, nx: cell.nx, seed: seed)
        progress("\(cell): working out the reference")
        let judge = judge(data, of: cell)
        var contestants: [Contestant<Scalar>] = []
        for kind in Catalog<Scalar>.all where names.contains(kind.rung.name) {
            if Interrupt.isRequested { break }
            progress("\(cell): judging \(kind.rung.name)")
            let implementation = kind.init(data, threads: cell.threads)
            contestants.append(Contestant(implementation, verdict: judge(implementation)))
        }
        let sampler = Sampler<Scalar>(
            settings, seed: seed, isCancelled: { Interrupt.isRequested },
            progress: { at in
                let round = at.round.map { "round \($0 + 1) of \(at.rounds)" } ?? "warming up"
                progress("\(cell): \(round), \(at.rung)")
            })
        return sampler.run(cell, contestants)
    }
}

extension CellResult {
    /// The rungs that the judge rejected.
    var rejected: [RungResult] { rungs.filter { $0.verdict?.passed == false } }
}
