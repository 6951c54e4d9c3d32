import Measurement
import Reporting
import Testing

@Suite("The section of maps")
struct MapSectionTests {
    private func text(choosing name: String?) -> String {
        var results = Examples.results([])
        for var cell in StudyExample.grid.cells {
            cell.chosen = name
            results.add(cell)
        }
        return MarkdownPage(Report(results).page).text
    }

    // At m = 100 and nₓ = 8 and 128 the example has simpler rungs faster, in both scalars.
    @Test("Says in how many cells the rung that is taken where none is named is the fastest")
    func near() {
        #expect(
            text(choosing: "dispatch.fused").contains(
                "in 18 of 22 cells. The worst is dispatch.fused at m = 100, nₓ = 8"))
    }

    @Test("Says where it is not, and by how much")
    func far() {
        let text = text(choosing: "loops.nested")
        #expect(text.contains("in 0 of 22 cells. The worst is loops.nested at "))
    }

    @Test("Says nothing where no such rung is known, or it has no time")
    func unknown() {
        for name in [nil, "no.such"] {
            #expect(!text(choosing: name).contains("Where no rung is named"))
        }
    }
}
