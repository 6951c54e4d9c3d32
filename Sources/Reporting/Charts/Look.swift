/// How a series is told apart: a hue, and a marker or dash for those who do not tell hues apart.
package struct Look: Sendable, Equatable {
    /// A colour; the stylesheet says which, in light and dark.
    package enum Hue: String, Sendable, CaseIterable { case blue, ochre, green, purple, brown, grey }

    /// The shape of a point.
    package enum Marker: Int, Sendable, CaseIterable { case circle, square, triangle, diamond, wedge, cross }

    /// How a line is broken, by a class of the stylesheet.
    package enum Dash: Int, Sendable, CaseIterable { case solid, long, short, mixed, dots }

    let hue: Hue
    let marker: Marker
    let dash: Dash

    /// A look.
    package init(_ hue: Hue, _ marker: Marker, _ dash: Dash = .solid) {
        (self.hue, self.marker, self.dash) = (hue, marker, dash)
    }
}

/// The looks of implementations: a family shares its hue and marker, and its members differ by dash.
struct Looks {
    private var families = ["loops", "arrays", "simd", "dispatch"]
    private var members: [String: Int] = [:]

    /// The looks of `names`, such as `loops.flat`.
    init(_ names: [String]) {
        var counts: [String: Int] = [:]
        for name in names where members[name] == nil {
            let family = Self.family(name)
            if !families.contains(family) { families.append(family) }
            members[name] = counts[family, default: 0]
            counts[family, default: 0] += 1
        }
    }

    /// What a name begins with, up to its first point.
    static func family(_ name: String) -> String { String(name.prefix { $0 != "." }) }

    /// The look of one of the names.
    subscript(name: String) -> Look {
        let family = families.firstIndex(of: Self.family(name)) ?? families.count
        let (hues, markers, dashes) = (Look.Hue.allCases, Look.Marker.allCases, Look.Dash.allCases)
        return Look(
            hues[family % hues.count], markers[(family + family / hues.count) % markers.count],
            dashes[(members[name] ?? 0) % dashes.count])
    }
}
