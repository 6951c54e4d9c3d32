import Foundation
import Measurement
import Testing

import Reporting

@Suite("The chart is a picture that stands alone")
struct LadderChartTests {
    @Test("It has a title, a bar for each rung with a time, and names escaped")
    func chart() {
        let svg = LadderChart(
            Examples.cell([
                Examples.rung("loops.<a>", nanoseconds: 1000),
                Examples.rung("simd.b", nanoseconds: 100),
                Examples.rung("simd.slower", nanoseconds: 2000),
                Examples.rung("simd.none", nanoseconds: 1, rounds: 0, skipped: "slow"),
            ])
        ).svg
        #expect(svg.hasPrefix("<svg xmlns=\"http://www.w3.org/2000/svg\""))
        #expect(svg.contains("<title id=\"title\">"))
        #expect(svg.contains("prefers-color-scheme: dark"))
        #expect(svg.count(of: "<rect ") == 3)
        #expect(svg.contains("loops.&lt;a&gt;"))
        #expect(svg.contains("10.0×  100 ns"))
        #expect(svg.contains(">skipped</text>"))
        #expect(!svg.contains("nan") && !svg.contains("inf\""))
        expectXML(svg)
    }

    @Test("One rung, or none with a time, is no crash")
    func sparse() {
        expectXML(LadderChart(Examples.cell([Examples.rung("a.b", nanoseconds: 10)])).svg)
        expectXML(LadderChart(Examples.cell([])).svg)
        expectXML(LadderChart(Examples.cell([Examples.rung("a.b", nanoseconds: 1, rounds: 0)])).svg)
    }

    /// Every element is closed, in order.
    func expectXML(_ text: String) {
        var open: [Substring] = []
        for tag in text.matches(of: /<(\/?)([a-z]+)[^>]*?(\/?)>/) {
            if !tag.3.isEmpty { continue }
            if tag.1.isEmpty { open.append(tag.2) } else { #expect(open.popLast() == tag.2) }
        }
        #expect(open.isEmpty)
    }
}

extension String {
    fileprivate func count(of part: String) -> Int { components(separatedBy: part).count - 1 }
}
