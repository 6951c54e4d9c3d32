import Agreement
import Foundation
import Problems

/// The verdicts as a table: a row for each implementation, scalar and kind of case, with the error that
/// comes closest to its bound.
struct VerdictTable {
    private let verdicts: [Verdict]

    init(_ verdicts: [Verdict]) { self.verdicts = verdicts }

    /// The table and a line that sums it up.
    var text: String {
        var groups: [[Verdict]] = []
        var places: [String: Int] = [:]
        for verdict in verdicts {
            let key = "\(verdict.scalar) \(verdict.implementation) \(verdict.kind)"
            if let place = places[key] {
                groups[place].append(verdict)
            } else {
                places[key] = groups.count
                groups.append([verdict])
            }
        }
        let order = Verdict.Kind.allCases
        let names = verdicts.map(\.implementation)
        let sorted = groups.sorted { a, b in
            let (a, b) = (a[0], b[0])
            return (
                a.scalar.size, names.firstIndex(of: a.implementation) ?? 0, order.firstIndex(of: a.kind) ?? 0
            )
                < (
                    b.scalar.size, names.firstIndex(of: b.implementation) ?? 0,
                    order.firstIndex(of: b.kind) ?? 0
                )
        }
        var lines = [
            "implementation   scalar  kind         cases  error    bound    ratio  where                        verdict"
        ]
        lines += sorted.map(row)
        let failed = verdicts.count { $0.outcome == .failed }
        let skipped = verdicts.count { $0.outcome == .skipped }
        lines.append("")
        lines.append(
            "\(verdicts.count) verdicts: \(verdicts.count - failed - skipped) agree, \(failed) disagree, "
                + "\(skipped) skipped")
        return lines.joined(separator: "\n")
    }

    private func row(_ group: [Verdict]) -> String {
        let worst =
            group.first { $0.outcome == .failed }
            ?? group.max { ($0.ratio ?? -1) < ($1.ratio ?? -1) } ?? group[0]
        let exact = worst.kind == .exact && worst.outcome == .passed
        let outcome = Terminal.styled(
            worst.outcome.rawValue, worst.outcome == .failed ? .red : .green, on: .output)
        let element = worst.element ?? ""
        let place = exact ? "" : "\(element) \(worst.name) \(worst.m)×\(worst.nx)"
        return [
            worst.implementation.padded(to: 16), worst.scalar.rawValue.padded(to: 7),
            worst.kind.rawValue.padded(to: 12), "\(group.count)".padded(to: 6),
            Self.number(worst.error).padded(to: 8),
            exact ? "0".padded(to: 8) : Self.number(worst.bound).padded(to: 8),
            Self.ratio(worst.ratio).padded(to: 6), place.padded(to: 28), outcome,
        ].joined(separator: " ")
    }

    private static func number(_ value: Double?) -> String {
        guard let value else { return "-" }
        return value == 0 ? "0" : String(format: "%.1e", value)
    }

    private static func ratio(_ value: Double?) -> String {
        guard let value else { return "-" }
        return value > 100 ? "> 100" : String(format: "%.3f", value)
    }
}
