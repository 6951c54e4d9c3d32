import Foundation
import Measurement
import Problems
import Study
import Testing

@Suite("A grid follows from a preset, or from lists of one's own")
struct PresetTests {
    private let caches: [Machine.Cache] = [
        .init(level: 1, kind: "Data", bytes: 32 << 10), .init(level: 2, kind: "Unified", bytes: 1 << 20),
        .init(level: 3, kind: "Unified", bytes: 36 << 20),
    ]

    @Test("The shapes of the preset limits follow from the caches, and every target has cells")
    func shapes() throws {
        let cells = LimitCells.all(scalars: [.float, .double], processors: 3, caches: caches)
        #expect(Set(cells).count == cells.count)
        let float = cells.filter { $0.scalar == .float }
        #expect(float.count * 2 == cells.count)
        #expect(float.first == Cell(m: 1000, nx: 128, scalar: .float, threads: 1))
        let inLast = float.filter { $0.nx >= 16 && (9 << 20..<10 << 20).contains($0.xBytes) }
        #expect(inLast.map { $0.nx } == [16, 32, 128, 512, 1024, 4096, 12_288])
        #expect(
            float.filter { $0.nx <= 8 }.map { [$0.m, $0.nx] } == [
                [100_000, 2], [1_000_000, 2], [100_000, 8], [1_000_000, 8],
            ])
        let beyond = float.filter { $0.xBytes >= 4 * 36 << 20 }
        #expect(beyond.count { $0.threads == 3 } == 2 && beyond.count { $0.nx == 1024 } == 2)
        let growing = beyond.filter { $0.nx == 128 && $0.threads == 1 }.map { $0.xBytes >> 20 }
        #expect(growing == [144, 288, 576, 1152, 2048])
        #expect(float.allSatisfy { [1, 3].contains($0.threads) })
    }

    @Test("On one processor no cell is there twice; where caches are unknown, there are shapes all the same")
    func unknown() {
        let cells = LimitCells.all(scalars: [.float], processors: 1, caches: [])
        #expect(Set(cells).count == cells.count)
        #expect(cells.contains { $0.xBytes == 2 << 30 } && cells.contains { $0.xBytes == 8 << 20 })
    }

    @Test("Lists take the place of the preset's, and a list that is left out stays the preset's")
    func lists() throws {
        let settings = try GridSettings(
            .quick, m: [3, 5], nx: nil, threads: [1], scalars: [.float], rungs: ["loops.flat"], peers: [],
            seed: 7)
        #expect(settings.plan.preset == nil && settings.plan.data == nil && settings.seed == 7)
        #expect(settings.plan.cells.map { [$0.m, $0.nx] } == [[3, 8], [5, 8], [3, 128], [5, 128]])
        #expect(throws: GridError.duplicate(axis: "m", value: "3")) {
            try GridSettings(
                .quick, m: [3, 3], nx: nil, threads: nil, scalars: [.float], rungs: [], peers: [], seed: 1)
        }
    }

    @Test("Networks take the place of logistic regression, and a cell has the rungs of its ladder")
    func networks() throws {
        func settings(_ preset: Preset, _ networks: [Network] = [], only rungs: [String]? = nil) throws
            -> GridSettings
        {
            try GridSettings(
                preset, m: networks.isEmpty ? nil : [3], nx: networks.isEmpty ? nil : [2], networks: networks,
                threads: networks.isEmpty ? nil : [1], scalars: [.float], rungs: rungs, peers: [], seed: 1)
        }
        let two = [Network(hidden: [4]), Network(hidden: [5, 6], activation: .tanh)]
        let own = try settings(.quick, two)
        #expect(own.plan.cells.map { $0.network } == two && own.plan.cells.allSatisfy { $0.m == 3 })
        #expect(own.plan.rungs.contains("simd.packed") && !own.plan.rungs.contains("simd.columns"))
        #expect(throws: GridError.duplicate(axis: "hidden", value: "4")) {
            try settings(.quick, [two[0], two[1], two[0]])
        }
        let quick = try settings(.quick)
        #expect(quick.plan.cells.count { $0.problem == .network } == 1)
        #expect(Set(quick.plan.rungs).isSuperset(of: ["simd.columns", "simd.packed"]))
        #expect(Set(quick.plan.rungs).count == quick.plan.rungs.count)
        #expect(quick.implementations > quick.plan.rungs.count)
        #expect(
            try settings(.quick, only: ["simd.columns"]).plan.cells.allSatisfy { $0.problem == .logistic })
        let all = NetworkCells.all(scalars: [.float, .double], processors: 3)
        #expect(Set(all).count == all.count && all.allSatisfy { $0.problem == .network })
        #expect(all.count == 4 * NetworkCells.all(scalars: [.float], processors: 1).count)
        for (small, large) in zip(all, all.dropFirst()) where small.threads == large.threads {
            #expect(small.scalar != large.scalar || small.products <= large.products)
        }
    }

    @Test("The memory of a network is counted before anything is allocated, however large it is")
    func networkMemory() throws {
        func bytes(_ m: Int, _ nx: Int, _ hidden: [Int]) -> Int {
            CellMemory.bytes(
                of: Cell(m: m, nx: nx, network: Network(hidden: hidden), scalar: .double, threads: 1),
                ["simd.fused"])
        }
        let parameters = 1000 * 2001 + 2001
        #expect(bytes(1, 2000, [1000]) > 8 * 4 * parameters)
        #expect(bytes(100_000, 2, [1000]) - bytes(1000, 2, [1000]) >= 8 * 2 * 99_000)
        for hidden in [[1_000_000], Array(repeating: 1_000_000, count: 63)] {
            #expect(bytes(1 << 43, 1, hidden) > 1 << 45)
            #expect(bytes(1, 1 << 43, hidden) > 1 << 45)
        }
        #expect(bytes(1, 1, [1_000_000, 1_000_000]) > 1 << 42)
    }

    @Test("A preset leaves out what does not fit into memory, and a grid of one's own is checked")
    func memory() throws {
        let cell = Cell(m: 1 << 40, nx: 1 << 10, scalar: .double, threads: 1)
        #expect(CellMemory.bytes(of: cell, ["simd.fused"]) >= cell.xBytes)
        let settings = try GridSettings(
            .quick, m: [1 << 40], nx: [1 << 10], threads: [1], scalars: [.double], rungs: ["simd.fused"],
            peers: [], seed: 1)
        #expect(throws: GridError.self) { try settings.checkMemory() }
    }

    @Test("Peers have room for as many copies of X as are left beside a file with the data")
    func copies() {
        #expect(CellMemory.copies(ofBytes: 100, beside: 50, in: 550) == 4)
        #expect(CellMemory.copies(ofBytes: 100, beside: 50, in: 549) == 3)
        #expect(CellMemory.copies(ofBytes: 100, beside: 50, in: 150) == 0)
        #expect(CellMemory.copies(ofBytes: .max, beside: .max, in: 1000) == 0)
    }
}
