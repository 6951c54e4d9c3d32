/// A command line that cannot be followed.
struct UsageError: Error, CustomStringConvertible {
    /// The fault and what was expected, followed by what is possible.
    let description: String

    /// An error with a message of its own.
    ///
    /// - Parameter possible: what would have been possible, one line each.
    init(_ message: String, possible: [String] = []) {
        description = ([message] + possible.map { "  " + $0 }).joined(separator: "\n")
    }

    /// Two inputs that are both `-`.
    static let twiceStandardInput = UsageError("MODEL and DATA are both '-'; expected a path for one of them")

    /// A name that is not one of `names`, with a guess at what was meant.
    ///
    /// - Parameter kind: what the name stands for, such as `verb` or `option`.
    init(unknown kind: String, _ found: String, among names: [String]) {
        let meant = Self.nearest(to: found, among: names).map { "; did you mean '\($0)'?" } ?? ""
        self.init(
            "unknown \(kind) '\(found)'\(meant)", possible: ["possible: " + names.joined(separator: ", ")])
    }

    /// A value that an option cannot take.
    init(option: String, found: String, expected: String) {
        self.init("\(option) is '\(found)'; expected \(expected)")
    }

    /// The name that was probably meant; nil where none is near.
    private static func nearest(to word: String, among names: [String]) -> String? {
        // A user's word may be of any length, and the table is its length times a name's.
        guard word.count <= 64 else { return nil }
        let distances = names.map { (name: $0, distance: distance(word, $0)) }
        guard let best = distances.min(by: { $0.distance < $1.distance }) else { return nil }
        return best.distance <= max(1, word.count / 3) ? best.name : nil
    }

    /// The fewest insertions, deletions, replacements and swaps of neighbours that turn one word into
    /// the other (optimal string alignment).
    private static func distance(_ first: String, _ second: String) -> Int {
        let (a, b) = (Array(first.lowercased()), Array(second.lowercased()))
        var beforeLast: [Int] = []
        var last = Array(0...b.count)
        for i in a.indices {
            var row = [i + 1]
            for j in b.indices {
                var least = min(last[j + 1] + 1, row[j] + 1, last[j] + (a[i] == b[j] ? 0 : 1))
                if i > 0, j > 0, a[i] == b[j - 1], a[i - 1] == b[j] {
                    least = min(least, beforeLast[j - 1] + 1)
                }
                row.append(least)
            }
            (beforeLast, last) = (last, row)
        }
        return last[b.count]
    }
}
