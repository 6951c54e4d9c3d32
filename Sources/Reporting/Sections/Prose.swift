import Measurement

/// Phrases that several sections use.
enum Prose {
    /// A capital at its beginning and a full stop at its end.
    static func sentence(_ text: String) -> String { capitalized(text) + "." }

    /// A capital at its beginning.
    static func capitalized(_ text: String) -> String { text.prefix(1).uppercased() + text.dropFirst() }

    /// `loops.flat, arrays.whole and simd.fused`.
    static func list(_ words: [String]) -> String {
        guard let last = words.last, words.count > 1 else { return words.first ?? "" }
        return words.dropLast().joined(separator: ", ") + " and " + last
    }

    /// `1 cell`, `3 cells`.
    static func count(_ number: Int, _ noun: String) -> String {
        "\(grouped(number)) \(noun)\(number == 1 ? "" : "s")"
    }

    /// A whole number, in groups of three.
    static func grouped(_ value: Int) -> String {
        var digits = String(value)
        var groups: [String] = []
        while digits.count > 3 {
            groups.insert(String(digits.suffix(3)), at: 0)
            digits.removeLast(3)
        }
        return ([digits] + groups).joined(separator: "\u{202F}")
    }
}

extension Section {
    /// A section with nothing but a line in its place; the parameters are those of the line.
    static func leftOut(
        _ id: String, _ title: String, _ what: String, since reason: String, command: String,
        run circumstance: String? = nil
    ) -> Section {
        Section(id, title, [.leftOut(what, since: reason, command: command, run: circumstance)])
    }
}

extension Item {
    /// A line in place of what the results hold nothing for.
    ///
    /// - Parameters:
    ///   - what: what is left out.
    ///   - reason: why, as the end of a sentence.
    ///   - command: what would fill it.
    ///   - circumstance: how that is to be run, where it matters.
    static func leftOut(
        _ what: String, since reason: String, command: String, run circumstance: String? = nil
    ) -> Item {
        let how = circumstance.map { ", run \($0)," } ?? ""
        return .leftOut("Left out: \(what), since \(reason). \(code: command)\(how) would fill it in.")
    }
}
