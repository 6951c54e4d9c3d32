import Agreement
import LogisticRegression
import Measurement

/// The judge for the data of a cell, at a random model: timing starts from w = 0, where every z is 0 and
/// much could go wrong unseen. The reference is worked out once for all who are judged.
struct CellJudge<Scalar: RealScalar> {
    /// Where gradients are asked for.
    let model: Model<Scalar>

    private let reference: Reference<Scalar>
    private let data: Dataset<Scalar>
    private let seed: UInt64
    private let threads: Int

    /// A judge on `data`.
    ///
    /// - Parameters:
    ///   - seed: what the model follows from.
    ///   - threads: how many may work on a gradient.
    init(_ data: Dataset<Scalar>, seed: UInt64, threads: Int) {
        model = Model.random(data.nx, seed: seed)
        reference = Reference(data, model)
        (self.data, self.seed, self.threads) = (data, seed, threads)
    }

    /// The verdict on an implementation that was prepared for the data.
    func verdict(on implementation: any Implementation<Scalar>) -> CellVerdict {
        verdict(on: implementation.gradient(at: model), by: type(of: implementation).rung)
    }

    /// The verdict on a gradient at `model`.
    func verdict(on gradient: Gradient<Scalar>, by rung: Rung) -> CellVerdict {
        let verdict = Judge.verdict(
            on: gradient, by: rung, data, against: reference, seed: seed, threads: threads)
        return CellVerdict(
            error: verdict.error ?? 0, bound: verdict.bound ?? 0, ratio: verdict.ratio ?? 0,
            passed: verdict.outcome == .passed, element: verdict.element ?? "")
    }
}
