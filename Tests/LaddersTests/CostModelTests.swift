import Ladders
import Testing

@Suite("The implementation that is taken where none is named")
struct CostModelTests {
    private let model = CostModel(caches: [32 << 10, 1 << 20, 32 << 20])

    @Test("Exists in the ladder, whatever the shape and the threads")
    func exists() {
        let names = Catalog<Double>.all.map { $0.rung.name }
        for m in [1, 100, 1 << 20] {
            for nx in [1, 7, 64, 1001, 100_000] {
                for threads in [1, 2, 64] {
                    let best = Catalog<Double>.best(m: m, nx: nx, threads: threads, on: model)
                    #expect(
                        names.contains(best) && best.hasPrefix("dispatch") == (threads > 1), "\(m) × \(nx)")
                }
            }
        }
    }

    @Test("Narrow samples lie in columns, wide ones that fill whole lines in rows", arguments: [1, 2])
    func layouts(threads: Int) {
        func best(_ m: Int, _ nx: Int) -> String {
            String(Catalog<Float>.best(m: m, nx: nx, threads: threads, on: model).drop { $0 != "." })
        }
        for m in [100, 10_000, 10_000_000] {
            #expect(best(m, 2) == ".interleaved" && best(m, 8) == ".interleaved")
            #expect(best(m, 1024) != ".interleaved" && best(m, 12_288) != ".interleaved")
        }
    }

    @Test("Rows that straddle lines are taken in the private caches only")
    func straddling() {
        #expect(Catalog<Float>.best(m: 100, nx: 1023, threads: 1, on: model) == "simd.pipelined")
        #expect(Catalog<Float>.best(m: 1_000_000, nx: 1023, threads: 1, on: model) == "simd.interleaved")
    }

    @Test("Nothing is copied where that is not allowed, and unknown caches are no trap")
    func limits() {
        #expect(Catalog<Float>.best(m: 100, nx: 2, threads: 2, copies: false, on: model) == "dispatch.team")
        #expect(
            Catalog<Float>.best(m: 100, nx: 2, threads: 1, on: CostModel(caches: [])) == "simd.interleaved")
        #expect(
            Catalog<Float>.best(m: 100, nx: 2, threads: 1, on: CostModel(caches: [32 << 10]))
                == "simd.interleaved")
    }
}
