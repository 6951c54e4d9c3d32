import Measurement
import Problems
import Reporting
import Testing

@Suite("The report shows networks on a ladder of their own")
struct NetworksSectionTests {
    private let network = Network(hidden: [128, 64], activation: .tanh)

    /// A cell in which the best rung makes 4·10⁶ operations in 10⁵ ns, on one thread.
    private func cell(_ network: Network, m: Int = 10, isWhole: Bool = true) -> CellResult {
        CellResult(
            cell: Cell(m: m, nx: 784, network: network, scalar: .float, threads: 2),
            rungs: [
                Examples.rung(
                    "loops.nested", idea: "four loops", nanoseconds: 4_000_000, rounds: isWhole ? 7 : 0,
                    skipped: isWhole ? nil : "a step takes 5 s"),
                Examples.rung("arrays.whole", after: "loops.nested", nanoseconds: 1_000_000),
                Examples.rung("simd.fused", after: "arrays.whole", nanoseconds: 100_000),
            ], ceilings: [Examples.rung("read.one", nanoseconds: 1000)])
    }

    private func results(_ cells: [CellResult]) -> Results {
        var results = Examples.results(cells)
        results.ceilings = StudyExample.ceilings
        results.notes = [
            RungNote(rung: "simd.fused", why: "One pass over X."),
            RungNote(rung: "simd.fused", .network, why: "A block through all layers."),
        ]
        return results
    }

    private func text(_ cells: [CellResult]) throws -> String {
        let section = try #require(Report(results(cells)).page.sections.first { $0.id == "networks" })
        return MarkdownPage(Page(title: "", lead: [], sections: [section], colophon: "")).text
    }

    @Test("The ladder has a picture, a table, the reason of each rung, and the part of the peak")
    func ladder() throws {
        let text = try text([cell(network)])
        #expect(text.contains("m = 10, 784-128-64-1 tanh"))
        #expect(text.contains("**simd.fused**, **10.0×**") && text.contains("A block through all layers."))
        #expect(!text.contains("One pass over X."))
        // 4·10⁶ operations in 10⁵ ns are 40 billion a second; the peak is 25 billion a thread.
        #expect(text.contains("| simd.fused | 100 µs | 40.0 | 160 % | 10.0× |"), "\(text)")
        let figures = Report(results([cell(network)])).figures(of: "networks").map { $0.id }
        #expect(figures == ["networks", "networks-roofline-float"])
        #expect(Set(Report.fileNames).isSuperset(of: figures.map { $0 + ".svg" }))
    }

    @Test("The ladder is that of the largest network whose foot was timed; all are in the table")
    func main() throws {
        let large = Network(hidden: [512, 512])
        let text = try text([cell(large, m: 4096, isWhole: false), cell(network, m: 20), cell(network)])
        #expect(text.contains("The ladder is that of m = 20, 784-128-64-1 tanh"))
        #expect(text.contains("| m = 4\u{202F}096, 784-512-512-1 ReLU | float | 2 | simd.fused |"), "\(text)")
        #expect(text.contains("**loops.nested** has no time at m = 4\u{202F}096, 784-512-512-1 ReLU"))
    }

    @Test("The rest of the report is about logistic regression, whatever networks are beside it")
    func beside() {
        let full = Pages.full
        var more = full
        more.add(cell(network, m: 1_000_000))
        func rest(_ results: Results) -> [Section] {
            Report(results).page.sections.filter { !["networks", "machine"].contains($0.id) }
        }
        #expect(rest(more) == rest(full))
        #expect(Report(more).page.sections.contains { $0.id == "networks" })
        #expect(!Report(full).page.sections.contains { $0.id == "networks" })
    }

    @Test(
        "Several networks alone have no picture of growth in n_x and no map, which are of one shape of model")
    func several() throws {
        let cells = [cell(network), cell(network, m: 20), cell(Network(hidden: [7]), m: 30)]
        let page = Report(results(cells)).page
        #expect(page.answers.map { $0.id } == ["worth", "why", "good", "trust"])
        let ids = page.figures.map { $0.id }
        #expect(Set(ids).count == ids.count)
    }

    @Test("Where only networks were timed the headline is about them, and nothing is missed")
    func alone() {
        let report = Report(results([cell(network)]))
        #expect(report.keyLines[0].contains("784-128-64-1 tanh"))
        #expect(report.page.sections.map { $0.id } == ["networks", "machine", "missing"])
    }
}
