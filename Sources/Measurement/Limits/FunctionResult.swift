import Problems

/// The times of an elementary function on an array in L1: a vector at a time, and value by value through
/// Foundation.
package struct FunctionResult: Codable, Sendable, Equatable {
    /// `exp`, `sigmoid`, or `loss`, which is a = σ(z) and L(a, y) together.
    package let function: String

    package let scalar: ScalarKind

    /// How many values the array has. A step of the samples is one pass over it.
    package let values: Int

    /// The vectorized function.
    package let vectorSamples: [Sample]

    /// The same through Foundation's functions of one value, in the same rounds.
    package let foundationSamples: [Sample]

    /// The greatest error seen of the vectorized function, in units in the last place; for the loss, that of L.
    package let greatestUlps: Double

    /// At how many arguments the error was measured.
    package let arguments: Int

    package init(
        function: String, scalar: ScalarKind, values: Int, vectorSamples: [Sample],
        foundationSamples: [Sample], greatestUlps: Double, arguments: Int
    ) {
        (self.function, self.scalar, self.values) = (function, scalar, values)
        (self.vectorSamples, self.foundationSamples) = (vectorSamples, foundationSamples)
        (self.greatestUlps, self.arguments) = (greatestUlps, arguments)
    }

    /// The vectorized function's time of one value, the median; nil without samples.
    package var vectorNanoseconds: Double? { nanoseconds(vectorSamples) }

    /// Foundation's time of one value, the median; nil without samples.
    package var foundationNanoseconds: Double? { nanoseconds(foundationSamples) }

    /// How many times faster the vectorized function is.
    package var factor: BlockEstimate? { BlockEstimate(speedupOf: vectorSamples, over: foundationSamples) }

    private func nanoseconds(_ samples: [Sample]) -> Double? {
        Statistics.median(samples.map { $0.nanosecondsPerStep }).map { $0 / Double(max(1, values)) }
    }
}

extension Results {
    /// The time of the loss for one value in L1; nil where that was not measured.
    package func lossNanoseconds(_ scalar: ScalarKind) -> Double? {
        functions?.first { $0.function == "loss" && $0.scalar == scalar }?.vectorNanoseconds
    }
}
