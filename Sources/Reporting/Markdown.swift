/// Pieces of Markdown (GitHub's, with tables).
package enum Markdown {
    /// `text` so that it reads as it is, in a table too: nothing in it marks anything up.
    ///
    /// It goes by scalars, since a sign with an accent on it is a character that equals no sign.
    package static func escaped(_ text: String) -> String {
        var result = ""
        for scalar in text.unicodeScalars {
            switch scalar {
            case "&": result += "&amp;"
            case "<": result += "&lt;"
            case ">": result += "&gt;"
            case "|", "\\", "`", "*", "_", "[", "]", "~", "$", "#": result += "\\\(scalar)"
            default: result += isBreak(scalar) ? " " : String(scalar)
            }
        }
        return result
    }

    /// Text in the type of what one types.
    static func code(span text: String) -> String {
        let inner = String(String.UnicodeScalarView(text.unicodeScalars.map { isBreak($0) ? " " : $0 }))
        // A fence longer than any within (CommonMark 0.31, §6.1).
        let longest = inner.split { $0 != "`" }.map(\.count).max() ?? 0
        let fence = String(repeating: "`", count: longest + 1)
        let gap = inner.hasPrefix("`") || inner.hasSuffix("`") ? " " : ""
        return fence + gap + inner + gap + fence
    }

    /// A table, with its cells escaped; columns of numbers are set to the right.
    package static func table(_ table: DataTable) -> String {
        let rule = table.head.indices.map { $0 < table.leading ? ":--" : "--:" }
        let rows = [table.head.map { escaped($0) }, rule] + table.rows.map { $0.map { escaped($0) } }
        return rows.map { "| " + $0.joined(separator: " | ") + " |" }.joined(separator: "\n")
    }

    /// Text as it is, each line of it set off.
    static func code(_ text: String) -> String {
        text.split(omittingEmptySubsequences: false, whereSeparator: \.isNewline).map { "    " + $0 }
            .joined(separator: "\n")
    }

    /// Whether a line may end there.
    private static func isBreak(_ scalar: Unicode.Scalar) -> Bool {
        ("\u{A}"..."\u{D}").contains(scalar) || ["\u{85}", "\u{2028}", "\u{2029}", "\0"].contains(scalar)
    }
}
