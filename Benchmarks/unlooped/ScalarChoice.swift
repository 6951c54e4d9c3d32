import Problems

/// The value of `--scalar` where both kinds can be had in one run.
enum ScalarChoice: String, CaseIterable, Sendable {
    case float
    case double
    case both

    /// The kinds that it stands for.
    var kinds: [ScalarKind] {
        switch self {
        case .float: [.float]
        case .double: [.double]
        case .both: [.float, .double]
        }
    }
}
