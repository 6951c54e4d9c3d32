/// A table of coloured cells with texts in them.
struct HeatMap: Chart {
    struct Shade: Sendable, Equatable {
        enum Level: Int, Sendable { case faint = 1, medium, full }

        let hue: Look.Hue
        let level: Level
        let isOpen: Bool

        /// A shade; an open one has a broken edge, for what is not clear.
        init(_ hue: Look.Hue, _ level: Level, isOpen: Bool = false) {
            (self.hue, self.level, self.isOpen) = (hue, level, isOpen)
        }

        var style: String { "tint\(level.rawValue)" }
    }

    struct Cell: Sendable {
        let shade: Shade
        let lines: [String]
        let tooltip: String

        /// A cell with lines of text, the first of them strong.
        init(_ shade: Shade, _ lines: [String], tooltip: String) {
            (self.shade, self.tooltip) = (shade, tooltip)
            self.lines = lines.map { TextSize.shortened($0) }
        }
    }

    let note: String
    let x: (title: String, labels: [String])
    let y: (title: String, labels: [String])

    /// By rows, of which the first is at the foot.
    let cells: [[Cell?]]

    let legend: [(shade: Shade, text: String)]

    /// Wider than others where the columns need it.
    var picture: Picture {
        let left = Picture.margin + TextSize.width(y.labels + ["m"]) + 10
        let texts = cells.flatMap { $0 }.compactMap { $0?.lines }.flatMap { $0 }
        let count = Double(max(1, x.labels.count))
        let room = Picture.width - left - Picture.margin
        let column = max(min(180, room / count), TextSize.width(texts + x.labels, isStrong: true) + 8)
        let width = max(Picture.width, left + column * count + Picture.margin)
        let tallest = cells.flatMap { $0 }.compactMap { $0?.lines.count }.max() ?? 1
        let row = 10 + TextSize.line * Double(max(1, tallest))
        let note = Marks.note(note, width: width, from: 8)
        let legend = Marks.legend(
            legend.map { (.patch(hue: $0.shade.hue, style: $0.shade.style), $0.text) }, width: width,
            from: note.bottom)
        let plot = Box(
            x: left, y: legend.bottom + TextSize.line + 4, width: column * count,
            height: row * Double(y.labels.count))
        let body = cells.indices.flatMap { i in
            cells[i].indices.map { j in
                drawn(
                    cells[i][j],
                    Box(
                        x: plot.x + column * Double(j), y: plot.bottom - row * Double(i + 1), width: column,
                        height: row))
            }
        }
        let height = plot.bottom + 2 * TextSize.line + 10
        return Picture(
            width: width, height: height,
            elements: note.elements + legend.elements + body + labels(plot, column, row, height))
    }

    private func labels(_ plot: Box, _ column: Double, _ row: Double, _ height: Double) -> [Element] {
        x.labels.enumerated().map { j, label in
            .text(
                label, plot.x + column * (Double(j) + 0.5), plot.bottom + 6, "soft", anchor: .middle,
                shift: 0.9)
        }
            + y.labels.enumerated().map { i, label in
                .text(label, plot.x - 8, plot.bottom - row * (Double(i) + 0.5), "soft", anchor: .end)
            } + [
                .text(y.title, Picture.margin, plot.y - TextSize.line / 2 - 2, "soft"),
                .text(
                    x.title, plot.x + plot.width / 2, height - TextSize.line / 2 - 2, "soft", anchor: .middle),
            ]
    }

    private func drawn(_ cell: Cell?, _ place: Box) -> Element {
        let (x, y) = (place.x + 1.5, place.y + 1.5)
        let (width, height) = (place.width - 3, place.height - 3)
        let (centerX, centerY) = (place.x + place.width / 2, place.y + place.height / 2)
        guard let cell else { return .text("–", centerX, centerY, "soft", anchor: .middle) }
        let lines = cell.lines.enumerated().map { i, line in
            Element.text(
                line, centerX, centerY + TextSize.line * (Double(i) - Double(cell.lines.count - 1) / 2),
                i == 0 ? "strong" : "", anchor: .middle)
        }
        let edge: [Element] = cell.shade.isOpen ? [.rect(x, y, width, height, "open", rounding: 4)] : []
        return .group(
            [.rect(x, y, width, height, cell.shade.style, rounding: 4)] + edge + lines,
            cell.shade.hue.rawValue
        ).tooltip(cell.tooltip)
    }
}
