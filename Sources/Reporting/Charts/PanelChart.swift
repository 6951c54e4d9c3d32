/// Plots with axes of their own, two in a row; the meaning of their lines is said once, above all of them.
struct PanelChart: Chart {
    /// One plot.
    struct Panel: Sendable {
        let title: String
        let x: Axis
        let y: Axis
        let lines: [Line]
    }

    /// Points, with a line through them, marks at them, or, where they are steps of a path, both.
    struct Line: Sendable {
        enum Style: Sendable { case thin, strong, marks, path }

        let look: Look
        let style: Style

        /// The pieces of the line: it is broken between two of them.
        let runs: [[(x: Double, y: Double)]]

        init(_ look: Look, _ style: Style, _ runs: [[(x: Double, y: Double)]]) {
            (self.look, self.style, self.runs) = (look, style, runs)
        }
    }

    let note: String
    let legend: [(sample: Marks.Sample, text: String)]
    let panels: [Panel]
    var plotHeight = 230.0

    /// Between two plots.
    private static let gap = 24.0

    var picture: Picture {
        let note = Marks.note(note, width: Picture.width, from: 8)
        let legend = Marks.legend(legend, width: Picture.width, from: note.bottom)
        let columns = panels.count > 1 ? 2 : 1
        let width = (Picture.width - 2 * Picture.margin - Double(columns - 1) * Self.gap) / Double(columns)
        // The title, that of the y axis, and below the plot numbers and the title of the x axis.
        let height = 2 * TextSize.line + plotHeight + 2 * TextSize.line + 16
        let top = legend.bottom + 10
        let elements = panels.enumerated().flatMap { i, panel in
            draw(
                panel,
                in: Box(
                    x: Picture.margin + Double(i % columns) * (width + Self.gap),
                    y: top + Double(i / columns) * height, width: width, height: height))
        }
        let rows = (panels.count + columns - 1) / columns
        return Picture(
            width: Picture.width, height: top + Double(rows) * height,
            elements: note.elements + legend.elements + elements)
    }

    private func draw(_ panel: Panel, in box: Box) -> [Element] {
        let yTicks = panel.y.ticks(atMost: Int(plotHeight / 44))
        let left = box.x + TextSize.width(yTicks.map { $0.label }) + 8
        // Half a digit of the last number is behind the plot.
        let plot = Box(
            x: left, y: box.y + 2 * TextSize.line, width: box.right - left - 8, height: plotHeight)
        func x(_ value: Double) -> Double { plot.x + panel.x.scale.position(value) * plot.width }
        func y(_ value: Double) -> Double { plot.bottom - panel.y.scale.position(value) * plot.height }

        let (all, numbered) = panel.x.ticks(along: plot.width - TextSize.gap)
        let grid = Marks.grid(plot, xs: all.map { x($0.value) }, ys: yTicks.map { y($0.value) })
        let edges = Marks.edges(plot)
        // A number at the edge stays within the panel.
        let numbers =
            numbered.map { tick in
                let half = TextSize.width(tick.label) / 2
                return Element.text(
                    tick.label, min(box.right - half, x(tick.value)), plot.bottom + 8, "soft",
                    anchor: .middle,
                    shift: 0.9)
            } + yTicks.map { Element.text($0.label, plot.x - 8, y($0.value), "soft", anchor: .end) }
        let titles = [
            Element.text(panel.title, box.x, box.y + TextSize.line / 2, "strong"),
            Element.text(panel.y.title, box.x, box.y + 1.4 * TextSize.line, "soft"),
            Element.text(
                panel.x.title, plot.x + plot.width / 2, plot.bottom + 1.5 * TextSize.line + 8, "soft",
                anchor: .middle),
        ]
        let lines = panel.lines.map { line in
            Element.group(
                line.runs.flatMap { run -> [Element] in
                    let points = run.map { (x($0.x), y($0.y)) }
                    let style = Marks.lineStyle(line.look.dash, isStrong: line.style == .strong)
                    let size = line.style == .marks ? 6.0 : 3
                    return (line.style == .marks || points.count < 2 ? [] : [.path(points, style)])
                        + (line.style == .marks || line.style == .path
                            ? points.map { Marks.point(line.look.marker, $0.0, $0.1, size: size) } : [])
                }, line.look.hue.rawValue)
        }
        return grid + edges + lines + numbers + titles
    }
}
