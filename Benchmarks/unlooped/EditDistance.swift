/// How far apart two words are, for "did you mean".
enum EditDistance {
    /// The fewest insertions, deletions, replacements and swaps of neighbours that turn one word into
    /// the other (optimal string alignment).
    static func between(_ first: String, _ second: String) -> Int {
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

    /// The name that was probably meant; nil where none is near.
    static func nearest(to word: String, among names: [String]) -> String? {
        // A user's word may be of any length, and the table is its length times a name's.
        guard word.count <= 64 else { return nil }
        let distances = names.map { (name: $0, distance: between(word, $0)) }
        guard let best = distances.min(by: { $0.distance < $1.distance }) else { return nil }
        return best.distance <= max(1, word.count / 3) ? best.name : nil
    }
}
