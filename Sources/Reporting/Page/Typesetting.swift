/// How words are set so that lines do not break where they should not.
enum Typesetting {
    private static let units: Set<Substring> = [
        "%", "×", "ns", "µs", "ms", "s", "B", "kB", "MB", "GB", "KiB", "MiB", "GiB", "GB/s", "times",
    ]

    /// `text` with spaces that do not break around `=`, and between a number and its unit.
    static func bound(_ text: String) -> String {
        let words = text.split(separator: " ", omittingEmptySubsequences: false)
        guard var result = words.first.map(String.init) else { return text }
        for (word, next) in zip(words, words.dropFirst()) {
            let unit = next.prefix { !".,;:)".contains($0) }
            let isQuantity = word.last?.isNumber == true && units.contains(unit)
            result += (word == "=" || next == "=" || isQuantity ? "\u{A0}" : " ") + next
        }
        return result
    }
}
