import Problems

/// What the judge found for one implementation in one case.
package struct Verdict: Codable, Sendable {
    /// The kinds of case.
    package enum Kind: String, Codable, Sendable, CaseIterable {
        /// Every sum is exact, so every implementation must give the same bits.
        case exact
        /// Random data, against a reference in extended precision, within a bound for that very data.
        case bounded
        /// Against numeric differences of J, and against values computed outside of Swift.
        case independent
        /// What data and models may hold at worst.
        case hostile
        /// The same bits for every number of threads.
        case threads
    }

    /// How it ended.
    package enum Outcome: String, Codable, Sendable {
        /// It agrees.
        case passed
        /// It does not.
        case failed
        /// It could not be tried here; the message says why.
        case skipped
    }

    /// The implementation's rung.
    package let implementation: String
    /// The scalar that it computed in.
    package let scalar: ScalarKind
    /// The kind of case.
    package let kind: Kind
    /// The case, by name.
    package let name: String
    /// The shape.
    package let m: Int
    /// The shape.
    package let nx: Int
    /// The seed that the data were made from; 0 where nothing is random.
    package let seed: UInt64
    /// Threads that could work at the same time.
    package let threads: Int

    /// How it ended.
    package let outcome: Outcome
    /// The greatest error against its bound: how great; nil where nothing was compared.
    package let error: Double?
    /// The bound of that error; 0 where the bits must be equal.
    package let bound: Double?
    /// The element that it was found at: `J`, `db` or `dw[j]`.
    package let element: String?
    /// In words, for a reader: what is, what should be, by how much they differ.
    package let message: String

    /// error / bound; nil where nothing was compared.
    package var ratio: Double? {
        guard let error, let bound else { return nil }
        return error == 0 ? 0 : error / bound
    }

    /// Everything that is needed to see it again, on one line.
    package var place: String {
        "\(implementation) \(scalar.rawValue) \(kind.rawValue)/\(name) m=\(m) nx=\(nx) seed=\(seed) threads=\(threads)"
    }
}

extension Verdict {
    /// The verdict on a gradient that was compared.
    init(_ trial: Trial, _ comparison: Comparison, note: String = "") {
        let (error, bound) = (comparison.error, comparison.bound)
        let holds = comparison.holds
        self.init(
            trial, outcome: holds ? .passed : .failed,
            // JSON has no infinity and no NaN; the message has them.
            error: error.isFinite ? error : .greatestFiniteMagnitude, bound: bound,
            element: comparison.element,
            message: holds
                ? note
                : "\(comparison.element) is \(comparison.value), should be \(comparison.expected): "
                    + "difference \(error), tolerance \(bound)" + (note.isEmpty ? "" : "; " + note))
    }

    /// A verdict without an error and a bound.
    init(
        _ trial: Trial, outcome: Outcome, error: Double? = nil, bound: Double? = nil, element: String? = nil,
        message: String
    ) {
        (implementation, scalar, kind, name) = (trial.rung.name, trial.scalar, trial.kind, trial.name)
        (m, nx, seed, threads) = (trial.m, trial.nx, trial.seed, trial.threads)
        (self.outcome, self.error, self.bound, self.element) = (outcome, error, bound, element)
        self.message = message
    }
}

/// What was tried: everything in a verdict but its outcome.
struct Trial {
    let rung: RungInfo
    let scalar: ScalarKind
    let kind: Verdict.Kind
    let name: String
    let m: Int
    let nx: Int
    let seed: UInt64
    var threads = 1
}
