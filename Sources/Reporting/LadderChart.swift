import Foundation
public import Measurement

/// The ladder in one cell as a picture: a bar for each rung, as long as the logarithm of how many times
/// faster it is than the first.
///
/// The SVG stands alone, needs no script and no font of its own, and follows the reader's choice of light
/// or dark.
public struct LadderChart {
    private let result: CellResult

    /// The ladder in `result`.
    public init(_ result: CellResult) { self.result = result }

    /// The chart with its numbers.
    var figure: Figure {
        Figure(
            id: "ladder", title: "The ladder", description: description, svg: svg,
            table: LadderTable(result).table)
    }

    private static let (width, left, right) = (760.0, 150.0, 620.0)
    private static let (top, row, bar) = (64.0, 26.0, 16.0)

    /// The text of the SVG.
    public var svg: String {
        let rungs = result.rungs
        let height = Self.top + Self.row * Double(rungs.count) + 34
        let first = result.reference?.rung ?? "the first rung"
        let title = "How many times faster than \(first) each rung makes a step"
        let place = "\(result.cell)".replacingOccurrences(of: "n_x", with: "nₓ")
        let bars = rungs.enumerated().map { row($1, at: Self.top + Self.row * Double($0)) }
        return """
            <svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 \(number(Self.width)) \(number(height))" \
            role="img" aria-labelledby="title about">
            <title id="title">\(XML.escaped(title))</title>
            <desc id="about">\(XML.escaped(place + ". " + description))</desc>
            <style>
            text { font: 13px system-ui, -apple-system, "Segoe UI", sans-serif; fill: #24292f }
            .head { font-size: 15px; font-weight: 600 } .soft { fill: #57606a; font-size: 12px }
            .rule { stroke: #d0d7de } .loops { fill: #8c959f } .arrays { fill: #2f81c8 }
            .simd { fill: #d4762c } .dispatch { fill: #2f9e62 } .other { fill: #8250df }
            @media (prefers-color-scheme: dark) {
            text { fill: #e6edf3 } .soft { fill: #9198a1 } .rule { stroke: #3d444d } }
            </style>
            <text x="16" y="26" class="head">\(XML.escaped(title))</text>
            <text x="16" y="46" class="soft">\(XML.escaped(place + " · logarithmic scale"))</text>
            \((ticks(height) + bars).joined(separator: "\n"))
            </svg>

            """
    }

    /// Where a factor is, from left to right.
    private func x(_ factor: Double) -> Double {
        let factors = result.timed.compactMap { result.factorOverReference($0)?.median }
        let (low, high) = (min(1, factors.min() ?? 1), max(2, factors.max() ?? 2))
        return Self.left + (Self.right - Self.left) * log(factor / low) / log(high / low)
    }

    private func ticks(_ height: Double) -> [String] {
        let values = (-3...6).flatMap { power in [1, 2, 5].map { $0 * pow(10, Double(power)) } }
        let seen = values.filter { (Self.left - 1...Self.right + 1).contains(x($0)) }
        // With many powers of ten there is room for those only.
        let shown = seen.count > 8 ? seen.filter { log10($0).rounded() == log10($0) } : seen
        return shown.map { value in
            """
            <line class="rule" x1="\(number(x(value)))" x2="\(number(x(value)))" \
            y1="\(number(Self.top - 6))" y2="\(number(height - 28))"/>\
            <text class="soft" text-anchor="middle" x="\(number(x(value)))" y="\(number(height - 12))">\
            \(Figures.short(value))×</text>
            """
        }
    }

    private func row(_ rung: RungResult, at y: Double) -> String {
        let family = String(rung.rung.prefix { $0 != "." })
        let known = ["loops", "arrays", "simd", "dispatch"].contains(family)
        let baseline = number(y + 13)
        let name = "<text x=\"16\" y=\"\(baseline)\">\(XML.escaped(rung.rung))</text>"
        guard let factor = result.factorOverReference(rung) else {
            let why = rung.verdict?.passed == false ? "disagrees with the reference" : "skipped"
            return name + "<text class=\"soft\" x=\"\(number(x(1) + 6))\" y=\"\(baseline)\">\(why)</text>"
        }
        let (from, to) = (min(x(1), x(factor.median)), max(x(1), x(factor.median)))
        let label = "\(Figures.three(factor.median))×  \(Figures.time(rung.stepTime))"
        return name + """
            <rect class="\(known ? family : "other")" x="\(number(from))" y="\(number(y))" \
            width="\(number(max(1, to - from)))" height="\(number(Self.bar))" rx="2"/>\
            <text x="\(number(to + 6))" y="\(baseline)">\(XML.escaped(label))</text>
            """
    }

    /// The same in words, for those who do not see it.
    private var description: String {
        result.timed.map { rung in
            "\(rung.rung): \(Figures.factor(result.factorOverReference(rung))), \(Figures.time(rung.stepTime))"
        }.joined(separator: "; ")
    }

    private func number(_ value: Double) -> String { String(format: "%.1f", value.isFinite ? value : 0) }
}
