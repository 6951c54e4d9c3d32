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

    /// The networks in place of logistic regression; none where not given.
    private let networks: [Network]

    /// The implementations that were named; nil where all are to be timed.
    private let names: [String]?

    /// A preset's cells as far as this machine has the memory for them, or a grid of one's own.
    ///
    /// - Parameters:
    ///   - m: numbers of samples; those of the preset where nil. The same with `nx` and `threads`.
    ///   - networks: in place of logistic regression; none where that is to be timed.
    ///   - rungs: the names of implementations; nil: all that the preset times. A cell has those of its ladder, and is
    ///     left out where there are none.
    package init(
        _ preset: Preset, m: [Int]?, nx: [Int]?, networks: [Network] = [], threads: [Int]?,
        scalars: [ScalarKind], rungs: [String]?, peers: [PeerCommand], seed: UInt64
    ) throws(GridError) {
        (self.scalars, self.peers, self.seed) = (scalars, peers, seed)
        (self.networks, names) = (networks, rungs ?? preset.rungs)
        sampler = preset.sampler
        let processors = ProcessInfo.processInfo.activeProcessorCount
        guard m == nil, nx == nil, networks.isEmpty, threads == nil else {
            let grid = try Grid(
                m: m ?? preset.m, nx: nx ?? preset.nx, networks: networks.isEmpty ? [.logistic] : networks,
                scalars: scalars, threads: threads ?? [processors])
            plan = Plan(cells: grid.cells, rungs: Self.rungs(of: grid.cells, names))
            return
        }
        let fashionMNIST = Grid(cells: preset.fashionMNIST(scalars: scalars, processors: processors))
        let available = Memory.availableBytes
        let all = try preset.grid(scalars: scalars, processors: processors).joined(with: fashionMNIST)
        let named = Self.rungs(of: all.cells, names)
        let cells = all.keeping { cell in
            Ladder(of: cell.shape).rungs(in: cell.scalar).contains { named.contains($0.name) }
                && CellMemory.bytes(of: cell, named) <= available
        }.cells
        if cells.contains(where: { $0.data != nil }) {
            data = RunData(DataSource(FashionMNIST.training.rawValue))
        }
        plan = Plan(
            preset: preset.rawValue, cells: cells, rungs: Self.rungs(of: cells, names),
            data: data?.source.commandWords)
    }

    /// The names of the rungs of these cells' ladders that compute in one of their scalars, as far as they are wanted.
    private static func rungs(of cells: [Cell], _ wanted: [String]?) -> [String] {
        var found: [String] = []
        for ladder in Ladder.allCases {
            let scalars = Set(cells.filter { Ladder(of: $0.shape) == ladder }.map { $0.scalar })
            for name in ladder.names where !found.contains(name) && wanted?.contains(name) ?? true {
                let computes = scalars.contains { ladder.rungs(in: $0).contains { $0.name == name } }
                if computes { found.append(name) }
            }
        }
        return found
    }

    /// The settings of a run that was cut short; `data` are those of its plan.
    init(resuming results: Results, _ data: RunData?) {
        (plan, sampler, seed) = (results.plan, results.settings, results.seed)
        scalars = ScalarKind.allCases.filter { kind in results.plan.cells.contains { $0.scalar == kind } }
        (peers, self.data) = ([], data)  // The peers are those of the plan.
        (networks, names) = ([], plan.rungs)
    }

    /// The same for a data set in place of random data, with an α of at most 1/L, since a model that runs away
    /// is timed on numbers that no training has.
    package func timing(_ source: DataSource) throws -> GridSettings {
        let data = RunData(source)
        let facts = try data.facts(scalars[0])
        var threads: [Int] = []
        for cell in plan.cells where !threads.contains(cell.threads) { threads.append(cell.threads) }
        let cells = scalars.flatMap { scalar in
            threads.flatMap { threads in
                (networks.isEmpty ? [.logistic] : networks).map {
                    Cell(
                        m: facts.m, nx: facts.nx, network: $0, scalar: scalar, threads: threads,
                        data: source.shortName)
                }
            }
        }
        var settings = self
        settings.data = data
        settings.plan = Plan(
            cells: cells, rungs: Self.rungs(of: cells, names), data: source.commandWords,
            dataFingerprint: try source.fingerprint)
        if facts.learningRate > 0 {
            settings.sampler.learningRate = min(sampler.learningRate, facts.learningRate)
        }
        return settings
    }

    package var timesFashionMNIST: Bool { plan.cells.contains { $0.data == FashionMNIST.training.rawValue } }

    /// The ladders that the cells are climbed on.
    package var ladders: [Ladder] {
        Ladder.allCases.filter { ladder in plan.cells.contains { Ladder(of: $0.shape) == ladder } }
    }

    /// The number of implementations, those of different ladders counted one by one.
    package var implementations: Int {
        ladders.reduce(0) { $0 + $1.names.count { plan.rungs.contains($0) } }
    }

    package func checkMemory() throws(GridError) {
        try Grid(cells: plan.cells).checkMemory { CellMemory.bytes(of: $0, plan.rungs) }
    }

    /// Results in which nothing is timed yet, of a run that the command line `command` began.
    func results(command: String) -> Results {
        var results = Results(
            date: Date().formatted(.iso8601), command: command, seed: seed, settings: sampler, plan: plan,
            machine: .current, build: Executable.build)
        results.notes = ladders.flatMap { ladder in
            ladder.rungs.filter { plan.rungs.contains($0.name) }.map {
                RungNote(rung: $0.name, ladder == .networks ? .network : nil, why: $0.why)
            }
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
        let units = cell.m.saturatingProduct(max(1, cell.hidden.reduce(0, +)))
        guard units < 1 << 44, cell.weights < 1 << 44 else {
            return max(units, cell.weights).saturatingProduct(cell.scalar.size)
        }
        func bytes<Scalar: LaneScalar>(_: Scalar.Type) -> Int {
            let kinds = Ladder(of: cell.shape).rungs(Scalar.self).filter { names.contains($0.name) }
            let prepared = kinds.map { $0.preparedBytes(cell.shape, threads: cell.threads) }
            // Those two that take the most might be the controls.
            let controls = prepared.sorted().suffix(2).reduce(0, +)
            return Dataset<Scalar>.byteCount(m: cell.m, nx: cell.nx) + prepared.reduce(0, +) + controls
                + harnessBytes + parameterBytes(cell, contestants: kinds.count + 2)
        }
        return bytes(cell.scalar.type)
    }

    /// Bytes for parameters: each contestant has the first ones, those of its steps and their derivatives, and the
    /// judge has about a dozen numbers for each.
    private static func parameterBytes(_ cell: Cell, contestants: Int) -> Int {
        cell.shape.parameterCount * (3 * contestants * cell.scalar.size + 96)
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
    /// Nanoseconds for each value of X, or for each product of a value and a weight of a network.
    private struct Speed {
        var step: [String: Double] = [:]
        /// Of drawing data, judging and preparing.
        var setup = 0.0
    }

    /// By the cell that was tried.
    private var speeds: [Cell: Speed] = [:]
    private let settings: SamplerSettings

    /// Tries all implementations of `plan`, in a fraction of a second.
    package init(_ plan: Plan, _ settings: SamplerSettings) throws {
        self.settings = settings
        for cell in plan.cells.map(Self.trial).uniqued {
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
            var speed = Speed(setup: max(0, all - sampling) / Double(cell.products))
            for rung in result.timed {
                speed.step[rung.rung] = (rung.stepTime?.minimumNanoseconds ?? 0) / Double(cell.products)
            }
            speeds[cell] = speed
        }
    }

    /// The small cell that stands for others.
    private static func trial(of cell: Cell) -> Cell {
        let activation = cell.network.activation
        return cell.hidden.isEmpty
            ? Cell(m: 512, nx: 64, scalar: cell.scalar, threads: cell.threads)
            : Cell(
                m: 128, nx: 32, network: Network(hidden: [16], activation: activation), scalar: cell.scalar,
                threads: cell.threads)
    }

    package func seconds(_ cell: Cell) -> Double {
        guard let speed = speeds[Self.trial(of: cell)] else { return 0 }
        let products = Double(cell.products)
        let sampling = speed.step.values.reduce(0) { total, perProduct in
            let step = perProduct * products
            if step > Double(settings.maximumStepNanoseconds) { return total + step }
            // Each round has a step that does not count, and each block about three samples of warm-up.
            let sample = max(step, Double(settings.minimumSampleNanoseconds))
            return total + Double(settings.rounds) * (sample + step) + Double(settings.blocks) * 3 * sample
        }
        let limited = min(sampling, Double(settings.maximumCellNanoseconds))
        // A fresh process takes a few hundredths of a second to start.
        return (limited + Double(settings.blocks) * speed.setup * products) / 1e9 + 0.05
    }
}
