import Problems

/// What the implementations are called, whatever they compute in.
package enum Ladder {
    /// All, in the order of the ladder. Each computes in `Float`, nearly all in `Double` too.
    package static var rungs: [Rung] { rungs(in: .float) }

    /// Those that compute in `scalar`.
    package static func rungs(in scalar: ScalarKind) -> [Rung] {
        switch scalar {
        case .float: Catalog<Float>.all.map { $0.rung }
        case .double: Catalog<Double>.all.map { $0.rung }
        }
    }
}
