import Problems

/// An elementary function on an array in L1: a vector at a time, and value by value through Foundation.
package struct FunctionResult: Codable, Sendable, Equatable {
    /// `exp`, `sigmoid`, or `loss`, which is a = σ(z) and L(a, y) together.
    package let function: String

    /// What it is computed in.
    package let scalar: ScalarKind

    /// Values of the array. A step of the samples goes once through it.
    package let values: Int

    /// The vectorized function.
    package let vectorSamples: [Sample]

    /// The same through Foundation's functions of one value, in the same rounds.
    package let foundationSamples: [Sample]

    /// The greatest error of the vectorized function that was seen, in units in the last place; of the loss,
    /// that of L.
    package let greatestUlps: Double

    /// At how many arguments that was looked for.
    package let arguments: Int

    /// A result.
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
    package var factor: Factor? { Factor(of: vectorSamples, over: foundationSamples) }

    private func nanoseconds(_ samples: [Sample]) -> Double? {
        Statistics.median(samples.map { $0.nanosecondsPerStep }).map { $0 / Double(max(1, values)) }
    }
}

extension Results {
    /// What the loss takes for one value in L1, in nanoseconds; nil where that was not measured.
    package func lossNanoseconds(_ scalar: ScalarKind) -> Double? {
        functions?.first { $0.function == "loss" && $0.scalar == scalar }?.vectorNanoseconds
    }
}
