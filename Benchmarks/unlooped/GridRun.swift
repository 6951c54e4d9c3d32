import Foundation
import Measurement

/// Samples the blocks of a plan: the first block of every cell, then the second of every cell, and so on,
/// so that the blocks of a cell lie as far apart in time as the run is long. What slows the machine for a
/// minute then meets one block of a cell, not all of them.
struct GridRun {
    /// The peers of the plan; nil where there are none.
    let crew: PeerCrew?

    private let start = ContinuousClock.now
    private let progress = Shared(ProgressLine())

    /// What went wrong with blocks in fresh processes.
    private(set) var failures: [String] = []

    /// Whether the time for the run was over before all was done.
    private(set) var isOutOfTime = false

    /// What was said of peers that were left out.
    private var told: Set<String> = []

    init(crew: PeerCrew?) { self.crew = crew }

    /// Samples all blocks that are missing, and ends early at Ctrl-C.
    ///
    /// - Parameters:
    ///   - blockDone: has the results after each block, to keep them.
    ///   - cellDone: has each cell after its last block, and all results so far.
    mutating func run(
        _ results: inout Results, blockDone: (Results) throws -> Void, cellDone: (CellResult, Results) -> Void
    ) throws {
        let (plan, settings) = (results.plan, results.settings)
        for block in 0..<settings.blocks {
            for (i, cell) in plan.cells.enumerated()
            where results.missingBlocks(of: cell).contains(block) {
                guard let time = share(of: cell, block, in: results) else {
                    isOutOfTime = true
                    return
                }
                let request = results.request(cell, block: block, maximumNanoseconds: time)
                let place = "block \(block + 1) of \(settings.blocks), cell \(i + 1) of \(plan.cells.count)"
                guard let result = try sample(request, isLast: block == settings.blocks - 1, place) else {
                    continue
                }
                results.add(result)
                tellOfPeers(in: result)
                try blockDone(results)
                if let done = results[cell], results.missingBlocks(of: cell).isEmpty {
                    cellDone(done, results)
                }
            }
            if Interrupt.isRequested { return }
        }
    }

    /// One block; nil where Ctrl-C ended it, or its process failed.
    private mutating func sample(
        _ request: BlockRequest, isLast: Bool, _ place: String
    ) throws -> CellResult? {
        if Interrupt.isRequested { return nil }
        let progress = progress
        defer { progress.value.finish() }
        func tell(_ what: String) { progress.value.update("\(place): \(request.cell): \(what)") }
        guard isLast else {
            return try CellRunner(request: request, crew: crew, progress: tell).run()
        }
        // The fresh process has peers of its own.
        crew?.rest()
        tell("in a fresh process")
        do {
            return try FreshProcess.run(request)
        } catch {
            failures.append("block \(request.block + 1) of \(request.cell): \(error.reason)")
            return nil
        }
    }

    /// Says which peers were left out, and why, each reason once.
    private mutating func tellOfPeers(in result: CellResult) {
        for peer in result.peers {
            if let verdict = peer.verdict, !verdict.passed,
                told.insert("\(peer.rung) \(result.cell)").inserted
            {
                Terminal.warn(
                    "the peer \(peer.rung) disagrees with the reference at \(result.cell), and is left out: "
                        + verdict.inWords)
            } else if peer.verdict?.passed != false, let reason = peer.skipped,
                !reason.hasPrefix("from "), told.insert("\(peer.rung) \(reason)").inserted
            {
                Terminal.warn("the peer \(peer.rung) is left out at \(result.cell): \(reason)")
            }
        }
    }

    /// How long a block may take: its part of the cell's time, and no more than twice its part of what is
    /// left of the run's, by the bytes of X; nil where nothing is left.
    private func share(of cell: Cell, _ block: Int, in results: Results) -> Int? {
        let ofCell = results.settings.maximumCellNanoseconds / results.settings.blocks
        guard let limit = results.settings.maximumRunNanoseconds else { return ofCell }
        let left = Double(limit) - (ContinuousClock.now - start) / .nanoseconds(1)
        guard left > 0 else { return nil }
        // What a block takes besides the work on X counts as much as a few million bytes of it.
        func weight(_ cell: Cell) -> Double { Double(cell.xBytes) + 4e6 }
        let rest = results.plan.cells.reduce(0) {
            $0 + weight($1) * Double(results.missingBlocks(of: $1).count)
        }
        return min(ofCell, max(1, Int(2 * left * weight(cell) / rest)))
    }

    /// A value that closures share.
    private final class Shared<Value> {
        var value: Value
        init(_ value: Value) { self.value = value }
    }
}

extension Results {
    /// What is to be done for a block, given what is known from those before.
    func request(_ cell: Cell, block: Int, maximumNanoseconds: Int) -> BlockRequest {
        let controls = self[cell]?.controls.compactMap { $0.after }
        return BlockRequest(
            cell: cell, block: block, settings: settings, maximumNanoseconds: maximumNanoseconds, seed: seed,
            names: plan.rungs, skips: skips(in: cell) { $0.rungs }, fingerprint: build.fingerprint,
            controls: controls?.isEmpty == false ? controls : nil, data: cell.data == nil ? nil : plan.data,
            peers: plan.peers, peerSkips: skips(in: cell) { $0.peers.filter { !$0.isOfThisCellOnly } })
    }

    /// What was too slow, or failed, at a size that is no larger, with the reason.
    private func skips(in cell: Cell, _ all: (CellResult) -> [RungResult]) -> [String: String] {
        var skips: [String: String] = [:]
        for smaller in cells
        where (smaller.cell.scalar, smaller.cell.threads) == (cell.scalar, cell.threads)
            && smaller.cell.m <= cell.m && smaller.cell.nx <= cell.nx
        {
            for rung in all(smaller) where rung.verdict?.passed != false && skips[rung.rung] == nil {
                guard let reason = rung.skipped else { continue }
                let isHere = smaller.cell == cell || reason.hasPrefix("from ")
                skips[rung.rung] =
                    isHere ? reason : "from m = \(smaller.cell.m), n_x = \(smaller.cell.nx) on \(reason)"
            }
        }
        return skips
    }

    /// How the program ends after a run, and why where that is not well.
    func explainEnd() -> ExitCode {
        let rejected = cells.flatMap { cell in cell.rejected.map { (cell.cell, $0) } }
        for (cell, rung) in rejected {
            Terminal.fail(
                "\(rung.rung) disagrees with the reference at \(cell): \(rung.verdict?.inWords ?? "")")
        }
        if !rejected.isEmpty { return .failure }
        return Interrupt.isRequested ? .interrupted : .success
    }
}

extension RungResult {
    /// Whether a peer was skipped for what may be another way in the next cell, and costs nothing to find out.
    fileprivate var isOfThisCellOnly: Bool {
        PeerFailure.reasonsOfOneCell.contains { skipped?.hasPrefix($0) == true }
    }
}

extension CellVerdict {
    /// Which element is off, and by how much.
    fileprivate var inWords: String { "\(element) is off by \(error), the bound is \(bound)" }
}
