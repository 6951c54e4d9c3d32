/// An `XYChart` with everything in its place.
struct XYLayout {
    let chart: XYChart

    /// Where values are drawn.
    let plot: Box

    /// Between the left edge of the plot and the first value: room for the names of limits.
    let inset: Double

    /// That of the picture; more than others have where names are long.
    let width: Double

    let height: Double

    private let top: [Element]
    private let yTicks: [Axis.Tick]

    init(_ chart: XYChart) {
        self.chart = chart
        let hasMargin = chart.style != .points
        let names = (hasMargin ? chart.series.map(Self.width) : []) + Self.widths(of: chart, .end)
        let starts = Self.widths(of: chart, .start)
        let labelled = max(names.count, starts.count)
        let plotHeight = max(hasMargin ? 300 : 400, Double(labelled) * TextSize.line)
        yTicks = chart.y.ticks(atMost: Int(plotHeight / 44))
        let left = Picture.margin + TextSize.width(yTicks.map { $0.label }) + 8
        let right = names.isEmpty ? Picture.margin : (names.max() ?? 0) + 30
        inset = starts.max().map { $0 + 20 } ?? 0
        width = max(Picture.width, left + inset + 160 + right)
        let note = Marks.note(chart.note, width: width, from: 8)
        let y = note.bottom + TextSize.line + (chart.places.isEmpty ? 8 : TextSize.line)
        plot = Box(x: left, y: y, width: width - left - right, height: plotHeight)
        height = plot.bottom + 2 * TextSize.line + 16
        top =
            note.elements + [
                .text(chart.y.title, Picture.margin, note.bottom + TextSize.line / 2, "soft")
            ]
    }

    /// The width of a series' name.
    static func width(_ series: Series) -> Double {
        TextSize.width(series.name, isStrong: series.weight == .strong)
    }

    private static func widths(of chart: XYChart, _ side: XYChart.Limit.Side) -> [Double] {
        chart.limits.filter { $0.side == side }.map {
            TextSize.width($0.label, isStrong: $0.weight == .strong)
        }
    }

    func x(_ value: Double) -> Double {
        plot.x + inset + chart.x.scale.position(value) * (plot.width - inset)
    }

    func y(_ value: Double) -> Double { plot.bottom - chart.y.scale.position(value) * plot.height }

    /// Axes, grid, titles and places.
    var frame: [Element] {
        let (ticks, numbered) = chart.x.ticks(along: plot.width - inset)
        let minor = chart.x.minorTicks(between: ticks).map {
            Element.line(x($0), plot.bottom, x($0), plot.bottom + 4, "edge")
        }
        let yMinor = chart.y.minorTicks(between: yTicks).map {
            Element.line(plot.x - 4, y($0), plot.x, y($0), "edge")
        }
        let grid =
            ticks.map { Element.line(x($0.value), plot.y, x($0.value), plot.bottom + 6, "rule") }
            + yTicks.map { Element.line(plot.x - 6, y($0.value), plot.right, y($0.value), "rule") }
        let edges = [
            Element.line(plot.x, plot.bottom, plot.right, plot.bottom, "edge"),
            Element.line(plot.x, plot.y, plot.x, plot.bottom, "edge"),
        ]
        let numbers =
            numbered.map {
                Element.text($0.label, x($0.value), plot.bottom + 8, "soft", anchor: .middle, shift: 0.9)
            } + yTicks.map { Element.text($0.label, plot.x - 8, y($0.value), "soft", anchor: .end) }
        let title = Element.text(
            chart.x.title, (plot.x + inset + plot.right) / 2, height - TextSize.line / 2 - 4, "soft",
            anchor: .middle)
        return top + grid + placeMarks + minor + yMinor + edges + numbers + [title]
    }

    /// Vertical lines with their names above the plot.
    private var placeMarks: [Element] {
        let shown = chart.places.filter { chart.x.scale.contains($0.x) }
        let centers = Spread.places(
            wanted: shown.map { x($0.x) }, lengths: shown.map { TextSize.width($0.label) + TextSize.gap },
            within: 0...width)
        return zip(shown, centers).map { place, center in
            .group(
                [
                    .line(x(place.x), plot.y, x(place.x), plot.bottom, "limit"),
                    .text(place.label, center, plot.y - TextSize.line / 2, "soft", anchor: .middle),
                ]
            ).tooltip(place.tooltip)
        }
    }
}
