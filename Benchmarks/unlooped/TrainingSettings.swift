import Foundation
import Problems

/// How `unlooped train` trains.
struct TrainingSettings {
    /// `--scalar`.
    let scalar: ScalarKind

    /// `--threads`.
    let threads: Int

    /// `--implementation`.
    let implementation: ImplementationChoice

    /// `--alpha`; nil for `auto`.
    private let learningRate: Double?
    private let iterations: Int
    private let tolerance: Double?

    init(_ arguments: Arguments) throws(UsageError) {
        scalar = try arguments.choice("--scalar") ?? .double
        threads = try arguments.int("--threads", in: 1...4096) ?? ProcessInfo.processInfo.activeProcessorCount
        implementation = try ImplementationChoice(arguments, in: scalar)
        learningRate = arguments.text("--alpha") == "auto" ? nil : try arguments.positive("--alpha")
        // The cost after each update is kept: 0.8 GB at the most.
        iterations = try arguments.int("--iterations", in: 1...100_000_000) ?? 1000
        tolerance = try arguments.notNegative("--tolerance")
    }

    /// Whether the learning rate follows from the data.
    var isAutomatic: Bool { learningRate == nil }

    /// The settings of the descent, rounded to `Scalar`.
    ///
    /// - Parameter automatic: the learning rate that follows from the data.
    func descent<Scalar: RealScalar>(
        for _: Scalar.Type, automatic: Double
    ) throws(UsageError) -> GradientDescent<Scalar> {
        let learningRate = learningRate ?? automatic
        do {
            return try GradientDescent(
                learningRate: Scalar(learningRate), iterations: iterations,
                tolerance: tolerance.map { Scalar($0) })
        } catch {
            // They were right as `Double`.
            throw UsageError("\(error), in \(Scalar.kind.rawValue) too; use --scalar double")
        }
    }
}
