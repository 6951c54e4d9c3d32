extension CSV {
    /// `text` as a field of a file: in quotes where it holds a separator, a quote or a line end, or where
    /// blanks at its ends would be lost.
    package static func field(_ text: String) -> String {
        let special = text.unicodeScalars.contains { ",;\"\t\r\n".unicodeScalars.contains($0) }
        guard special || text.first == " " || text.last == " " else { return text }
        return "\"" + text.replacing("\"", with: "\"\"") + "\""
    }
}
