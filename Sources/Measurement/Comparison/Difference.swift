/// Something that two results differ in before any time is looked at.
package struct Difference: Codable, Sendable, Equatable {
    package enum Kind: String, Codable, Sendable {
        case machine
        /// The instruction set that the kernels were compiled for.
        case instructionSet
        /// One is a debug build, or both are where none may be.
        case configuration
        case compiler
        /// The data of cells with a name, or how they were read.
        case data
    }

    package let kind: Kind
    /// The property of the first results, and that of the second.
    package let first, second: String

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

    /// The data of two plans, where both have some that are not random and they are not the same. The hashes
    /// decide, wherever the files lie; a hash that only one has decides nothing.
    private static func differentData(_ first: Plan, _ second: Plan) -> (String, String)? {
        guard let a = first.data, let b = second.data else { return nil }
        let (words, others) = (a.joined(separator: " "), b.joined(separator: " "))
        guard let hash = first.dataFingerprint, let other = second.dataFingerprint else {
            return a == b ? nil : (words, others)
        }
        if hash == other { return a.dropFirst() == b.dropFirst() ? nil : (words, others) }
        return ("\(words), fingerprint \(hash)", "\(others), fingerprint \(other)")
    }

    /// Neither is to be believed.
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
    /// More than the summary, for machines whose summaries are the same.
    fileprivate var details: String {
        let caches = caches.map { "L\($0.level) \($0.kind) \(ByteCount($0.bytes))" }
        return "\(summary): \(memoryBytes) bytes of memory, caches " + caches.joined(separator: ", ")
    }
}

/// A cell, or an implementation in a cell, that has a time in only one of two results.
package struct Unmatched: Codable, Sendable, Equatable {
    package enum Side: String, Codable, Sendable { case old, new }

    package let cell: Cell
    /// The implementation; nil where the whole cell is missing.
    package let rung: String?
    /// Where it has a time.
    package let onlyIn: Side
    /// Why it has none in the other; nil where it is missing there.
    package let reason: String?

    static func all(
        _ old: Results, _ new: Results, _ isWanted: (Cell, String) -> Bool
    ) -> [Unmatched] {
        func all(in old: Results, without new: Results, _ side: Side) -> [Unmatched] {
            old.cells.flatMap { before in
                let wanted = before.timed.filter { isWanted(before.cell, $0.rung) }
                guard let after = new[before.cell] else {
                    let cell = Unmatched(cell: before.cell, rung: nil, onlyIn: side, reason: nil)
                    return wanted.isEmpty ? [] : [cell]
                }
                return wanted.map { (rung: $0.rung, other: after.rung($0.rung)) }
                    .filter { $0.other?.stepTime == nil }
                    .map {
                        Unmatched(
                            cell: before.cell, rung: $0.rung, onlyIn: side,
                            reason: $0.other?.reasonForNoTime)
                    }
            }
        }
        return all(in: old, without: new, .old) + all(in: new, without: old, .new)
    }
}

extension RungResult {
    fileprivate var reasonForNoTime: String {
        verdict?.passed == false ? "it disagrees with the reference" : skipped ?? "it was not sampled"
    }
}
