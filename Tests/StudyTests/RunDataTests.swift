import DataFiles
import Foundation
import Measurement
import Problems
import Study
import Testing

@Suite("A data set is read once a run")
struct RunDataTests {
    let folder: TemporaryFolder
    let cell = Cell(m: 3, nx: 2, scalar: .float, threads: 1, data: "d.csv")

    init() throws { folder = try TemporaryFolder() }

    func source(_ text: String = "a,b,y\n1,0.1,0\n2,0.2,1\n3,1e-7,1\n") throws -> DataSource {
        var source = DataSource(try folder.file("d.csv", text))
        source.column = .name("y")
        return source
    }

    @Test("Every block has its own copy of what was read first, whatever has become of the file")
    func once() throws {
        let source = try source()
        let expected = try source.read(as: Float.self).data
        let data = RunData(source)
        let facts = try data.facts(.float)
        #expect((facts.m, facts.nx) == (3, 2) && facts.learningRate > 0)
        try FileManager.default.removeItem(atPath: source.name)
        var copies: [Dataset<Float>] = []
        for _ in 0..<2 {
            let copy = try data.place(for: cell).dataset(of: cell, Float.self)
            #expect(copy.x.elements.elementsEqual(expected.x.elements))
            #expect(copy.y.elements.elementsEqual(expected.y.elements))
            #expect(!copy.x.isMapped)
            copies.append(copy)
        }
        #expect(copies[0].x.base != copies[1].x.base)
    }

    @Test("A request with the place of the data survives JSON, as a fresh process reads it")
    func request() throws {
        let data = RunData(try source())
        var request = BlockRequest(
            cell, block: 0, SamplerSettings(), maximumNanoseconds: 1, seed: 1, names: [])
        request.data = try data.place(for: cell)
        let read = try JSONDecoder().decode(BlockRequest.self, from: JSONEncoder().encode(request))
        #expect(try read.data?.dataset(of: cell, Float.self).x.elements.last == 1e-7)
    }

    @Test("Nothing is left of it")
    func nothingLeft() throws {
        var data: RunData? = RunData(try source())
        guard case .copied(let path)? = try data?.place(for: cell) else {
            Issue.record("it is not copied")
            return
        }
        #expect(FileManager.default.contents(atPath: path)?.count == 36)
        data = nil
        #expect(FileManager.default.contents(atPath: path) == nil)
    }

    @Test("Data of another shape than when the run was begun are an error that says both")
    func otherShape() throws {
        let data = RunData(try source("a,y\n1,0\n2,1\n"))
        let error = try #require(throws: InputError.self) { try data.place(for: cell) }
        #expect(
            "\(error)".hasSuffix("d.csv: has m = 2, n_x = 1 now; expected \(cell), as when the run was begun")
        )
    }

    @Test("What can be mapped is mapped by every block, and copied by none")
    func mapped() throws {
        let (x, y) = (folder.path("x.npy"), folder.path("y.npy"))
        try NPY.encode(AlignedBuffer<Float>([1, 2, 3, 4]), shape: [2, 2]).write(to: URL(fileURLWithPath: x))
        try NPY.encode(AlignedBuffer<Float>([0, 1]), shape: [2]).write(to: URL(fileURLWithPath: y))
        var source = DataSource(x)
        source.labelsPath = y
        let data = RunData(source)
        let (float, double) = (
            Cell(m: 2, nx: 2, scalar: .float, threads: 1), Cell(m: 2, nx: 2, scalar: .double, threads: 1)
        )
        #expect(try data.place(for: float).dataset(of: float, Float.self).x.isMapped)
        #expect(try !data.place(for: double).dataset(of: double, Double.self).x.isMapped)
    }

    @Test("A grid on a data set has its shape, and an α of at most 1/L")
    func timing() throws {
        let random = try GridSettings(
            .quick, m: nil, nx: nil, threads: [1, 2], scalars: [.double, .float], rungs: ["loops.flat"],
            peers: [], seed: 1)
        let settings = try random.timing(try source("a,b,y\n100,0,0\n0,100,1\n0,0,1\n"))
        #expect(settings.plan.cells.map { $0.threads } == [1, 2, 1, 2])
        #expect(settings.plan.cells.allSatisfy { ($0.m, $0.nx, $0.data) == (3, 2, "d.csv") })
        #expect(settings.sampler.learningRate < 1e-2 && settings.plan.dataFingerprint?.count == 16)
    }
}

@Suite("A block is judged and timed in this process as in a fresh one")
struct CellRunnerTests {
    @Test(
        "It has the implementations in order, with verdicts, times and two controls",
        arguments: ScalarKind.allCases)
    func block(scalar: ScalarKind) throws {
        let settings = SamplerSettings(
            rounds: 2, blocks: 1, minimumSampleNanoseconds: 1000, maximumCellNanoseconds: 1_000_000_000)
        let cell = Cell(m: 20, nx: 3, scalar: scalar, threads: 1)
        var request = BlockRequest(
            cell, block: 0, settings, maximumNanoseconds: 1_000_000_000, seed: 1,
            names: ["loops.flat", "simd.fused"])
        request.skips = ["simd.fused": "it was too slow"]
        let result = try #require(try CellRunner(request).run())
        #expect(result.rungs.map { $0.rung } == ["loops.flat", "simd.fused"])
        #expect(
            result.rungs[0].verdict?.passed == true
                && Set(result.rungs[0].samples.map { $0.round }) == [0, 1])
        #expect(result.rungs[1].skipped == "it was too slow" && result.rungs[1].samples.isEmpty)
        #expect(result.controls.map { $0.after } == ["loops.flat"])
    }

    @Test(
        "A network is judged and timed on its own ladder, from its first parameters",
        arguments: ScalarKind.allCases)
    func network(scalar: ScalarKind) throws {
        let settings = SamplerSettings(
            rounds: 2, blocks: 1, minimumSampleNanoseconds: 1000, maximumCellNanoseconds: 10_000_000_000)
        for activation in Activation.allCases {
            let network = Network(hidden: [4, 2], activation: activation)
            let cell = Cell(m: 20, nx: 3, network: network, scalar: scalar, threads: 2)
            let request = BlockRequest(
                cell, block: 0, settings, maximumNanoseconds: 1_000_000_000, seed: 1,
                names: ["loops.nested", "simd.columns", "simd.packed", "dispatch.fused"])
            let result = try #require(try CellRunner(request).run())
            #expect(result.cell.network == network)
            #expect(result.rungs.map { $0.rung } == ["loops.nested", "simd.packed", "dispatch.fused"])
            #expect(result.rungs.allSatisfy { $0.verdict?.passed == true && !$0.samples.isEmpty })
            #expect(result.chosen == "dispatch.team")
            // Three products a layer and none to X: 2·(2·12 + 3·8 + 3·2) a sample.
            #expect(result.rungs[0].work.operations == 20 * 2 * (2 * 12 + 3 * 8 + 3 * 2))
        }
    }

    @Test("So many steps of one implementation are so many steps", arguments: ScalarKind.allCases)
    func steps(scalar: ScalarKind) throws {
        let cell = Cell(m: 20, nx: 3, scalar: scalar, threads: 2)
        for rung in ["loops.flat", "dispatch.fused"] {
            let steps = try RungSteps(of: rung, in: cell, until: .steps(1001))
            #expect(steps.count == 1001 && steps.nanoseconds > 0)
        }
        #expect(try RungSteps(of: "simd.fused", in: cell, until: .nanoseconds(1)).count >= 1)
        let network = Cell(m: 20, nx: 3, network: Network(hidden: [4]), scalar: scalar, threads: 2)
        #expect(try RungSteps(of: "simd.tiled", in: network, until: .steps(11)).count == 11)
    }
}
