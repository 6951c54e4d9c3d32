/// Series over two axes: lines with bands for their intervals, or points alone, with vertical lines at
/// places that matter and lines for limits.
struct XYChart: Chart {
    /// A place on the x axis that matters, such as the size of a cache.
    struct Place: Sendable {
        let x: Double
        let label: String
        let tooltip: String
    }

    /// A line that is no measured series, such as a limit, named at its beginning or its end.
    struct Limit: Sendable {
        /// The end that has the name.
        enum Side: Sendable { case start, end }

        let label: String
        let points: [(x: Double, y: Double)]
        let side: Side
        let dash: Look.Dash
        var weight = Series.Weight.thin
    }

    /// How series are drawn and named.
    enum Style: Sendable {
        /// Lines through points, each named at its end.
        case lines
        /// The same without the points: curves that are known everywhere.
        case curves
        /// Points, each series named at the right edge.
        case points

        var hasLines: Bool { self == .lines || self == .curves }
    }

    /// The subject of the whole chart.
    let note: String

    let x: Axis
    let y: Axis
    let style: Style
    let series: [Series]
    var places: [Place] = []
    var limits: [Limit] = []

    /// A chart of series on logarithmic axes, without what is not positive and finite; nil where nothing is left.
    ///
    /// - Parameters:
    ///   - xs: values of x that get a number; round ones where not given.
    ///   - xBase: 2 or 10.
    static func logarithmic(
        note: String, x: (title: String, quantity: Quantity), y: (title: String, quantity: Quantity),
        style: Style = .lines, series: [Series], at xs: [Double]? = nil, xBase: Int = 10, places: [Place] = []
    ) -> XYChart? {
        let series = series.map { series in
            Series(
                series.name, series.look, series.weight,
                series.points.filter { $0.x > 0 && $0.y > 0 && $0.x.isFinite && $0.y.isFinite })
        }.filter { !$0.points.isEmpty }
        let points = series.flatMap { $0.points }
        guard let xScale = Scale.logarithmic(points.map { $0.x }, base: xBase),
            let yScale = Scale.logarithmic(points.flatMap { [$0.low, $0.y, $0.high] })
        else { return nil }
        return XYChart(
            note: note, x: Axis(x.title, xScale, x.quantity, places: xs),
            y: Axis(y.title, yScale, y.quantity), style: style, series: series, places: places)
    }

    var picture: Picture {
        let layout = XYLayout(self)
        let elements = layout.frame + layout.limits + layout.bands + layout.lines + layout.points
        return Picture(width: layout.width, height: layout.height, elements: elements + layout.names)
    }
}

/// Values that belong together, with their intervals.
struct Series: Sendable {
    struct Point: Sendable {
        let x: Double
        let y: Double
        let low: Double
        let high: Double
        let tooltip: String

        /// A value and the interval that it is known within; without one, the value alone.
        init(_ x: Double, _ y: Double, low: Double? = nil, high: Double? = nil, tooltip: String = "") {
            (self.x, self.y, self.tooltip) = (x, y, tooltip)
            (self.low, self.high) = (low ?? y, high ?? y)
        }
    }

    enum Weight: Sendable { case strong, thin }

    let name: String
    let look: Look
    let weight: Weight
    /// In the order in which a line is drawn through them.
    let points: [Point]

    init(_ name: String, _ look: Look, _ weight: Weight, _ points: [Point]) {
        (self.name, self.look) = (TextSize.shortened(name), look)
        (self.weight, self.points) = (weight, points)
    }
}

/// An `XYChart` with everything in its place.
private struct XYLayout {
    let chart: XYChart

    /// Where values are drawn.
    let plot: Box

    /// Between the left edge of the plot and the first value: room for the names of limits.
    let inset: Double

    /// The width of the picture; greater than that of others where names are long.
    let width: Double

    let height: Double

    private let top: [Element]
    private let yTicks: [Axis.Tick]

    init(_ chart: XYChart) {
        self.chart = chart
        let names = chart.series.map(Self.width) + Self.widths(of: chart, .end)
        let starts = Self.widths(of: chart, .start)
        let labelled = max(names.count, starts.count)
        let plotHeight = max(300, Double(labelled) * TextSize.line)
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
        let grid = Marks.grid(plot, xs: ticks.map { x($0.value) }, ys: yTicks.map { y($0.value) })
        let edges = Marks.edges(plot)
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

    /// Bands of intervals, those of strong series last.
    var bands: [Element] {
        guard chart.style.hasLines else { return [] }
        return drawn.compactMap { series in
            guard series.points.count > 1, series.points.contains(where: { $0.low < $0.high }) else {
                return nil
            }
            let edge =
                series.points.map { (x($0.x), y($0.high)) }
                + series.points.reversed().map { (x($0.x), y($0.low)) }
            let style = series.weight == .strong ? "band boldband" : "band"
            return .group(.path(edge, closed: true, style), series.look.hue)
        }
    }

    /// Lines through the points of each series.
    var lines: [Element] {
        guard chart.style.hasLines else { return [] }
        return drawn.compactMap { series in
            let points = series.points.map { ($0.x, $0.y) }
            return line(series.name, points, series.weight, series.look.dash, series.look.hue)
        }
    }

    /// Nil with fewer than two points.
    private func line(
        _ name: String, _ points: [(x: Double, y: Double)], _ weight: Series.Weight, _ dash: Look.Dash,
        _ hue: Look.Hue
    ) -> Element? {
        guard points.count > 1 else { return nil }
        let style = Marks.lineStyle(dash, isStrong: weight == .strong)
        return .group(Element.path(points.map { (x($0.x), y($0.y)) }, style).tooltip(name), hue)
    }

    /// The points, with their intervals where no band shows them.
    var points: [Element] {
        chart.style == .curves
            ? []
            : drawn.map { series in
                let size = chart.style == .lines ? (series.weight == .strong ? 4.5 : 2.5) : 6
                let marks = series.points.flatMap { point -> [Element] in
                    let mark = Marks.point(series.look.marker, x(point.x), y(point.y), size: size)
                        .tooltip(point.tooltip)
                    guard chart.style != .lines || series.points.count == 1, point.low < point.high else {
                        return [mark]
                    }
                    return [.line(x(point.x), y(point.low), x(point.x), y(point.high), "whisker"), mark]
                }
                return .group(marks, series.look.hue.rawValue)
            }
    }

    /// Lines that are no series.
    var limits: [Element] {
        chart.limits.compactMap { line($0.label, $0.points, $0.weight, $0.dash, .grey) }
    }

    /// The names of series and limits, each next to its line where that leaves no two on top of each other, and
    /// else connected to it.
    var names: [Element] { starts + ends }

    private var drawn: [Series] {
        chart.series.filter { $0.weight == .thin } + chart.series.filter { $0.weight == .strong }
    }

    /// Names of series and limits at the right edge.
    private var ends: [Element] {
        typealias End = (name: String, point: (x: Double, y: Double)?, hue: Look.Hue, weight: Series.Weight)
        let series = chart.series.map { series -> End in
            (series.name, series.points.last.map { ($0.x, $0.y) }, series.look.hue, series.weight)
        }
        let limits = chart.limits.filter { $0.side == .end }.map { limit -> End in
            (limit.label, limit.points.last, .grey, limit.weight)
        }
        let ends = (series + limits).compactMap { end in
            end.point.map { (name: end.name, x: x($0.x), y: y($0.y), hue: end.hue, weight: end.weight) }
        }
        let places = Spread.places(
            wanted: ends.map { $0.y }, lengths: ends.map { _ in TextSize.line },
            within: plot.y - TextSize.line / 2...plot.bottom + TextSize.line / 2)
        return zip(ends, places).flatMap { end, place -> [Element] in
            // A line that ends early is led on to the edge; points are led to their names straight.
            let way =
                chart.style.hasLines
                ? [(end.x, end.y), (max(end.x, plot.right), end.y)] : [(end.x + 8, end.y)]
            let leader = Element.path(way + [(plot.right + 18, place)], "leader")
            return [
                .group(leader, end.hue),
                .text(end.name, plot.right + 22, place, end.weight == .strong ? "strong" : "soft"),
            ]
        }
    }

    /// Names of limits at the left edge.
    private var starts: [Element] {
        let limits = chart.limits.filter { $0.side == .start && !$0.points.isEmpty }
        let places = Spread.places(
            wanted: limits.map { y($0.points[0].y) }, lengths: limits.map { _ in TextSize.line },
            within: plot.y...plot.bottom)
        return zip(limits, places).flatMap { limit, place -> [Element] in
            let start = limit.points[0]
            return [
                .group(.path([(plot.x + inset - 14, place), (x(start.x), y(start.y))], "leader"), .grey),
                .text(
                    limit.label, plot.x + inset - 18, place, limit.weight == .strong ? "strong" : "soft",
                    anchor: .end),
            ]
        }
    }
}
