import Foundation
import Problems
import Synchronization

/// The findings of a survey of a `Float` function.
package struct UlpSurveyResult: Sendable, Hashable {
    /// How many arguments were tried.
    package internal(set) var arguments = 0

    /// The greatest error, in units in the last place of the correctly rounded result.
    ///
    /// Measured against a value in `Double`, so that half an ulp is the error of perfect rounding.
    package internal(set) var greatestError = 0.0

    /// The argument where the greatest error occurs; of several the one of the least bit pattern.
    package internal(set) var argumentOfGreatestError: Float = 0

    /// How often a result was NaN and should not be, or should be and was not; was infinite where the
    /// exact value is finite and far from overflow, or finite where it is infinite; or was a zero of the
    /// wrong sign.
    package internal(set) var specialValueMistakes = 0

    /// The first argument with such a mistake.
    package internal(set) var firstMistake: Float?

    /// Whether every argument was tried that should have been.
    package internal(set) var isComplete = false

    /// Whether there is no special-value mistake and no error above `bound`, over all arguments.
    package func holds(within bound: Double) -> Bool {
        isComplete && specialValueMistakes == 0 && greatestError <= bound
    }
}

extension UlpSurveyResult {
    /// Counts one result in.
    @inline(__always)
    mutating func count(_ result: Float, exact: Double, at argument: Float) {
        arguments += 1
        if result.isNaN || exact.isNaN {
            if result.isNaN != exact.isNaN { noteMistake(at: argument) }
            return
        }
        let rounded = Float(exact)
        if !(result.isFinite && rounded.isFinite) || result == 0 {
            countLimit(result, exact: exact, rounded: rounded, at: argument)
        } else {
            note(error: Self.error(of: Double(result), exact: exact, rounded: rounded), at: argument)
        }
    }

    /// Adds what another part of the survey found.
    mutating func merge(_ other: UlpSurveyResult) {
        arguments += other.arguments
        let tie = other.greatestError == greatestError
        if other.greatestError > greatestError
            || tie && other.argumentOfGreatestError.bitPattern < argumentOfGreatestError.bitPattern
        {
            greatestError = other.greatestError
            argumentOfGreatestError = other.argumentOfGreatestError
        }
        specialValueMistakes += other.specialValueMistakes
        if let mistake = other.firstMistake, mistake.bitPattern < firstMistake?.bitPattern ?? .max {
            firstMistake = mistake
        }
    }

    /// Counts a result that is zero or infinite, or should be infinite.
    private mutating func countLimit(_ result: Float, exact: Double, rounded: Float, at argument: Float) {
        if result == 0 {
            // Underflow to zero is an error like every other; the sign must be right.
            if result.sign != exact.sign { noteMistake(at: argument) }
            if exact.isFinite {
                note(error: Self.error(of: 0, exact: exact, rounded: rounded), at: argument)
                return
            }
        }
        if exact.isInfinite || result.sign != exact.sign {
            if Double(result) != exact { noteMistake(at: argument) }
        } else if result != rounded {
            // Overflow too early or too late: infinity counts as the number that would follow.
            let clamp = { (value: Double) in max(-0x1p128, min(0x1p128, value)) }
            let error = abs(clamp(Double(result)) - clamp(exact)) / 0x1p104
            note(error: error, at: argument)
            if error > 16 { noteMistake(at: argument) }
        }
    }

    /// |result − exact| in units in the last place of `rounded`, at the least 2⁻¹⁴⁹.
    @inline(__always)
    private static func error(of result: Double, exact: Double, rounded: Float) -> Double {
        // The reciprocal of the unit, 2^(150 − E) for the biased exponent E, made from its bits: `ulp`
        // would be a function call for each of billions of arguments.
        let exponent = max(1, (rounded.bitPattern >> 23) & 0xff)
        let unitsPerOne = Double(bitPattern: UInt64(1023 + 150 - exponent) << 52)
        return abs(result - exact) * unitsPerOne
    }

    @inline(__always)
    private mutating func note(error: Double, at argument: Float) {
        if error > greatestError {
            greatestError = error
            argumentOfGreatestError = argument
        }
    }

    private mutating func noteMistake(at argument: Float) {
        specialValueMistakes += 1
        if firstMistake == nil { firstMistake = argument }
    }
}

/// Tries a vectorized `Float` function on every one of the 2³² arguments, or on a sample of them, against
/// the same function in `Double` by the C library.
///
/// The bit patterns are tried in order, `stride` apart: an odd stride meets every exponent, both signs, and
/// NaN. The work is spread over the processors. `progress` is called with the fraction done, never by two
/// threads at once, and ends the survey by returning `false`.
package struct UlpSurvey: Sendable {
    /// A function of one argument: arguments, and room for as many results.
    package typealias Function =
        @Sendable (_ x: UnsafeBufferPointer<Float>, _ results: UnsafeMutableBufferPointer<Float>) -> Void

    /// The activation and the loss: z, labels, and room for as many of each.
    package typealias LogisticFunction =
        @Sendable (
            _ z: UnsafeBufferPointer<Float>, _ labels: UnsafeBufferPointer<Float>,
            _ activations: UnsafeMutableBufferPointer<Float>, _ losses: UnsafeMutableBufferPointer<Float>
        ) -> Void

    /// From one bit pattern to the next: 1 tries all.
    package var stride: Int

    /// Called with the fraction done; `false` ends the survey.
    package var progress: @Sendable (Double) -> Bool

    /// A survey of every argument, or of every `stride`th.
    package init(stride: Int = 1, progress: @escaping @Sendable (Double) -> Bool = { _ in true }) {
        precondition(stride >= 1, "a stride of \(stride)")
        self.stride = stride
        self.progress = progress
    }

    /// Surveys an exponential.
    package func exp(_ function: @escaping Function) -> UlpSurveyResult {
        survey(function) { Foundation.exp($0) }
    }

    /// Surveys a log(1 + x).
    package func log1p(_ function: @escaping Function) -> UlpSurveyResult {
        survey(function) { Foundation.log1p($0) }
    }

    /// Surveys a logistic function σ.
    package func sigmoid(_ function: @escaping Function) -> UlpSurveyResult {
        survey(function) { Self.activation($0, Foundation.exp(-abs($0))) }
    }

    /// Surveys an activation and loss for every z and one label, 0 or 1.
    package func logistic(
        label: Float, _ function: @escaping LogisticFunction
    ) -> (activation: UlpSurveyResult, loss: UlpSurveyResult) {
        let results = forEachBlock { z, tallies in
            let count = z.count
            withUnsafeTemporaryAllocation(of: Float.self, capacity: 3 * count) { room in
                let labels = UnsafeMutableBufferPointer(rebasing: room[..<count])
                let activations = UnsafeMutableBufferPointer(rebasing: room[count..<2 * count])
                let losses = UnsafeMutableBufferPointer(rebasing: room[(2 * count)...])
                room.initialize(repeating: label)
                function(z, UnsafeBufferPointer(labels), activations, losses)
                for i in 0..<count {
                    let exact = Double(z[i])
                    let e = Foundation.exp(-abs(exact))
                    let t = label == 1 ? -exact : exact
                    let loss = (t > 0 ? t : 0) + Foundation.log1p(e)
                    tallies.0.count(activations[i], exact: Self.activation(exact, e), at: z[i])
                    tallies.1.count(losses[i], exact: t.isNaN ? t : loss, at: z[i])
                }
            }
        }
        return (results.0, results.1)
    }

    /// σ(z) from e = e^(−|z|), without overflow or cancellation.
    @inline(__always)
    private static func activation(_ z: Double, _ e: Double) -> Double {
        (z < 0 ? e : 1) / (1 + e)
    }

    /// Surveys a function of one argument. Inlined, so that the reference is part of the loop.
    @inline(__always)
    private func survey(
        _ function: @escaping Function, against reference: @escaping @Sendable (Double) -> Double
    ) -> UlpSurveyResult {
        forEachBlock { x, tallies in
            withUnsafeTemporaryAllocation(of: Float.self, capacity: x.count) { results in
                results.initialize(repeating: 0)
                function(x, results)
                for i in 0..<x.count {
                    tallies.0.count(results[i], exact: reference(Double(x[i])), at: x[i])
                }
            }
        }.0
    }

    private typealias Tallies = (UlpSurveyResult, UlpSurveyResult)

    /// Calls `body` with all arguments, some thousands at a time, on all processors.
    private func forEachBlock(
        _ body: @escaping @Sendable (UnsafeBufferPointer<Float>, inout Tallies) -> Void
    ) -> Tallies {
        let total = ((1 << 32) + stride - 1) / stride
        let block = 1 << 11  // arguments at a time: 8 KiB, so that everything stays in the first cache
        let chunk = max(block, min(1 << 22, total / 64))  // arguments between two calls of `progress`
        let chunks = (total + chunk - 1) / chunk
        let state = Mutex((tallies: (UlpSurveyResult(), UlpSurveyResult()), done: 0, goesOn: true))

        DispatchQueue.concurrentPerform(iterations: chunks) { index in
            guard state.withLock({ $0.goesOn }) else { return }
            let end = min((index + 1) * chunk, total)
            var tallies = (UlpSurveyResult(), UlpSurveyResult())
            withUnsafeTemporaryAllocation(of: Float.self, capacity: block) { x in
                x.initialize(repeating: 0)
                for start in Swift.stride(from: index * chunk, to: end, by: block) {
                    let count = min(block, end - start)
                    for i in 0..<count {
                        x[i] = Float(bitPattern: UInt32(truncatingIfNeeded: (start + i) * stride))
                    }
                    body(UnsafeBufferPointer(rebasing: x[..<count]), &tallies)
                }
            }
            state.withLock {
                $0.tallies.0.merge(tallies.0)
                $0.tallies.1.merge(tallies.1)
                $0.done += 1
                $0.goesOn = progress(Double($0.done) / Double(chunks)) && $0.goesOn
            }
        }
        return state.withLock {
            $0.tallies.0.isComplete = $0.done == chunks
            $0.tallies.1.isComplete = $0.done == chunks
            return $0.tallies
        }
    }
}

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
