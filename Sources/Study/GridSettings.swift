import Foundation
import Ladders
import Measurement
import Problems

/// The cells that are timed, and how.
package struct GridSettings {
    package private(set) var plan: Plan
    package var sampler: SamplerSettings
    package let seed: UInt64
    package let scalars: [ScalarKind]
    package let peers: [PeerCommand]

    /// The data of cells that have a name; nil where all data are random.
    private(set) var data: RunData?

    /// A preset's cells as far as this machine has the memory for them, or a grid of one's own.
    ///
    /// - Parameters:
    ///   - m: numbers of samples; those of the preset where nil. The same with `nx` and `threads`.
    ///   - rungs: the names of implementations.
    package init(
        _ preset: Preset, m: [Int]?, nx: [Int]?, threads: [Int]?, scalars: [ScalarKind], rungs: [String],
        peers: [PeerCommand], seed: UInt64
    ) throws(GridError) {
        (self.scalars, self.peers, self.seed) = (scalars, peers, seed)
        sampler = preset.sampler
        let processors = ProcessInfo.processInfo.activeProcessorCount
        guard m == nil, nx == nil, threads == nil else {
            let grid = try Grid(
                m: m ?? preset.m, nx: nx ?? preset.nx, scalars: scalars, threads: threads ?? [processors])
            plan = Plan(cells: grid.cells, rungs: rungs)
            return
        }
        let fashionMNIST = Grid(cells: preset.fashionMNIST(scalars: scalars, processors: processors))
        let available = Memory.availableBytes
        let cells = try preset.grid(scalars: scalars, processors: processors).joined(with: fashionMNIST)
            .keeping { CellMemory.bytes(of: $0, rungs) <= available }.cells
        if cells.contains(where: { $0.data != nil }) {
            data = RunData(DataSource(FashionMNIST.training.rawValue))
        }
        plan = Plan(preset: preset.rawValue, cells: cells, rungs: rungs, data: data?.source.commandWords)
    }

    /// The settings of a run that was cut short; `data` are those of its plan.
    init(resuming results: Results, _ data: RunData?) {
        (plan, sampler, seed) = (results.plan, results.settings, results.seed)
        scalars = ScalarKind.allCases.filter { kind in results.plan.cells.contains { $0.scalar == kind } }
        (peers, self.data) = ([], data)  // The peers are those of the plan.
    }

    /// The same for a data set in place of random data, with an α of at most 1/L, since a model that runs away
    /// is timed on numbers that no training has.
    package func timing(_ source: DataSource) throws -> GridSettings {
        let data = RunData(source)
        let facts = try data.facts(scalars[0])
        var threads: [Int] = []
        for cell in plan.cells where !threads.contains(cell.threads) { threads.append(cell.threads) }
        let cells = scalars.flatMap { scalar in
            threads.map {
                Cell(m: facts.m, nx: facts.nx, scalar: scalar, threads: $0, data: source.shortName)
            }
        }
        var settings = self
        settings.data = data
        settings.plan = Plan(
            cells: cells, rungs: plan.rungs, data: source.commandWords,
            dataFingerprint: try source.fingerprint)
        if facts.learningRate > 0 {
            settings.sampler.learningRate = min(sampler.learningRate, facts.learningRate)
        }
        return settings
    }

    package var timesFashionMNIST: Bool { plan.cells.contains { $0.data == FashionMNIST.training.rawValue } }

    package func checkMemory() throws(GridError) {
        try Grid(cells: plan.cells).checkMemory { CellMemory.bytes(of: $0, plan.rungs) }
    }

    /// Results in which nothing is timed yet, of a run that the command line `command` began.
    func results(command: String) -> Results {
        var results = Results(
            date: Date().formatted(.iso8601), command: command, seed: seed, settings: sampler, plan: plan,
            machine: .current, build: Executable.build)
        results.notes = LogisticLadder.rungs.filter { plan.rungs.contains($0.name) }.map {
            RungNote(rung: $0.name, why: $0.why)
        }
        return results
    }
}

/// The memory that timing a cell takes, counted before anything is allocated.
package enum CellMemory {
    /// The share of the program and the harness, without data and prepared implementations.
    static let harnessBytes = 64 << 20

    /// Bytes for the data, for what all implementations of `names` prepare, since they take turns, and for
    /// the controls, which are prepared once more; `Int.max` where that is more than an `Int` holds.
    package static func bytes(of cell: Cell, _ names: [String]) -> Int {
        // What is too large anyway is not counted in detail, where products might not fit an Int.
        guard cell.xBytes < 1 << 50, cell.m < 1 << 44, cell.nx < 1 << 44 else { return cell.xBytes }
        func bytes<Scalar: LaneScalar>(_: Scalar.Type) -> Int {
            let kinds = LogisticLadder.rungs(Scalar.self).filter { names.contains($0.name) }
            let prepared = kinds.map { $0.preparedBytes(cell.shape, threads: cell.threads) }
            // Those two that take the most might be the controls.
            let controls = prepared.sorted().suffix(2).reduce(0, +)
            return Dataset<Scalar>.byteCount(m: cell.m, nx: cell.nx) + prepared.reduce(0, +) + controls
                + harnessBytes
        }
        return bytes(cell.scalar.type)
    }

    /// How many peers have room for a copy of X each, next to what the cell needs and a file with the data,
    /// which may be in memory too.
    package static func copies(ofBytes xBytes: Int, beside neededBytes: Int, in availableBytes: Int) -> Int {
        let left = availableBytes - min(availableBytes, neededBytes)
        return max(0, left / max(1, xBytes) - 1)
    }
}

/// About how long a plan will take, from a moment's trial of every implementation on a small X: for
/// `--dry-run`. An X beyond the caches takes longer than this predicts.
package struct Expectation {
    /// Nanoseconds for each value of X.
    private struct Speed {
        var step: [String: Double] = [:]
        /// Of drawing data, judging and preparing.
        var setup = 0.0
    }

    private var speeds: [ScalarKind: Speed] = [:]
    private let settings: SamplerSettings

    /// Tries all implementations of `plan`, in a fraction of a second.
    package init(_ plan: Plan, _ settings: SamplerSettings) throws {
        self.settings = settings
        for scalar in ScalarKind.allCases {
            guard let threads = plan.cells.first(where: { $0.scalar == scalar })?.threads else { continue }
            let cell = Cell(m: 512, nx: 64, scalar: scalar, threads: threads)
            let trial = SamplerSettings(
                rounds: 1, blocks: 1, minimumSampleNanoseconds: 200_000,
                maximumCellNanoseconds: 10_000_000_000)
            var request = BlockRequest(
                cell, block: 0, trial, maximumNanoseconds: trial.maximumCellNanoseconds, seed: 1,
                names: plan.rungs)
            request.controls = []
            let start = ContinuousClock.now
            guard let result = try CellRunner(request).run() else { return }
            let all = (ContinuousClock.now - start) / .nanoseconds(1)
            let sampling = (result.blocks.first?.seconds ?? 0) * 1e9
            var speed = Speed(setup: max(0, all - sampling) / Double(cell.values))
            for rung in result.timed {
                speed.step[rung.rung] = (rung.stepTime?.minimumNanoseconds ?? 0) / Double(cell.values)
            }
            speeds[scalar] = speed
        }
    }

    package func seconds(_ cell: Cell) -> Double {
        guard let speed = speeds[cell.scalar] else { return 0 }
        let values = Double(cell.values)
        let sampling = speed.step.values.reduce(0) { total, perValue in
            let step = perValue * values
            if step > Double(settings.maximumStepNanoseconds) { return total + step }
            // Each round has a step that does not count, and each block about three samples of warm-up.
            let sample = max(step, Double(settings.minimumSampleNanoseconds))
            return total + Double(settings.rounds) * (sample + step) + Double(settings.blocks) * 3 * sample
        }
        let limited = min(sampling, Double(settings.maximumCellNanoseconds))
        // A fresh process takes a few hundredths of a second to start.
        return (limited + Double(settings.blocks) * speed.setup * values) / 1e9 + 0.05
    }
}
