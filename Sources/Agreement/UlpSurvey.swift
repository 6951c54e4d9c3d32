import Foundation
import Synchronization

/// What a survey of a `Float` function found.
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
