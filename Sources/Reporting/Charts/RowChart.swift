/// A row for each of several things, with bars, points and intervals along one axis and texts next to them.
struct RowChart: Chart {
    /// A sign for a value in a row.
    enum Mark: Sendable {
        /// From one value to another; open where it might as well not be there.
        case bar(from: Double, to: Double, hue: Look.Hue, isOpen: Bool, tooltip: String)
        case point(Double, look: Look, tooltip: String)
        /// A value, one of many behind the others.
        case faint(Double, look: Look, tooltip: String)
        /// An interval alone.
        case interval(low: Double, high: Double)
    }

    struct Row: Sendable {
        let name: String
        let marks: [Mark]
        let columns: [String]
        let remark: String
        let branch: Branch?

        /// A row; the remark is where marks would be.
        init(
            _ name: String, _ marks: [Mark], columns: [String] = [], remark: String = "",
            branch: Branch? = nil
        ) {
            (self.name, self.marks) = (TextSize.shortened(name), marks)
            (self.columns, self.remark, self.branch) = (columns, remark, branch)
        }

        /// The place of a row in a tree: the row above it that it hangs from, and how far its name is set in.
        struct Branch: Sendable, Equatable {
            let parent: Int
            let depth: Int
        }

        /// How far its name is set in.
        fileprivate var indent: Double { RowChart.step * Double(branch?.depth ?? 0) }
    }

    let note: String
    let x: Axis

    /// The heads of the texts next to the rows.
    var columns: [String] = []

    let rows: [Row]

    /// Values that get a line of their own.
    var places: [Double] = []

    var legend: [(look: Look, text: String)] = []

    /// The least width of the plot.
    var leastPlot = 160.0

    private static let row = 28.0

    /// From one depth of a tree to the next.
    private static let step = 11.0

    var picture: Picture {
        let head = columns.isEmpty ? 0 : TextSize.line
        let left = Picture.margin + (rows.map { $0.indent + TextSize.width($0.name) }.max() ?? 0) + 12
        let widths = columns.indices.map { i in
            TextSize.width([columns[i]] + rows.map { i < $0.columns.count ? $0.columns[i] : "" }) + 14
        }
        let room = Picture.margin + widths.reduce(0, +)
        let width = max(Picture.width, left + leastPlot + 14 + room)
        let right = width - room
        let note = Marks.note(note, width: width, from: 8)
        let legend = Marks.legend(
            legend.map { (.point($0.look), $0.text) }, width: width, from: note.bottom)
        let plot = Box(
            x: left, y: legend.bottom + head + 4, width: right - 14 - left,
            height: Self.row * Double(rows.count))
        let body = rows.indices.flatMap { drawn(row: $0, in: plot) }
        let texts = rows.indices.flatMap { i in
            self.texts(row: i, in: plot, columns: Self.ends(widths, from: right))
        }
        let heads = zip(columns, Self.ends(widths, from: right)).map {
            Element.text($0, $1, legend.bottom + head / 2 + 2, "soft", anchor: .end)
        }
        let height = plot.bottom + 2 * TextSize.line + 14
        return Picture(
            width: width, height: height,
            elements: note.elements + legend.elements + frame(plot, width: width, height: height) + body
                + texts + heads)
    }

    /// The right ends of columns of such widths.
    private static func ends(_ widths: [Double], from start: Double) -> [Double] {
        widths.indices.map { start + widths[...$0].reduce(0, +) }
    }

    private func x(_ value: Double, _ plot: Box) -> Double { plot.x + x.scale.position(value) * plot.width }

    private func frame(_ plot: Box, width: Double, height: Double) -> [Element] {
        let (ticks, numbered) = x.ticks(along: plot.width)
        let grid = ticks.map {
            Element.line(x($0.value, plot), plot.y, x($0.value, plot), plot.bottom + 6, "rule")
        }
        let minor = x.minorTicks(between: ticks).map {
            Element.line(x($0, plot), plot.bottom, x($0, plot), plot.bottom + 4, "edge")
        }
        let numbers = numbered.map {
            Element.text(
                $0.label, x($0.value, plot), plot.bottom + 8, "soft", anchor: .middle, shift: 0.9)
        }
        let places = places.filter { x.scale.contains($0) }.map {
            Element.line(x($0, plot), plot.y, x($0, plot), plot.bottom, "limit")
        }
        let title = Element.text(
            x.title,
            min(plot.x + plot.width / 2, width - Picture.margin - TextSize.width(x.title) / 2),
            height - TextSize.line / 2 - 4, "soft", anchor: .middle)
        return grid + places + minor
            + [.line(plot.x, plot.bottom, plot.right, plot.bottom, "edge"), title] + numbers
    }

    private func texts(row i: Int, in plot: Box, columns: [Double]) -> [Element] {
        let y = plot.y + Self.row * (Double(i) + 0.5)
        return branch(i, in: plot) + [.text(rows[i].name, Picture.margin + rows[i].indent, y)]
            + zip(rows[i].columns, columns).map { .text($0, $1, y, anchor: .end) }
            + (rows[i].remark.isEmpty ? [] : [.text(rows[i].remark, plot.x + 6, y, "soft")])
    }

    private func drawn(row i: Int, in plot: Box) -> [Element] {
        let y = plot.y + Self.row * (Double(i) + 0.5)
        let isPoint = rows[i].marks.map { if case .point = $0 { true } else { false } }
        let count = isPoint.count { $0 }
        return rows[i].marks.enumerated().map { k, mark in
            switch mark {
            case .bar(let from, let to, let hue, let isOpen, let tooltip):
                let ends = [x(from, plot), x(to, plot)].sorted()
                let bar = Element.rect(
                    ends[0], y - 8, max(1.5, ends[1] - ends[0]), 16, isOpen ? "open" : "bar", rounding: 2)
                return .group(bar.tooltip(tooltip), hue)
            case .point(let value, let look, let tooltip):
                // Several points of a row are a little below each other, so that none hides another.
                let turn = isPoint[..<k].count { $0 }
                let y = y + 8 * (Double(turn) - Double(count - 1) / 2)
                let size = count > 1 ? 4.5 : 5.5
                let shape = Marks.point(look.marker, x(value, plot), y, size: size)
                return .group(shape.tooltip(tooltip), look.hue)
            case .faint(let value, let look, let tooltip):
                let shape = Marks.point(look.marker, x(value, plot), y, size: 3.5)
                return .group([shape.tooltip(tooltip)], look.hue.rawValue + " faint")
            case .interval(let low, let high): return Marks.whisker(x(low, plot), x(high, plot), at: y)
            }
        }
    }

    /// The line from the row that one hangs from: down, and across to its name.
    private func branch(_ i: Int, in plot: Box) -> [Element] {
        guard let branch = rows[i].branch else { return [] }
        let (x, y) = (Picture.margin + rows[i].indent, plot.y + Self.row * (Double(i) + 0.5))
        let above = plot.y + Self.row * (Double(branch.parent) + 0.5) + TextSize.line / 2
        let across = x - Self.step + 4
        return [.path([(across, above), (across, y), (x - 3, y)], "line grey")]
    }
}
