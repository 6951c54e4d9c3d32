import Ladders
import Problems
import Testing

@Suite("The implementation that is taken where none is named")
struct CostModelTests {
    private let model = CostModel(caches: [32 << 10, 1 << 20, 32 << 20])

    @Test("Exists in the ladder, whatever the shape and the threads")
    func exists() {
        let names = LogisticLadder.rungs(Double.self).map { $0.name }
        for m in [1, 100, 1 << 20] {
            for nx in [1, 7, 64, 1001, 100_000] {
                for threads in [1, 2, 64] {
                    let best = model.fastest(Shape(m, nx), in: Double.kind, threads: threads)
                    #expect(
                        names.contains(best) && best.hasPrefix("dispatch") == (threads > 1), "\(m) × \(nx)")
                }
            }
        }
    }

    @Test("Exists in the ladder of networks, and shares the work where there are threads")
    func networks() {
        for threads in [1, 2, 64] {
            let best = model.fastest(Shape(100, 3, hidden: [4]), in: Float.kind, threads: threads)
            #expect(NetworkLadder.rungs.first { $0.name == best }?.isThreaded == (threads > 1))
        }
    }

    @Test("Narrow samples lie in columns, wide ones that fill whole lines in rows", arguments: [1, 2])
    func layouts(threads: Int) {
        func best(_ m: Int, _ nx: Int) -> String {
            String(model.fastest(Shape(m, nx), in: Float.kind, threads: threads).drop { $0 != "." })
        }
        for m in [100, 10_000, 10_000_000] {
            #expect(best(m, 2) == ".interleaved" && best(m, 8) == ".interleaved")
            #expect(best(m, 1024) != ".interleaved" && best(m, 12_288) != ".interleaved")
        }
    }

    @Test("Rows that straddle lines are taken in the private caches only")
    func straddling() {
        #expect(model.fastest(Shape(100, 1023), in: Float.kind, threads: 1) == "simd.pipelined")
        #expect(model.fastest(Shape(1_000_000, 1023), in: Float.kind, threads: 1) == "simd.interleaved")
    }

    @Test("Nothing is copied where that is not allowed, and unknown caches are no trap")
    func limits() {
        #expect(model.fastest(Shape(100, 2), in: Float.kind, threads: 2, copies: false) == "dispatch.team")
        #expect(
            CostModel(caches: []).fastest(Shape(100, 2), in: Float.kind, threads: 1) == "simd.interleaved")
        #expect(
            CostModel(caches: [32 << 10]).fastest(Shape(100, 2), in: Float.kind, threads: 1)
                == "simd.interleaved")
    }
}
