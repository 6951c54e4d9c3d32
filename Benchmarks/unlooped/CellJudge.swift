import Agreement
import Problems
import Measurement

/// The judge for the data of a cell, at one model. The reference is worked out once for all who are judged.
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
    ///   - model: where gradients are asked for.
    ///   - request: what is to be done with the data.
    init(_ data: Dataset<Scalar>, at model: Model<Scalar>, for request: BlockRequest) {
        self.model = model
        reference = Reference(data, model)
        (self.data, seed, threads) = (data, request.seed, request.cell.threads)
    }

    /// The verdict on an implementation that was prepared for the data.
    func verdict(on prepared: Prepared<Scalar>, of rung: Rung<Scalar>) -> CellVerdict {
        verdict(on: prepared.gradient(at: model), by: rung.info)
    }

    /// The verdict on a gradient at `model`.
    func verdict(on gradient: Gradient<Scalar>, by rung: RungInfo) -> CellVerdict {
        let verdict = Judge.verdict(
            on: gradient, by: rung, data, against: reference, seed: seed, threads: threads)
        return CellVerdict(
            error: verdict.error ?? 0, bound: verdict.bound ?? 0, ratio: verdict.ratio ?? 0,
            passed: verdict.outcome == .passed, element: verdict.element ?? "")
    }
}
