import Problems

/// The judgement of one rung in one case.
package struct Verdict: Codable, Sendable {
    /// The kinds of case.
    package enum Kind: String, Codable, Sendable, CaseIterable {
        /// Every sum is exact, so every rung must give the same bits.
        case exact
        /// Random data, against a reference in extended precision, within a bound for that very data.
        case bounded
        /// Against numeric differences of J, and against values computed outside of Swift.
        case independent
        /// The worst that data and models may hold.
        case hostile
        /// The same bits for every number of threads.
        case threads
        /// exp, log1p, σ and the loss on arrays, against extended precision.
        case functions
    }

    /// How it ended.
    package enum Outcome: String, Codable, Sendable {
        case passed
        case failed
        /// It could not be tried here; the message says why.
        case skipped
    }

    /// The ladders, whose rungs have the same names.
    package enum Ladder: String, Codable, Sendable, CaseIterable {
        case logistic
        case networks
    }

    /// The ladder of the rung.
    package let ladder: Ladder
    /// The name of the rung.
    package let implementation: String
    package let scalar: ScalarKind
    package let kind: Kind
    /// The case, by name.
    package let name: String
    package let m, nx: Int
    /// The units of each hidden layer, and their activation; nil without hidden layers.
    package let hidden: [Int]?
    package let activation: Activation?
    /// The seed that the data were made from; 0 where nothing is random.
    package let seed: UInt64
    /// Threads that could work at the same time.
    package let threads: Int

    package let outcome: Outcome
    /// The error that is greatest relative to its bound; nil where nothing was compared.
    package let error: Double?
    /// The bound of that error; 0 where the bits must be equal.
    package let bound: Double?
    /// The element that has it: `J`, `db` or `dw[j]`.
    package let element: String?
    /// For a reader: what is, what should be, and how much they differ by.
    package let message: String

    /// error / bound; nil where nothing was compared.
    package var ratio: Double? {
        guard let error, let bound else { return nil }
        return error == 0 ? 0 : error / bound
    }

    /// Everything that is needed to see it again, on one line.
    package var place: String {
        (ladder == .logistic ? "" : "\(ladder.rawValue) ")
            + "\(implementation) \(scalar.rawValue) \(kind.rawValue)/\(name) m=\(m) nx=\(nx)"
            + (hidden.map { " hidden=\($0.map(String.init).joined(separator: ","))" } ?? "")
            + (activation.map { " activation=\($0.rawValue)" } ?? "") + " seed=\(seed) threads=\(threads)"
    }

    init<Scalar>(_ trial: Case<Scalar>, _ rung: RungInfo, _ finding: Finding) {
        (implementation, scalar, kind) = (rung.name, Scalar.kind, trial.kind)
        (name, threads) = (finding.name ?? trial.name, finding.threads ?? trial.threads)
        (m, nx, seed) = (trial.shape.m, trial.shape.nx, trial.seed)
        let isNetwork = !trial.shape.hidden.isEmpty
        (ladder, hidden) = (trial.ladder, isNetwork ? trial.shape.hidden : nil)
        activation = isNetwork ? trial.activation : nil
        (outcome, error, bound) = (finding.outcome, finding.error, finding.bound)
        (element, message) = (finding.element, finding.message)
    }
}

/// The outcome of one trial of a case, which makes a verdict of it.
struct Finding {
    var outcome: Verdict.Outcome
    var error, bound: Double?
    var element: String?
    var message = ""

    /// Where a case makes several trials: this one's name and number of threads, in place of those of the case.
    var name: String?, threads: Int?

    /// Nothing was compared.
    init(_ outcome: Verdict.Outcome, _ message: String = "") {
        (self.outcome, self.message) = (outcome, message)
    }

    init(_ comparison: Comparison, note: String = "") {
        let (error, bound, holds) = (comparison.error, comparison.bound, comparison.holds)
        outcome = holds ? .passed : .failed
        // JSON has no infinity and no NaN; the message has them.
        self.error = error.isFinite ? error : .greatestFiniteMagnitude
        (self.bound, element) = (bound, comparison.element)
        message =
            holds
            ? note
            : "\(comparison.element) is \(comparison.value), should be \(comparison.expected): "
                + "difference \(error), tolerance \(bound)" + (note.isEmpty ? "" : "; " + note)
    }

    /// Whether a gradient is within the derived bounds of those who sum and store X so.
    init<Scalar>(
        _ gradient: Gradient<Scalar>, _ reference: Reference<Scalar>, _ sums: Summation, _ storage: Storage
    ) {
        let bound = ErrorBound(reference, sums, storage: storage)
        let notes = [
            bound.J == nil ? "J has no bound: too many additions for this scalar" : nil,
            reference.doubtful > 0
                ? "\(reference.doubtful) z are so near the kink that either side is allowed" : nil,
        ]
        self.init(
            Comparison(gradient, reference, bound), note: notes.compactMap(\.self).joined(separator: "; "))
    }

    /// The same where all sums are in the scalar's range; beyond it nothing is promised but that nothing traps.
    init<Scalar>(
        inRange gradient: Gradient<Scalar>, _ reference: Reference<Scalar>, _ sums: Summation,
        _ storage: Storage
    ) {
        if reference.terms(storage).isInRange {
            self.init(gradient, reference, sums, storage)
        } else {
            self.init(.passed, "sums out of range: nothing trapped")
        }
    }

    /// The same under a name of its own.
    func named(_ name: String, threads: Int? = nil) -> Finding {
        var result = self
        (result.name, result.threads) = (name, threads)
        return result
    }
}

/// The element of a gradient whose error is greatest relative to its tolerance.
package struct Comparison: Sendable {
    /// `J`, or the derivative by a parameter: `dw[j]` with features counted from 0, `db`.
    package private(set) var element = "J"

    private(set) var value = 0.0
    private(set) var expected = 0.0

    /// |value − expected|; NaN where the value is.
    private(set) var error = 0.0

    /// The greatest error that a correct implementation may have; 0 where the bits must be equal.
    private(set) var bound = 0.0

    private var isEmpty = true

    /// Whether the elements are equal or within their bounds.
    package var holds: Bool { error <= bound }

    /// error / bound: at most 1 where it holds. 0 where both are 0.
    package var ratio: Double {
        if error == 0 { return 0 }
        return error.isNaN ? .infinity : error / bound
    }

    /// Compares J and the derivatives with a reference. J is left out where it has no bound.
    ///
    /// - Parameter addition: what is allowed beyond the bounds, for each derivative.
    package init<Scalar>(
        _ gradient: Gradient<Scalar>, _ reference: Reference<Scalar>, _ bound: ErrorBound,
        addition: [Double]? = nil
    ) {
        let m = DoubleDouble(Double(reference.shape.m))
        if let J = bound.J { consider("J", Double(gradient.J), reference.loss / m, J) }
        for (j, derivative) in gradient.derivatives.enumerated() {
            consider(
                Self.derivative(j, reference.shape), Double(derivative), reference.derivatives[j] / m,
                bound.derivatives[j] + (addition?[j] ?? 0))
        }
    }

    /// Compares a gradient with the one that it must be equal to.
    ///
    /// - Parameter includingJ: whether J must be equal too.
    init<Scalar>(
        _ gradient: Gradient<Scalar>, equals exact: Gradient<Scalar>, _ shape: Shape, includingJ: Bool
    ) {
        func consider(_ element: @autoclosure () -> String, _ value: Scalar, _ expected: Scalar) {
            // NaN where NaN is due is right.
            if value == expected || (value.isNaN && expected.isNaN) { return }
            self.consider(element(), Double(value), DoubleDouble(Double(expected)), 0)
        }
        if includingJ { consider("J", gradient.J, exact.J) }
        for (j, derivative) in gradient.derivatives.enumerated() {
            consider(Self.derivative(j, shape), derivative, exact.derivatives[j])
        }
    }

    private static func derivative(_ j: Int, _ shape: Shape) -> String { "d" + shape.parameterName(j) }

    /// Keeps the element if it is the first, or worse than the one that was kept.
    private mutating func consider(
        _ element: @autoclosure () -> String, _ value: Double, _ expected: DoubleDouble, _ bound: Double
    ) {
        var candidate = self
        (candidate.value, candidate.expected, candidate.bound) = (value, expected.double, bound)
        // An infinity less itself is NaN, but right.
        candidate.error =
            value == expected.high && !value.isFinite
            ? 0 : (DoubleDouble(value) - expected).high.magnitude
        guard isEmpty || candidate.ratio > ratio else { return }
        candidate.element = element()
        candidate.isEmpty = false
        self = candidate
    }
}
