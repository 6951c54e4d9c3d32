import Problems

/// One of the ladders.
package enum Ladder: CaseIterable, Sendable {
    case logistic, networks

    /// The ladder on which a problem of this shape is climbed.
    package init(of shape: Shape) { self = shape.hidden.isEmpty ? .logistic : .networks }

    /// Its rungs that compute in `Scalar`, from the explicit loops up.
    package func rungs<Scalar: LaneScalar>(_: Scalar.Type) -> [Rung<Scalar>] {
        switch self {
        case .logistic: LogisticLadder.rungs(Scalar.self)
        case .networks: NetworkLadder.rungs(Scalar.self)
        }
    }

    /// The same, without what computes.
    package func rungs(in scalar: ScalarKind) -> [RungInfo] {
        switch scalar {
        case .float: rungs(Float.self).map(\.info)
        case .double: rungs(Double.self).map(\.info)
        }
    }

    /// All its rungs. Each computes in `Float`, and nearly all in `Double` too.
    package var rungs: [RungInfo] { rungs(in: .float) }

    /// The names of its rungs.
    package var names: [String] { rungs.map(\.name) }

    /// The problem that its rungs solve, as in "no rung of networks".
    package var subject: String {
        switch self {
        case .logistic: "logistic regression"
        case .networks: "networks"
        }
    }
}

extension [Ladder] {
    /// The names of the rungs of these ladders, each once, from the foot up: several ladders have a `loops.nested`.
    package var names: [String] {
        flatMap(\.names).reduce(into: []) { names, name in if !names.contains(name) { names.append(name) } }
    }
}
