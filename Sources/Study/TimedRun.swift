import Foundation
import Measurement
import Problems

/// Times a plan, block by block, and keeps all of it.
///
/// The first block of every cell is sampled, then the second of every cell, and so on, so that the blocks of a
/// cell lie as far apart in time as the run is long. What slows the machine for a minute then meets one block
/// of a cell, not all of them. Then further blocks go to whatever is not known to the precision asked for.
///
/// Each block has a process of its own. With peers, of which some take seconds to start, each sweep through the cells
/// has one, and peers of its own: no two blocks of a cell share a process in any case.
package final class TimedRun {
    package enum End {
        case completed
        /// An implementation disagrees with the reference.
        case rejected
        case interrupted
        /// A block is missing since its fresh process failed.
        case incomplete
    }

    package var results: Results

    /// Where it is kept; nil where it is only printed.
    package let store: ResultStore?
    private let report: Reporter
    private let data: RunData?

    /// The process that samples the next block; nil where it is still to be started.
    private var process: FreshProcess?

    /// Who has not been asked yet to take part.
    private var candidates: [PeerCommand] = []
    private var start = ContinuousClock.now
    private var isOutOfTime = false

    /// The messages already given about peers that were left out.
    private var said: Set<String> = []

    /// A run that begins anew.
    ///
    /// - Parameters:
    ///   - command: the command line that began it.
    ///   - keepsPrevious: whether results in the same place are renamed.
    package init(
        _ settings: GridSettings, command: String, store: ResultStore?, keepsPrevious: Bool,
        report: @escaping Reporter
    ) throws {
        try settings.checkMemory()
        try store?.check()
        if keepsPrevious, let kept = try store?.keepPrevious() {
            report(.note("the results that were there are now \(kept)"))
        }
        (self.store, self.report, data) = (store, report, settings.data)
        results = settings.results(command: command)
        candidates = settings.peers
    }

    /// A run that goes on where another stopped.
    ///
    /// - Parameters:
    ///   - allowsCommands: whether command lines in the results, which may be anyone's, are run.
    ///   - source: understands the words that a plan has for its data.
    package init(
        resuming store: ResultStore, allowsCommands: Bool, report: @escaping Reporter,
        source: ([String]) throws -> DataSource
    ) throws {
        let path = store.json
        results = try Results(contentsOf: path)
        let plan = results.plan
        let commands = plan.commands.map { "'\($0.shortened(to: 300))'" }.joined(separator: ", ")
        if !commands.isEmpty {
            guard allowsCommands else {
                throw InputError(
                    "'\(path)' is to be continued with peers that it gives command lines for: \(commands); read them, "
                        + "and give --allow-commands to run them")
            }
            report(.note("'\(path)' has peers that run as \(commands)"))
        }
        data = try plan.data.map { RunData(try source($0)) }
        let settings = GridSettings(resuming: results, data)
        if let difference = results.differenceForResuming(settings.results(command: "")) {
            throw InputError(
                "'\(path)' cannot be continued here: \(difference); make new results, or continue where "
                    + "and with what it was begun")
        }
        // Data that cannot be read are reported when they are read.
        if let data, let old = plan.dataFingerprint, let now = try data.source.fingerprint, now != old {
            throw InputError(
                "'\(path)' cannot be continued: '\(data.source.name)' is no longer what it was begun with "
                    + "(fingerprint \(now); it was \(old)); put that back in its place, or make new results")
        }
        try settings.checkMemory()
        (self.store, self.report) = (store, report)
        try AtomicFile.check(path)
    }

    /// Samples what is missing, and ends early at Ctrl-C.
    ///
    /// - Parameter show: receives each cell that something was found of, as soon as it has all its blocks, or
    ///   else at the end, and all that was found so far.
    package func time(_ show: (CellResult, Results) -> Void) throws {
        if let (name, percent) = SlowedRung.named {
            report(.warning("\(name) is slowed down by \(percent) %, as UNLOOPED_SLOWED says"))
        }
        try hirePeers()
        // Before anything is measured, so that a place that cannot be written to is reported at once.
        try store?.save(results)
        if results.ceilings == nil {
            report(.note("measuring what this machine can do at best"))
            results.ceilings = Ceilings.measured(for: results.plan)
        }
        if results.functions == nil, results.plan.preset == Preset.limits.rawValue {
            report(.note("timing exp, sigmoid and the loss beside Foundation's"))
            let scalars = ScalarKind.allCases.filter { scalar in
                results.plan.cells.contains { $0.scalar == scalar }
            }
            results.functions = FunctionStudy.results(scalars)
        }
        var shown: Set<Cell> = []
        start = .now
        do {
            try sampleBlocks()
            try refine {
                shown.insert($0.cell)
                show($0, results)
            }
        } catch let error as OutputError {
            throw OutputError(path: error.path, reason: error.reason, advice: howToResume)
        }
        for cell in results.cells where !shown.contains(cell.cell) { show(cell, results) }
    }

    /// Starts the peers that were requested; those that are there become a part of the plan.
    private func hirePeers() throws(PeerFailure) {
        guard !candidates.isEmpty else { return }
        let peers = try PeerSession()
        defer { peers.end() }
        let removed = PeerEnvironment(ProcessInfo.processInfo.environment).removed
        if !removed.isEmpty { report(.note("peers run without \(removed.joined(separator: ", "))")) }
        results.plan.removedVariables = removed.isEmpty ? nil : removed
        report(.note("starting \(candidates.count) \(candidates.count == 1 ? "peer" : "peers")"))
        let threads = results.plan.cells.map { $0.threads }.max() ?? 1
        peers.hire(candidates, threads: threads) { report(.warning($0)) }
        if Interrupt.isRequested {
            throw PeerFailure("it was ended before anything was timed", kind: .interrupted)
        }
        (results.plan.peers, candidates) = (peers.peers, [])
    }

    /// Samples the blocks of the plan.
    private func sampleBlocks() throws {
        let (plan, blocks) = (results.plan, results.settings.blocks)
        for block in 0..<blocks {
            defer { endProcess() }
            for (i, cell) in plan.cells.enumerated()
            where results.missingBlocks(of: cell).contains(block) && !Interrupt.isRequested {
                guard let time = share(of: cell) else {
                    isOutOfTime = true
                    return
                }
                let place = "block \(block + 1) of \(blocks), cell \(i + 1) of \(plan.cells.count): \(cell)"
                try sample(
                    results.request(cell, block: block, maximumNanoseconds: time), place)
            }
        }
    }

    /// Adds blocks where something is not known to the precision asked for, sweep by sweep, until all is or the time
    /// for that is over. A sweep begins where a second gains the most.
    ///
    /// - Parameter cellDone: receives each cell once it is as precise as it was to be.
    private func refine(cellDone: (CellResult) -> Void) throws {
        let settings = results.settings
        let limit = settings.refiningNanoseconds.map { Double($0) / 1e9 } ?? 0
        var open = results.plan.cells
        while !Interrupt.isRequested, let precision = settings.precision {
            let wide = open.compactMap { cell in results[cell]?.imprecise(precision) }
            for cell in open where !wide.contains(where: { $0.cell == cell }) {
                if let done = results[cell], results.missingBlocks(of: cell).isEmpty { cellDone(done) }
            }
            open = wide.map { $0.cell }
            var isAdded = false
            defer { endProcess() }
            for next in wide.sorted(by: { $0.gain > $1.gain })
            where (.now - start) / .seconds(1) + next.seconds < limit && !Interrupt.isRequested {
                let (cell, names) = (next.cell, next.names)
                let block = (results[cell]?.blocks.map { $0.index }.max() ?? -1) + 1
                var request = results.request(
                    cell, block: block, maximumNanoseconds: settings.maximumCellNanoseconds / settings.blocks)
                request.keep(names)
                let count = names.count == 1 ? "1 time is" : "\(names.count) times are"
                if try sample(request, "block \(block + 1) of \(cell), where \(count) too imprecise") {
                    isAdded = true
                }
            }
            guard isAdded else { break }
        }
        for cell in open {
            if let done = results[cell], results.missingBlocks(of: cell).isEmpty { cellDone(done) }
        }
    }

    private func endProcess() {
        process?.end()
        process = nil
    }

    /// Samples a block in a fresh process, and keeps it. One that fails is reported.
    ///
    /// - Returns: whether there is a block more.
    @discardableResult
    private func sample(_ request: BlockRequest, _ place: String) throws -> Bool {
        defer { report(.progressEnd) }
        report(.progress(place))
        var request = request
        if request.cell.data != nil {
            do {
                request.data = try data?.place(for: request.cell)
            } catch {
                if Interrupt.isRequested { return false }
                throw error
            }
        }
        do {
            let process = try self.process ?? FreshProcess()
            self.process = process
            guard let result = try process.sample(request) else { return false }
            if results.plan.peers.isEmpty { endProcess() }
            results.add(result)
            reportPeers(in: result)
        } catch let error as FreshProcessError {
            endProcess()
            report(
                .warning(
                    "a fresh process failed in block \(request.block + 1) of \(request.cell): \(error.reason)"
                ))
            return false
        }
        try store?.save(results)
        return true
    }

    /// Says which peers were left out, and why, each reason once.
    private func reportPeers(in result: CellResult) {
        for peer in result.peers {
            if let verdict = peer.verdict, !verdict.passed {
                guard said.insert("\(peer.rung) \(result.cell)").inserted else { continue }
                report(
                    .warning(
                        "the peer \(peer.rung) disagrees with the reference at \(result.cell), and is left out: "
                            + verdict.inWords))
            } else if let reason = peer.skipped, !reason.hasPrefix("from "),
                said.insert("\(peer.rung) \(reason)").inserted
            {
                report(.warning("the peer \(peer.rung) is left out at \(result.cell): \(reason)"))
            }
        }
    }

    /// How long a block may take: its part of the cell's time, and no more than twice its part of what is
    /// left of the run's, by the bytes of X; nil where nothing is left.
    private func share(of cell: Cell) -> Int? {
        let ofCell = results.settings.maximumCellNanoseconds / results.settings.blocks
        guard let limit = results.settings.maximumRunNanoseconds else { return ofCell }
        let left = Double(limit) - (ContinuousClock.now - start) / .nanoseconds(1)
        guard left > 0 else { return nil }
        // What a block takes besides the work on X counts as much as a few million bytes of it.
        func weight(_ cell: Cell) -> Double { Double(cell.products) * Double(cell.scalar.size) + 4e6 }
        let rest = results.plan.cells.reduce(0) {
            $0 + weight($1) * Double(results.missingBlocks(of: $1).count)
        }
        return min(ofCell, max(1, Int(2 * left * weight(cell) / rest)))
    }

    /// Writes everything, gives advice, and says how the run ended.
    package func finish() throws -> End {
        results.advice = Advice.all(of: results)
        try store?.finish(results)
        for advice in results.advice where advice.kind != .incomplete { report(.warning(advice.message)) }
        if !results.isComplete {
            let cells = results.plan.cells.count { !results.missingBlocks(of: $0).isEmpty }
            let reason =
                isOutOfTime
                ? "the time for the run (--max-time) was over"
                : Interrupt.isRequested ? "it was ended" : "a fresh process failed"
            report(
                .note(
                    "\(cells) of \(results.plan.cells.count) cells are not complete, as \(reason); "
                        + howToResume))
        }
        let isComplete = results.isComplete || isOutOfTime
        var end = Interrupt.isRequested ? End.interrupted : isComplete ? .completed : .incomplete
        for cell in results.cells {
            for rung in cell.rungs where rung.verdict?.passed == false {
                let words = rung.verdict?.inWords ?? ""
                report(.failure("\(rung.rung) disagrees with the reference at \(cell.cell): \(words)"))
                end = .rejected
            }
        }
        return end
    }

    private var howToResume: String {
        guard let store else { return "with --out FILE it could be continued" }
        return "continue with: unlooped bench --resume \(store.json.quotedForShell)"
            + (results.plan.commands.isEmpty ? "" : " --allow-commands")
    }

    /// The message where Ctrl-C has to end a step that takes long.
    package var farewell: String {
        "\nunlooped: ended in the middle of a step"
            + (store.map { "; all finished blocks are in \($0.json)" } ?? "") + "; \(howToResume)\n"
    }
}

extension Results {
    /// The request for a block, given the results of those before.
    fileprivate func request(_ cell: Cell, block: Int, maximumNanoseconds: Int) -> BlockRequest {
        var request = BlockRequest(
            cell, block: block, settings, maximumNanoseconds: maximumNanoseconds, seed: seed,
            names: plan.rungs)
        request.skips = skips(in: cell) { $0.rungs }
        request.fingerprint = build.fingerprint
        let controls = self[cell]?.controls.compactMap { $0.after } ?? []
        request.controls = controls.isEmpty ? nil : controls
        request.peers = plan.peers
        request.peerSkips = skips(in: cell) { cell in
            cell.peers.filter { peer in
                // What may be another way in the next cell, and costs nothing to find out.
                !PeerFailure.reasonsOfOneCell.contains { peer.skipped?.hasPrefix($0) == true }
            }
        }
        return request
    }

    /// The rungs that were too slow, or failed, at a size that is no larger, with the reason.
    private func skips(in cell: Cell, _ all: (CellResult) -> [RungResult]) -> [String: String] {
        var skips: [String: String] = [:]
        for smaller in cells
        where (smaller.cell.scalar, smaller.cell.threads) == (cell.scalar, cell.threads)
            && smaller.cell.isNoLarger(than: cell)
        {
            for rung in all(smaller) where rung.verdict?.passed != false && skips[rung.rung] == nil {
                guard let reason = rung.skipped else { continue }
                let isHere = smaller.cell == cell || reason.hasPrefix("from ")
                skips[rung.rung] =
                    isHere ? reason : "from \(smaller.cell.size) on \(reason)"
            }
        }
        return skips
    }
}

extension Plan {
    /// The command lines of peers that do not come with the study.
    fileprivate var commands: [String] { peers.map(\.command).filter { !PeerCommand.isName($0) } }
}

extension Cell {
    /// Whether a rung that is too slow here is too slow in the other cell as well.
    fileprivate func isNoLarger(than other: Cell) -> Bool {
        guard problem == other.problem else { return false }
        return problem == .network ? products <= other.products : m <= other.m && nx <= other.nx
    }

    /// Such as `m = 1000, n_x = 128`, or `m = 1000 of 784-128-1`.
    fileprivate var size: String {
        problem == .network ? "m = \(m) of \(shape.widths)" : "m = \(m), n_x = \(nx)"
    }
}

extension CellVerdict {
    fileprivate var inWords: String { "\(element) is off by \(error), the bound is \(bound)" }
}

extension CellResult {
    /// A cell that is to have a further block.
    fileprivate struct Imprecise {
        let cell: Cell
        /// The rungs and peers whose times are too imprecise; all of them where a control differs.
        let names: [String]
        /// About how long the block will take.
        let seconds: Double

        var gain: Double { Double(names.count) / max(seconds, 1e-3) }
    }

    /// Nil where all is known to this precision.
    fileprivate func imprecise(_ precision: Double) -> Imprecise? {
        let all = precisions
        let wide = strayControl == nil ? all.filter { $0.precision > precision } : all
        guard !wide.isEmpty else { return nil }
        // Besides the sampling there are data to be drawn and implementations to be judged.
        let longest = blocks.map { $0.seconds }.max() ?? 0
        return Imprecise(cell: cell, names: wide.map { $0.name }, seconds: 0.2 + 1.3 * longest)
    }
}
