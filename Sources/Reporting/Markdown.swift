/// Pieces of Markdown (GitHub's, with tables).
package enum Markdown {
    /// `text` so that it reads as it is, in a table too: nothing in it marks anything up.
    static func escaped(_ text: String) -> String {
        var result = ""
        for character in text {
            switch character {
            case "&": result += "&amp;"
            case "<": result += "&lt;"
            case ">": result += "&gt;"
            case "|", "\\", "`", "*", "_", "[", "]": result += "\\\(character)"
            default: result += character.isNewline ? " " : String(character)
            }
        }
        return result
    }

    /// A table. Cells are Markdown already; all columns but the first `leading` are set to the right.
    static func table(_ head: [String], leading: Int = 1, _ rows: [[String]]) -> String {
        let rule = head.indices.map { $0 < leading ? ":--" : "--:" }
        return ([head, rule] + rows).map { "| " + $0.joined(separator: " | ") + " |" }.joined(separator: "\n")
    }

    /// Text as it is, each line of it set off.
    static func code(_ text: String) -> String {
        text.split(omittingEmptySubsequences: false, whereSeparator: \.isNewline).map { "    " + $0 }
            .joined(separator: "\n")
    }

    /// A list with a point for each item; nothing for none.
    static func list(_ items: [String]) -> String { items.map { "- " + $0 }.joined(separator: "\n") }

    /// A bar of block characters, `fraction` (from 0 to 1) of `width` characters long, to an eighth.
    package static func bar(_ fraction: Double, width: Int = 16) -> String {
        guard fraction.isFinite, fraction > 0 else { return "" }
        let eighths = Int((min(1, fraction) * Double(8 * width)).rounded())
        let parts = ["", "▏", "▎", "▍", "▌", "▋", "▊", "▉"]
        return String(repeating: "█", count: eighths / 8) + parts[eighths % 8]
    }
}
