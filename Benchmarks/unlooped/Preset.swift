import Problems
import Measurement

/// A grid and a way to sample it that need not be thought out each time.
enum Preset: String, CaseIterable, Sendable {
    /// About a minute.
    case quick
    /// About ten minutes.
    case standard
    /// Every shape that fits; hours.
    case full
    /// For `--peer`, with few implementations: shapes of all kinds, on one thread and on all processors;
    /// about twenty minutes.
    case peers
    /// How near the rungs that can be the fastest come to what the machine can do; about ten minutes.
    case limits

    /// Numbers of samples; none where the shapes are no product of lists.
    var m: [Int] {
        switch self {
        case .quick: [1000, 10_000, 100_000]
        case .standard, .peers: [100, 1000, 10_000, 100_000, 1_000_000]
        case .full: [100, 1000, 10_000, 100_000, 1_000_000, 10_000_000]
        case .limits: []
        }
    }

    /// Numbers of features; none where the shapes are no product of lists.
    var nx: [Int] {
        switch self {
        case .quick: [8, 128]
        case .standard: [2, 8, 32, 128, 1024]
        case .full, .peers: [2, 8, 32, 128, 1024, 12_288]
        case .limits: []
        }
    }

    /// Whether a cell is not too large.
    private func allows(_ cell: Cell) -> Bool {
        switch self {
        case .quick, .standard: cell.values <= 1 << 27
        case .full: cell.values <= 1 << 29
        case .peers, .limits: cell.xBytes <= 2 << 30
        }
    }

    /// How it samples.
    var sampler: SamplerSettings {
        switch self {
        case .quick:
            SamplerSettings(
                rounds: 18, blocks: 6, minimumSampleNanoseconds: 2_000_000,
                maximumCellNanoseconds: 15_000_000_000)
        case .standard:
            SamplerSettings(
                rounds: 20, blocks: 5, minimumSampleNanoseconds: 3_000_000,
                maximumCellNanoseconds: 60_000_000_000)
        case .full:
            SamplerSettings(
                rounds: 30, blocks: 6, minimumSampleNanoseconds: 5_000_000,
                maximumCellNanoseconds: 240_000_000_000)
        case .peers:
            SamplerSettings(
                rounds: 12, blocks: 3, minimumSampleNanoseconds: 3_000_000,
                maximumCellNanoseconds: 30_000_000_000)
        case .limits:
            SamplerSettings(
                rounds: 16, blocks: 4, minimumSampleNanoseconds: 3_000_000,
                maximumCellNanoseconds: 60_000_000_000)
        }
    }

    /// The implementations that it times, of `names`.
    func rungs(_ names: [String]) -> [String] {
        self == .limits ? names.filter(LimitCells.rungs.contains) : names
    }

    /// The cells: all shapes on all processors, and some of them on fewer threads too, which shows what
    /// each further thread gains.
    func grid(scalars: [ScalarKind], processors: Int) throws(GridError) -> Grid {
        if self == .limits {
            let caches = Machine.current.caches
            return Grid(cells: LimitCells.all(scalars: scalars, processors: processors, caches: caches))
        }
        let all = try Grid(m: m, nx: nx, scalars: scalars, threads: [processors])
            .keeping(allows)
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
}
