import Problems

/// Holds implementations to the reference: the one harness that tests, `verify` and every timing share.
package struct Judge<Scalar: RealScalar>: Sendable {
    /// What is tried.
    package let suite: Suite

    /// Where random data come from.
    package let seed: UInt64

    /// A judge for a suite.
    package init(suite: Suite, seed: UInt64 = 1) {
        (self.suite, self.seed) = (suite, seed)
    }

    /// Tries every case on every implementation.
    ///
    /// - Parameters:
    ///   - fixtures: values computed outside of Swift, to be compared with as well.
    ///   - progress: called after each case, with the fraction done; false ends the trial there.
    /// - Returns: a verdict for each case and implementation, in that order.
    package func verdicts(
        on types: [Rung<Scalar>], fixtures: [Fixture] = [],
        progress: (_ done: Double, _ name: String) -> Bool = { _, _ in true }
    ) -> [Verdict] {
        let cases = self.cases(fixtures)
        var verdicts: [Verdict] = []
        for (i, one) in cases.enumerated() {
            let judgement = one.prepare()
            for type in types where one.applies(type.info) { verdicts += judgement(type) }
            guard progress(Double(i + 1) / Double(cases.count), one.name) else { break }
        }
        return verdicts
    }

    /// The verdict on a gradient of a data set of the caller's, computed by something that sums as `rung` says:
    /// every timing is preceded by it.
    ///
    /// - Parameter gradient: n_x derivatives, at the model of the reference.
    package static func verdict(
        on gradient: Gradient<Scalar>, by rung: RungInfo, _ data: Dataset<Scalar>,
        against reference: Reference<Scalar>, seed: UInt64, threads: Int
    ) -> Verdict {
        let trial = Trial(
            rung: rung, scalar: Scalar.kind, kind: .bounded, name: "cell", m: data.m, nx: data.nx, seed: seed,
            threads: threads)
        let bound = ErrorBound(reference, rung)
        return Verdict(
            trial, Comparison(gradient, reference, bound),
            note: bound.J == nil ? "J has no bound: too many additions for this scalar" : "")
    }

    private func cases(_ fixtures: [Fixture]) -> [Case<Scalar>] {
        let processors = suite.threadCounts.max() ?? 1
        var cases: [Case<Scalar>] = []
        for (n, shape) in suite.exact.enumerated() {
            cases.append(.exactBackward(shape, seed: seed &+ UInt64(n), threads: processors))
            cases.append(.exactForward(shape, seed: seed &+ UInt64(n), bias: 1, threads: processors))
            cases.append(.exactForward(shape, seed: seed &+ UInt64(n), bias: -1, threads: processors))
        }
        for (n, shape) in suite.bounded.enumerated() {
            for scale in Case<Scalar>.scales {
                cases.append(.random(shape, seed: seed &+ UInt64(n), scale: scale, threads: processors))
            }
        }
        for shape in suite.numeric { cases.append(.numericGradient(shape, seed: seed)) }
        cases += fixtures.flatMap { Case<Scalar>.fixture($0) }
        for (n, shape) in suite.hostile.enumerated() {
            cases += Case<Scalar>.hostile(shape, seed: seed &+ UInt64(n))
        }
        for shape in suite.threads { cases.append(.threads(shape, seed: seed, counts: suite.threadCounts)) }
        return cases
    }
}

/// One case: data and a model, and what must come of them.
struct Case<Scalar: RealScalar> {
    let name: String

    /// Which rungs it is for.
    var applies: (RungInfo) -> Bool = { _ in true }

    /// Makes data and reference, once for all implementations, and hands back how to judge one of them.
    let prepare: () -> (Rung<Scalar>) -> [Verdict]
}
