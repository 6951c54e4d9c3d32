import Problems

/// The cost of a step in either layout of X, from how long this machine takes to read a line of 64 bytes.
///
/// A line is read from the level that X lies in, and once more for the backward pass, from the level that a
/// block lies in. In nanoseconds for a sample of n_x features that take l = n_x·size/64 lines:
///
///     samples in rows:       l·far·straddle + v·near·straddle₂ + near          v = ⌈l⌉ vectors
///     interleaved columns:   l·far          + l·again          + l·near/2
///
/// - A vector of a row that does not begin with a line straddles two. That is two accesses in the backward
///   pass (straddle₂ = 2), and where X comes from beyond the private caches two lines to wait for, which was
///   seen to take a tenth longer (straddle = 1.1). Columns never straddle.
/// - A row has one sum across its lanes, which takes about as long as a line from the nearest cache.
/// - Columns come in blocks of at least four vectors of samples: their size decides where they are read again
///   from, and each vector of dw is loaded and stored for four vectors of X.
///
/// The exponential of a sample is the same in both, and left out.
package struct CostModel: Sendable {
    /// A level of the memory.
    struct Level {
        /// How much it holds.
        let bytes: Int
        /// How long one thread takes for a line of it, in nanoseconds.
        let line: Double
    }

    private let levels: [Level]

    /// - Parameter caches: the sizes of the data caches in bytes, the nearest first; the last one is taken to be
    ///   shared. What is not known is taken to be as on common machines.
    package init(caches: [Int]) {
        let usual = [32 << 10, 1 << 20, 16 << 20]
        let sizes = usual.indices.map { caches.indices.contains($0) ? caches[$0] : usual[$0] } + [Int.max]
        // One core of a server of 2024: 510, 240, 118 and 40 GB/s. Only their ratios matter here.
        levels = zip(sizes, [0.125, 0.27, 0.54, 1.6]).map { Level(bytes: $0, line: $1) }
    }

    /// Which layout is expected to be faster.
    package func prefersColumns(m: Int, nx: Int, scalarBytes: Int, threads: Int) -> Bool {
        let sampleBytes = nx * scalarBytes
        let far = level(of: m * sampleBytes, threads)
        let near = levels[0].line
        let lines = Double(sampleBytes) / 64
        let isAligned = sampleBytes % 64 == 0
        let isShared = far >= levels.count - 2
        let rows =
            lines * levels[far].line * (isAligned || !isShared ? 1 : 1.1)
            + lines.rounded(.up) * near * (isAligned ? 1 : 2) + near
        // Four vectors of samples: 256 bytes of each feature.
        let again = levels[level(of: 256 * nx, 1)].line
        let columns = lines * (levels[far].line + again + near / 2)
        return columns < rows
    }

    /// The nearest level that holds so many bytes, of which each thread has a share in its private caches.
    private func level(of bytes: Int, _ threads: Int) -> Int {
        levels.indices.first { level in
            (level < levels.count - 2 ? bytes / threads : bytes) <= levels[level].bytes
        } ?? levels.count - 1
    }
}

extension CostModel {
    /// The name of the rung that is expected to be the fastest: the one to take where none is named.
    ///
    /// - Parameter copies: whether it may keep a copy of X.
    package func fastest(
        _ shape: Shape, in scalar: ScalarKind, threads: Int, copies: Bool = true
    ) -> String {
        guard shape.hidden.isEmpty else { return threads > 1 ? "dispatch.team" : "simd.fused" }
        let columns =
            copies && prefersColumns(m: shape.m, nx: shape.nx, scalarBytes: scalar.size, threads: threads)
        return (threads > 1 ? "dispatch." : "simd.")
            + (columns ? "interleaved" : threads > 1 ? "team" : "pipelined")
    }
}
