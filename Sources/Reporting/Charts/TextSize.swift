/// The room that texts take, in units of a picture, which is 640 of them wide.
///
/// No font is at hand to measure with, so a width is a guess that most texts stay within. Room is kept for
/// the text size of a narrow screen, where a picture is drawn at little more than half its size and texts
/// must be larger in it to be read.
enum TextSize {
    /// On a wide screen.
    static let wide = 14.5

    /// On a narrow one: 10.7 pixels where the picture has 360.
    static let narrow = 19.0

    /// From one line to the next.
    static let line = 22.0

    /// Between two texts of a line.
    static let gap = 10.0

    /// The width of a text: wide fonts take 0.6 of their size for each character, and a tenth more where
    /// they are strong.
    static func width(_ text: String, isStrong: Bool = false) -> Double {
        (isStrong ? 0.66 : 0.6) * narrow * Double(text.count)
    }

    /// The width of the widest text.
    static func width(_ texts: [String], isStrong: Bool = false) -> Double {
        texts.map { width($0, isStrong: isStrong) }.max() ?? 0
    }

    /// `name`, or its beginning where it is longer than `length`: any longer one does not fit next to a picture.
    static func shortened(_ name: String, to length: Int = 24) -> String {
        name.count > length ? name.prefix(length - 1) + "…" : name
    }

    /// `text` in lines of at most `width`, broken at spaces; a word that is wider stays whole.
    static func lines(_ text: String, width: Double) -> [String] {
        var lines: [String] = []
        for word in text.split(separator: " ") {
            if let last = lines.last, self.width(last + " " + word) <= width {
                lines[lines.count - 1] = last + " " + word
            } else {
                lines.append(String(word))
            }
        }
        return lines
    }
}
