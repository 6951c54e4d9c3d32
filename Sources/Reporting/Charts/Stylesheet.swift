/// The colours and strokes of all pictures.
///
/// Every rule is bound to pictures by their class and is the same in each, so that many of them on one page
/// do not disturb each other or the page. Hues can be distinguished with each of the three
/// colour-vision deficiencies (by the matrices of G. Machado, M. Oliveira and L. Fernandes, IEEE Transactions on
/// Visualization and Computer Graphics 15:6, 2009, at full severity, the nearest two are more than 20 apart
/// in CIELAB) and have a contrast of at least 3 to what is behind them, as WCAG 2.1 §1.4.11 asks.
enum Stylesheet {
    /// The class of a picture.
    static let scope = "unlooped-chart"

    /// The text of the style element.
    static let text = """
        .\(scope){max-width:100%;height:auto}
        .\(scope) text{font:\(TextSize.wide)px system-ui,-apple-system,"Segoe UI",sans-serif;fill:#1f2328}
        .\(scope) .strong{font-weight:600}
        .\(scope) text.soft{fill:#59636e}
        .\(scope) .ground{fill:#fff}
        .\(scope) .rule{stroke:#d8dee4;stroke-width:1}
        .\(scope) .edge{stroke:#818b98;stroke-width:1.5}
        .\(scope) .limit{stroke:#818b98;stroke-width:1.5;stroke-dasharray:2 4}
        .\(scope) .blue{color:#0b49b8}
        .\(scope) .ochre{color:#b38a0a}
        .\(scope) .green{color:#22a063}
        .\(scope) .purple{color:#801078}
        .\(scope) .brown{color:#45402a}
        .\(scope) .grey{color:#8f8ca6}
        .\(scope) .line{fill:none;stroke:currentColor;stroke-width:1.2;stroke-linejoin:round}
        .\(scope) .bold{stroke-width:3}
        .\(scope) .leader{fill:none;stroke:currentColor;stroke-width:.8;opacity:.7}
        .\(scope) .band{fill:currentColor;opacity:.12}
        .\(scope) .boldband{opacity:.25}
        .\(scope) .fill{fill:currentColor;stroke:currentColor;stroke-width:1.2;stroke-linejoin:round}
        .\(scope) .bar{fill:currentColor;fill-opacity:.6;stroke:currentColor;stroke-width:1.2}
        .\(scope) .faint{opacity:.35}
        .\(scope) .open{fill:none;stroke:currentColor;stroke-width:1.5;stroke-dasharray:4 3}
        .\(scope) .tint1{fill:currentColor;opacity:.16}
        .\(scope) .tint2{fill:currentColor;opacity:.3}
        .\(scope) .tint3{fill:currentColor;opacity:.46}
        .\(scope) .whisker{fill:none;stroke:#1f2328;stroke-width:1.5}
        .\(scope) .dash1{stroke-dasharray:12 4}
        .\(scope) .dash2{stroke-dasharray:5 4}
        .\(scope) .dash3{stroke-dasharray:10 4 2 4}
        .\(scope) .dash4{stroke-dasharray:2 3}
        @media (max-width:520px){.\(scope) text{font-size:\(TextSize.narrow)px}}
        @media (prefers-color-scheme:dark){
        .\(scope) text{fill:#e6edf3}
        .\(scope) text.soft{fill:#9da7b1}
        .\(scope) .ground{fill:#0d1117}
        .\(scope) .rule{stroke:#2d333b}
        .\(scope) .edge,.\(scope) .limit{stroke:#7d8590}
        .\(scope) .whisker{stroke:#e6edf3}
        .\(scope) .blue{color:#5f86ff}
        .\(scope) .ochre{color:#ffcf1a}
        .\(scope) .green{color:#1adf88}
        .\(scope) .purple{color:#c25aa8}
        .\(scope) .brown{color:#d04a20}
        .\(scope) .grey{color:#c8d6e2}}
        """
}
