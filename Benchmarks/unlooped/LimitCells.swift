import Problems
import Measurement

/// The cells of the preset `limits`: shapes that follow from the sizes of this machine's caches.
package enum LimitCells {
    /// What can be the fastest anywhere, or is held to half of X.
    static let rungs: Set = [
        "simd.fused", "simd.pipelined", "simd.bfloat16", "simd.interleaved", "dispatch.fused",
        "dispatch.pipelined", "dispatch.bfloat16", "dispatch.team", "dispatch.interleaved",
    ]

    /// Where X stops to grow.
    private static let greatestBytes = 2 << 30

    /// All cells, scalar by scalar, from the small to the great.
    package static func all(scalars: [ScalarKind], processors: Int, caches: [Machine.Cache]) -> [Cell] {
        let sizes = CacheSizes(caches)
        return scalars.flatMap { scalar in
            /// The least X of so many bytes.
            func cell(_ bytes: Int, nx: Int, threads: Int = 1) -> Cell {
                let sample = nx * scalar.size
                return Cell(m: (bytes + sample - 1) / sample, nx: nx, scalar: scalar, threads: threads)
            }
            let (m, nx) = LimitTarget.shapeInSecondCache
            let inSecondCache = Cell(m: m, nx: nx, scalar: scalar, threads: 1)
            let narrow = [2, PeerGoal.narrowestFeatures].flatMap { nx in
                [PeerGoal.fewestSamples, 10 * PeerGoal.fewestSamples].map {
                    Cell(m: $0, nx: nx, scalar: scalar, threads: 1)
                }
            }
            let inLastCache = [16, 32, 128, 512, 1024, 4096, 12_288].map { cell(sizes.last / 4, nx: $0) }
            let beyond = Set([1, processors]).sorted().flatMap { threads in
                [128, 1024].map { cell(sizes.beyond, nx: $0, threads: threads) }
            }
            var growing = sizes.beyond
            var growth: [Cell] = []
            while growing < greatestBytes {
                growing = min(2 * growing, greatestBytes)
                growth.append(cell(growing, nx: LimitTarget.fewestWideFeatures))
            }
            return [inSecondCache] + narrow + inLastCache + beyond + growth
        }
    }
}
