import Problems

/// Tries vectorized `Double` functions at random arguments against `DoubleDouble`. All of the results are
/// normal numbers: of subnormal ones a unit in the last place is no part of the value.
package struct UlpSweep: Sendable {
    /// A function of one argument: arguments, and room for as many results.
    package typealias Function = (UnsafeBufferPointer<Double>, UnsafeMutableBufferPointer<Double>) -> Void

    /// The activation and the loss: z, labels, and room for as many of each.
    package typealias LogisticFunction =
        (
            _ z: UnsafeBufferPointer<Double>, _ labels: UnsafeBufferPointer<Double>,
            _ activations: UnsafeMutableBufferPointer<Double>, _ losses: UnsafeMutableBufferPointer<Double>
        ) -> Void

    /// One half up to 708 in magnitude, where e^x is a normal number, the other up to 40, where 1 + e^x is
    /// not only the greater of the two.
    private let arguments: [Double]

    /// A sweep over so many arguments.
    package init(count: Int, seed: UInt64) {
        var generator = SplitMix64(seed: seed)
        arguments = (0..<count).map { (2 * generator.uniform() - 1) * ($0 % 2 == 0 ? 708 : 40) }
    }

    /// The greatest error of an exponential, in units in the last place.
    package func exp(_ function: Function) -> Double {
        greatestError(of: results(function)) { DoubleDouble.exp(DoubleDouble($0)) }
    }

    /// The greatest error of a logistic function σ, in units in the last place.
    package func sigmoid(_ function: Function) -> Double {
        greatestError(of: results(function)) { DoubleDouble.logistic(DoubleDouble($0), label: 0).a }
    }

    /// The greatest error of the loss with one label, 0 or 1, in units in the last place.
    package func loss(label: Double, _ function: LogisticFunction) -> Double {
        var (activations, losses) = (arguments, arguments)
        let labels = arguments.map { _ in label }
        arguments.withUnsafeBufferPointer { z in
            labels.withUnsafeBufferPointer { y in
                activations.withUnsafeMutableBufferPointer { a in
                    losses.withUnsafeMutableBufferPointer { function(z, y, a, $0) }
                }
            }
        }
        return greatestError(of: losses) { DoubleDouble.logistic(DoubleDouble($0), label: label).loss }
    }

    private func results(_ function: Function) -> [Double] {
        var results = arguments
        arguments.withUnsafeBufferPointer { x in results.withUnsafeMutableBufferPointer { function(x, $0) } }
        return results
    }

    private func greatestError(of results: [Double], _ exact: (Double) -> DoubleDouble) -> Double {
        zip(arguments, results).reduce(0) { greatest, pair in
            let (x, result) = pair
            guard result.isFinite else { return .infinity }
            let value = exact(x)
            return max(greatest, (DoubleDouble(result) - value).double.magnitude / value.double.ulp)
        }
    }
}
