import Foundation
import Problems
import Measurement
import Testing

@Suite("A rung that rounds X is timed, and is never the fastest")
struct StorageTests {
    static func rung(
        _ name: String, after: String? = nil, _ nanoseconds: Int, storage: Storage = .scalar,
        threaded: Bool = false
    ) -> RungResult {
        RungResult(
            rung: RungInfo(
                name, after: after, "an idea", sums: .running, storage: storage, isThreaded: threaded),
            work: .step(Shape(1000, 100), in: .float, passes: 1, storage: storage), preparedBytes: 0,
            workers: 1, verdict: nil,
            samples: (0..<9).map {
                Sample(
                    block: $0 % 3, round: $0, position: 0, steps: 1, nanoseconds: nanoseconds + $0,
                    cpuNanoseconds: nanoseconds)
            })
    }

    static let rungs = [
        rung("a.a", 90_000), rung("b.b", after: "a.a", 40_000),
        rung("b.half", after: "b.b", 20_000, storage: .bfloat16),
        rung("c.c", after: "b.b", 30_000, threaded: true),
        rung("c.half", after: "b.half", 10_000, storage: .bfloat16, threaded: true),
    ]

    static let cell = Cell(m: 1000, nx: 100, scalar: .float, threads: 2)

    @Test("The fastest, the leaders and the fastest with and without threads are others")
    func isNoContender() throws {
        let result = CellResult(cell: Self.cell, rungs: Self.rungs)
        #expect(result.timed.count == 5 && result.contenders.map { $0.rung } == ["a.a", "b.b", "c.c"])
        #expect(result.fastest?.rung == "c.c")
        let leaders = try #require(result.leaders)
        #expect(leaders.first.rung == "c.c" && leaders.second.rung == "b.b")
        #expect(result.fastestThreaded?.rung == "c.c" && result.fastestOnOneThread?.rung == "b.b")
        // Its factor over the rung that it builds on is known all the same.
        let factor = try #require(result.factorOverPrevious(Self.rungs[2]))
        #expect((factor.median - 2).magnitude < 0.001)
    }

    @Test("Where nothing else was timed they are compared among themselves")
    func alone() {
        let result = CellResult(cell: Self.cell, rungs: [Self.rungs[2], Self.rungs[4]])
        #expect(result.reference?.rung == "b.half" && result.fastest?.rung == "c.half")
    }

    @Test("The bytes of X are those that are stored, in rates and in the ceiling")
    func countsBytes() throws {
        let ceilings = [
            Self.rung("read.one", 10_000), Self.rung("read.one.bfloat16", 4000, storage: .bfloat16),
        ]
        let result = CellResult(cell: Self.cell, rungs: Self.rungs, ceilings: ceilings)
        let (whole, half) = (Self.rungs[1], Self.rungs[2])
        // 400 000 bytes in 40 µs, 200 000 in 20 µs.
        for rung in [whole, half] {
            let rate = try #require(result.rates(rung)).bytesPerSecond
            #expect((rate / 1e10 - 1).magnitude < 0.001)
        }
        let fractions = try [whole, half].map {
            try #require(result.roofline($0, operationsPerSecond: nil)).fraction
        }
        #expect((fractions[0] - 0.25).magnitude < 0.001 && (fractions[1] - 0.2).magnitude < 0.001)
        // Without a ceiling of its own it has none.
        let one = CellResult(cell: Self.cell, rungs: Self.rungs, ceilings: [ceilings[0]])
        #expect(one.roofline(half, operationsPerSecond: nil) == nil)
    }

    @Test("Results say how X was stored; from before there was a choice it was as it is")
    func isStored() throws {
        let half = try JSONEncoder().encode(Self.rungs[2])
        #expect(try JSONDecoder().decode(RungResult.self, from: half).storage == .bfloat16)
        var fields = try #require(try JSONSerialization.jsonObject(with: half) as? [String: Any])
        fields["storage"] = nil
        let old = try JSONSerialization.data(withJSONObject: fields)
        #expect(try JSONDecoder().decode(RungResult.self, from: old).storage == .scalar)
    }
}
