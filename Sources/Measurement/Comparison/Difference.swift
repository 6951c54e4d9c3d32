/// Something that two results differ in before any time is looked at.
package struct Difference: Codable, Sendable, Equatable {
    /// What differs.
    package enum Kind: String, Codable, Sendable {
        /// The machines are not the same.
        case machine
        /// The kernels were compiled for different instruction sets.
        case instructionSet
        /// One is a debug build, or both are where none may be.
        case configuration
        /// The compilers are not the same.
        case compiler
        /// Cells with a name have other data, or data that were read in another way.
        case data
    }

    /// What differs.
    package let kind: Kind

    /// What the first has.
    package let first: String

    /// What the second has.
    package let second: String

    /// What differs between `first` and `second`.
    static func all(_ first: Results, _ second: Results) -> [Difference] {
        var differences: [Difference] = []
        if !first.machine.isSame(as: second.machine) {
            let isPlain = first.machine.summary != second.machine.summary
            let (a, b) = (first.machine, second.machine)
            differences.append(
                Difference(
                    kind: .machine, first: isPlain ? a.summary : a.details,
                    second: isPlain ? b.summary : b.details))
        }
        let fields: [(Kind, String, String)] = [
            (.instructionSet, first.build.instructionSet, second.build.instructionSet),
            (.configuration, first.build.configuration, second.build.configuration),
            (.compiler, first.build.compiler, second.build.compiler),
        ]
        if let (a, b) = differentData(first.plan, second.plan) {
            differences.append(Difference(kind: .data, first: a, second: b))
        }
        return differences
            + fields.filter { $0.1 != $0.2 }.map { Difference(kind: $0, first: $1, second: $2) }
    }

    /// What two plans have for data, where both have some that are not random and they are not the same. The
    /// hashes tell, wherever the files lie; a hash that only one has tells nothing.
    private static func differentData(_ first: Plan, _ second: Plan) -> (String, String)? {
        guard let a = first.data, let b = second.data else { return nil }
        let (words, others) = (a.joined(separator: " "), b.joined(separator: " "))
        guard let hash = first.dataFingerprint, let other = second.dataFingerprint else {
            return a == b ? nil : (words, others)
        }
        if hash == other { return a.dropFirst() == b.dropFirst() ? nil : (words, others) }
        return ("\(words), fingerprint \(hash)", "\(others), fingerprint \(other)")
    }

    /// That neither is to be believed.
    static let bothDebug = Difference(kind: .configuration, first: "debug", second: "debug")
}

extension Difference: CustomStringConvertible {
    /// Such as `the instruction sets differ (x86-64-v3; x86-64-v4)`.
    package var description: String {
        guard first != second else { return "both are of \(first) builds, whose times say nothing" }
        let what =
            switch kind {
            case .machine: "the machines"
            case .instructionSet: "the instruction sets"
            case .configuration: "the builds"
            case .compiler: "the compilers"
            case .data: "the data"
            }
        return "\(what) differ (\(first); \(second))"
    }
}

extension Machine {
    /// What tells machines apart whose summaries are the same.
    fileprivate var details: String {
        let caches = caches.map { "L\($0.level) \($0.kind) \(ByteCount($0.bytes))" }
        return "\(summary): \(memoryBytes) bytes of memory, caches " + caches.joined(separator: ", ")
    }
}
