import Measurement
import Problems

/// A grid and a way to sample it, ready to use.
package enum Preset: String, CaseIterable, Sendable {
    case quick
    case standard
    /// Every shape that fits; hours.
    case full
    /// For `--peer`, with few implementations: shapes of all kinds, on one thread and on all processors;
    /// about twenty minutes.
    case peers
    /// How near the rungs that can be the fastest come to what the machine can do; about ten minutes.
    case limits
    /// Networks of all kinds, on one thread and on all processors; about an hour.
    case networks

    /// Numbers of samples; none where the shapes are no product of lists.
    package var m: [Int] {
        switch self {
        case .quick: [1000, 10_000, 100_000]
        case .standard, .peers: [100, 1000, 10_000, 100_000, 1_000_000]
        case .full: [100, 1000, 10_000, 100_000, 1_000_000, 10_000_000]
        case .limits, .networks: []
        }
    }

    /// Whether it has shapes of its own, which are no product of lists.
    package var hasOwnShapes: Bool { m.isEmpty }

    /// Numbers of features; none where the shapes are no product of lists.
    package var nx: [Int] {
        switch self {
        case .quick: [8, 128]
        case .standard: [2, 8, 32, 128, 1024]
        case .full, .peers: [2, 8, 32, 128, 1024, 12_288]
        case .limits, .networks: []
        }
    }

    private func allows(_ cell: Cell) -> Bool {
        switch self {
        case .quick, .standard: cell.values <= 1 << 27
        case .full: cell.values <= 1 << 29
        case .peers, .limits, .networks: cell.xBytes <= 2 << 30
        }
    }

    /// About how long it takes. Where the least number of blocks takes less, the rest of the time goes to further blocks.
    private var expectedSeconds: Int {
        switch self {
        case .quick: 60
        case .standard, .limits: 600
        case .peers: 1200
        case .networks: 3600
        case .full: 4 * 3600
        }
    }

    var sampler: SamplerSettings {
        // Six blocks are the fewest that have an interval.
        let (rounds, blocks, sampleMilliseconds, cellSeconds) =
            switch self {
            case .quick: (18, 6, 1, 12)
            case .standard: (18, 6, 3, 60)
            case .full: (30, 6, 5, 240)
            case .peers: (12, 6, 3, 30)
            case .limits: (18, 6, 3, 60)
            case .networks: (18, 6, 3, 120)
            }
        let second = 1_000_000_000
        return SamplerSettings(
            rounds: rounds, blocks: blocks, precision: self == .quick ? 0.05 : 0.03,
            refiningNanoseconds: expectedSeconds * second,
            minimumSampleNanoseconds: sampleMilliseconds * 1_000_000,
            maximumCellNanoseconds: cellSeconds * second)
    }

    /// The implementations that it times; nil: all.
    var rungs: [String]? { self == .limits ? LimitCells.rungs.sorted() : nil }

    /// The cells: all shapes on all processors, and some of them on fewer threads too, which shows what
    /// each further thread gains.
    func grid(scalars: [ScalarKind], processors: Int) throws(GridError) -> Grid {
        if self == .limits {
            let caches = Machine.current.caches
            return Grid(cells: LimitCells.all(scalars: scalars, processors: processors, caches: caches))
        }
        if self == .networks {
            return Grid(cells: NetworkCells.all(scalars: scalars, processors: processors))
        }
        let network = NetworkCells.one(of: self).map { example in
            scalars.map { example.cell($0, threads: processors) }
        }
        let all = try Grid(m: m, nx: nx, scalars: scalars, threads: [processors]).keeping(allows)
            .joined(with: Grid(cells: network ?? []))
        guard self != .quick, processors > 1 else { return all }
        var counts: [Int] = []
        var threads = 1
        while threads < processors {
            counts.append(threads)
            threads *= 2
        }
        let isWhole = self == .full || self == .peers
        let fewer = try Grid(
            m: isWhole ? m : [1000, 100_000], nx: isWhole ? nx : [128], scalars: scalars,
            threads: self == .peers ? [1] : counts)
        return all.joined(with: fewer.keeping(allows))
    }

    /// Whether Fashion-MNIST is timed too, where it is installed.
    package var timesFashionMNIST: Bool { ![.quick, .limits, .networks].contains(self) }

    /// The cells of Fashion-MNIST; none where it is not installed, or not timed by this preset.
    func fashionMNIST(scalars: [ScalarKind], processors: Int) -> [Cell] {
        guard timesFashionMNIST, FashionMNIST.isInstalled else { return [] }
        return scalars.map {
            Cell(
                m: FashionMNIST.m, nx: FashionMNIST.nx, scalar: $0, threads: processors,
                data: FashionMNIST.training.rawValue)
        }
    }
}

/// The cells of the preset `limits`: shapes that follow from the sizes of this machine's caches.
package enum LimitCells {
    /// The rungs that can be the fastest anywhere, or that store half of X.
    static let rungs: Set = [
        "simd.fused", "simd.pipelined", "simd.bfloat16", "simd.interleaved", "dispatch.fused",
        "dispatch.pipelined", "dispatch.bfloat16", "dispatch.team", "dispatch.interleaved",
    ]

    private static let greatestBytes = 2 << 30

    /// All cells, scalar by scalar, from small to large.
    package static func all(scalars: [ScalarKind], processors: Int, caches: [Machine.Cache]) -> [Cell] {
        let sizes = CacheSizes(caches)
        return scalars.flatMap { scalar in
            /// The smallest X of at least so many bytes.
            func cell(_ bytes: Int, nx: Int, threads: Int = 1) -> Cell {
                let sample = nx * scalar.size
                return Cell(m: (bytes + sample - 1) / sample, nx: nx, scalar: scalar, threads: threads)
            }
            let (m, nx) = Limit.shapeInSecondCache
            let inSecondCache = Cell(m: m, nx: nx, scalar: scalar, threads: 1)
            let narrow = [2, Limit.narrowestFeatures].flatMap { nx in
                [Limit.fewestSamples, 10 * Limit.fewestSamples].map {
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
                growth.append(cell(growing, nx: Limit.fewestWideFeatures))
            }
            return [inSecondCache] + narrow + inLastCache + beyond + growth
        }
    }
}

/// The cells of networks: shapes of all kinds, from a plane with two features to images, so that in one the calls and
/// activations take the time, in another the products, and in another reading X.
package enum NetworkCells {
    struct Example {
        let m: Int, nx: Int
        let network: Network

        init(_ m: Int, _ nx: Int, _ hidden: Int..., activation: Activation = .relu) {
            (self.m, self.nx) = (m, nx)
            network = Network(hidden: hidden, activation: activation)
        }

        func cell(_ scalar: ScalarKind, threads: Int) -> Cell {
            Cell(m: m, nx: nx, network: network, scalar: scalar, threads: threads)
        }
    }

    /// From few to many operations, so that a rung that is too slow for one is not tried on the next.
    private static let examples = [
        Example(400, 2, 4, activation: .tanh), Example(569, 30, 16),
        Example(1_000_000, 2, 4, activation: .tanh),
        Example(209, 12_288, 7), Example(209, 12_288, 20, 7, 5), Example(128, 784, 512, 512),
        // Small enough for explicit loops.
        Example(1000, 784, 128), Example(12_000, 784, 30), Example(100_000, 28, 64, 64),
        Example(12_000, 784, 128), Example(4096, 784, 512, 512),
    ]

    /// All cells, scalar by scalar, on one thread and on all processors.
    package static func all(scalars: [ScalarKind], processors: Int) -> [Cell] {
        scalars.flatMap { scalar in
            Set([1, processors]).sorted().flatMap { threads in
                examples.map { $0.cell(scalar, threads: threads) }
            }
        }
    }

    /// The network that a preset times beside logistic regression: one whose explicit loops take a step in the time
    /// that the preset has for one.
    static func one(of preset: Preset) -> Example? {
        switch preset {
        case .quick: Example(100, 784, 128)
        case .standard: Example(500, 784, 128)
        case .full: Example(1000, 784, 128)
        case .peers, .limits, .networks: nil
        }
    }
}
