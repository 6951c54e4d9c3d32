import Foundation
import Implementations
import LogisticRegression

/// How `unlooped train` trains.
struct TrainingSettings {
    /// `--scalar`.
    let scalar: ScalarKind

    /// `--threads`.
    let threads: Int

    private let implementationName: String?
    private let learningRate: Double
    private let iterations: Int
    private let tolerance: Double?

    init(_ arguments: Arguments) throws(UsageError) {
        let names = Catalog<Double>.all.map { $0.rung.name }
        scalar = try arguments.choice("--scalar") ?? .double
        threads = try arguments.int("--threads", in: 1...4096) ?? ProcessInfo.processInfo.activeProcessorCount
        implementationName = try arguments.name("--implementation", among: names) ?? names.last
        learningRate = try arguments.positive("--alpha") ?? 0.1
        // The cost after each update is kept: 0.8 GB at the most.
        iterations = try arguments.int("--iterations", in: 1...100_000_000) ?? 1000
        tolerance = try arguments.notNegative("--tolerance")
    }

    /// The implementation that was named.
    func implementation<Scalar: LaneScalar>(for _: Scalar.Type) throws(UsageError) -> ImplementationType<
        Scalar
    > {
        if let kind = Catalog<Scalar>.all.first(where: { $0.rung.name == implementationName }) { return kind }
        throw UsageError(
            "there is no implementation '\(implementationName ?? "")' for \(Scalar.kind.rawValue)")
    }

    /// The settings of the descent, rounded to `Scalar`.
    func descent<Scalar: RealScalar>(for _: Scalar.Type) throws(UsageError) -> GradientDescent<Scalar> {
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
