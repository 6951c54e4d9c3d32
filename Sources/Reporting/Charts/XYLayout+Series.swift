extension XYLayout {
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
            return .group([.path(edge, closed: true, style)], series.look.hue.rawValue)
        }
    }

    /// Lines through the points of each series.
    var lines: [Element] {
        guard chart.style.hasLines else { return [] }
        return drawn.filter { $0.points.count > 1 }.map { series in
            let style = "line" + (series.weight == .strong ? " bold" : "") + Marks.dash(series.look.dash)
            let line = Element.path(series.points.map { (x($0.x), y($0.y)) }, style)
            return .group([line.tooltip(series.name)], series.look.hue.rawValue)
        }
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
        chart.limits.filter { $0.points.count > 1 }.map { limit in
            let style = "line" + (limit.weight == .strong ? " bold" : "") + Marks.dash(limit.dash)
            let line = Element.path(limit.points.map { (x($0.x), y($0.y)) }, style)
            return .group([line.tooltip(limit.label)], "grey")
        }
    }

    /// What series and limits are called, each beside its line where that leaves no two on top of each
    /// other, and else connected to it.
    var names: [Element] {
        starts + (chart.style == .points ? beside : ends)
    }

    private var drawn: [Series] {
        chart.series.filter { $0.weight == .thin } + chart.series.filter { $0.weight == .strong }
    }

    /// A name and the end of what it names.
    private struct End {
        let name: String
        let x, y: Double
        let hue: Look.Hue
        let weight: Series.Weight
    }

    /// Names of series and limits at the right edge.
    private var ends: [Element] {
        let series = chart.series.compactMap { series in
            series.points.last.map {
                End(name: series.name, x: x($0.x), y: y($0.y), hue: series.look.hue, weight: series.weight)
            }
        }
        let limits = chart.limits.filter { $0.side == .end }.compactMap { limit in
            limit.points.last.map {
                End(name: limit.label, x: x($0.x), y: y($0.y), hue: .grey, weight: limit.weight)
            }
        }
        let ends = series + limits
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
                .group([leader], end.hue.rawValue),
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
                .group(
                    [.path([(plot.x + inset - 14, place), (x(start.x), y(start.y))], "leader")], "grey"),
                .text(
                    limit.label, plot.x + inset - 18, place, limit.weight == .strong ? "strong" : "soft",
                    anchor: .end),
            ]
        }
    }

    /// Names beside the first point of each series.
    private var beside: [Element] {
        let named = chart.series.filter { !$0.points.isEmpty }
        let points = named.map { (x($0.points[0].x), y($0.points[0].y)) }
        let boxes = Placement.boxes(
            points, sizes: named.map { (Self.width($0), TextSize.line - 2) }, frame: plot,
            obstacles: named.map { series in
                let point = series.points[0]
                return Box(
                    x: x(point.x) - 2, y: y(point.high), width: 4, height: y(point.low) - y(point.high))
            })
        return zip(zip(named, points), boxes).flatMap { pair, box -> [Element] in
            let (series, point) = pair
            let leader = Placement.leader(from: point, to: box).map {
                Element.group([.path([$0.from, $0.to], "leader")], series.look.hue.rawValue)
            }
            let (x, anchor): (Double, Element.Anchor) =
                box.x >= point.0
                ? (box.x, .start)
                : box.right <= point.0 ? (box.right, .end) : (box.x + box.width / 2, .middle)
            let text = Element.text(
                series.name, x, box.y + box.height / 2, series.weight == .strong ? "strong halo" : "halo",
                anchor: anchor)
            return [leader, text].compactMap(\.self)
        }
    }
}
