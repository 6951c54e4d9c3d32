import Ladders
import Problems

/// The values of `--only` and `--scalar`, where several of both can be had in one run.
struct RungChoice {
    /// The names of rungs; nil where none were given.
    let names: [String]?

    /// What is computed in: of what was asked for, that which one of the rungs computes in.
    let scalars: [ScalarKind]

    init(_ arguments: Arguments) throws(UsageError) {
        let names = try arguments.names("--only", among: LogisticLadder.rungs.map { $0.name })
        let asked = (try arguments.choice("--scalar", as: ScalarChoice.self) ?? .both).kinds
        scalars = asked.filter { scalar in
            LogisticLadder.rungs(in: scalar).contains { names?.contains($0.name) ?? true }
        }
        if scalars.isEmpty, let names {
            throw UsageError(
                "\(names.joined(separator: ", ")): computes in \(Self.other(than: asked)) only; "
                    + "give another --scalar")
        }
        self.names = names
    }

    /// The names of all rungs that compute in one of the scalars.
    var all: [String] {
        LogisticLadder.rungs.filter { rung in scalars.contains { LogisticLadder.rungs(in: $0).contains(rung) }
        }
        .map { $0.name }
    }

    private static func other(than asked: [ScalarKind]) -> String {
        ScalarKind.allCases.filter { !asked.contains($0) }.map { $0.rawValue }.joined(separator: " and ")
    }
}
