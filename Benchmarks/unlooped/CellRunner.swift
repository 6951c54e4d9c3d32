import Ladders
import Problems
import Measurement

/// Makes the data of a cell, has every implementation judged on them, and then timed.
struct CellRunner {
    /// What is to be done.
    let request: BlockRequest

    /// Whether this process was started for it.
    var isFreshProcess = false

    /// The peers of the request; nil where there are none.
    var crew: PeerCrew?

    /// Told what is being done.
    var progress: (String) -> Void = { _ in }

    /// Samples the block; nil where Ctrl-C ended it.
    func run() throws -> CellResult? {
        switch request.cell.scalar {
        case .float: try run(Float.self)
        case .double: try run(Double.self)
        }
    }

    private func run<Scalar: LaneScalar>(_: Scalar.Type) throws -> CellResult? {
        let cell = request.cell
        let room = CellMemory.copies(
            ofBytes: cell.xBytes, beside: CellMemory.bytes(of: cell, request.names),
            in: Memory.availableBytes)
        progress(request.data == nil ? "drawing data" : "reading data")
        let data = try request.dataset(Scalar.self)
        progress("working out the reference")
        // Not at w = 0, where timing starts: every z is 0 there, and much could go wrong unseen.
        let judge = CellJudge(data, at: .random(cell.nx, seed: request.seed), for: request)
        let names = Set(request.names)
        let kinds = LogisticLadder.rungs(Scalar.self).filter { names.contains($0.name) }
        func prepare(_ kind: Rung<Scalar>) -> Contestant {
            if let reason = request.skips[kind.name] {
                return Contestant(skipping: kind, in: cell, because: reason)
            }
            progress("judging \(kind.name)")
            let prepared = kind.prepare(data, threads: cell.threads)
            return SlowedRung.applied(
                to: Contestant(
                    kind, prepared, in: cell, verdict: judge.verdict(on: prepared, of: kind),
                    learningRate: request.settings.learningRate))
        }
        var contestants = Ceilings.contestants(
            reading: data, in: cell, as: Set(kinds.map { $0.info.storage }))
        contestants += Ceilings.loss(Scalar.self, in: cell)
        for kind in kinds {
            if Interrupt.isRequested { return nil }
            contestants.append(prepare(kind))
        }
        var path: String?
        defer { if let path { crew?.unload(path) } }
        if let crew {
            let peers = PeerContestants(request: request, crew: crew, progress: progress)
            guard let (more, file) = peers.prepare(data, judge, room: room) else { return nil }
            contestants += more
            path = file
        }
        let sampler = Sampler(
            request.settings, block: request.block, isFreshProcess: isFreshProcess,
            maximumNanoseconds: request.maximumNanoseconds, seed: request.seed,
            isCancelled: { Interrupt.isRequested },
            progress: { at in
                let round = at.round.map { "round \($0 + 1) of \(at.rounds)" } ?? "warming up"
                progress("\(round), \(at.rung)")
            })
        var result = sampler.run(
            cell, contestants,
            largePageBytes: PageMap.largePageBytes(at: UnsafeRawPointer(data.x.base), count: cell.xBytes)
        ) { steps in
            let repeated = request.controls ?? controls(steps, kinds.map(\.info))
            return kinds.filter { repeated.contains($0.name) }.map { Contestant(control: prepare($0)) }
        }
        result?.chosen = CostModel.current.fastest(
            Shape(cell.m, cell.nx), in: Scalar.kind, threads: cell.threads)
        return result
    }

    /// What runs twice: the reference, which is the first rung or, where that is too slow here, the slowest
    /// one; and the fastest threaded rung, or the fastest of all where none is threaded.
    private func controls(_ stepNanoseconds: [String: Double], _ rungs: [RungInfo]) -> [String] {
        let timed = rungs.filter { stepNanoseconds[$0.name] != nil }
        func time(_ rung: RungInfo) -> Double { stepNanoseconds[rung.name] ?? .infinity }
        // Not one that rounds X, where there is another: it is never called the fastest.
        let asked = timed.filter { $0.storage == .scalar }
        let contenders = asked.isEmpty ? timed : asked
        let threaded = contenders.filter { $0.isThreaded }
        let fastest = (threaded.isEmpty ? contenders : threaded).min { time($0) < time($1) }
        let isFirstTimed = rungs.first.map { stepNanoseconds[$0.name] != nil } ?? false
        let reference = isFirstTimed ? rungs.first : contenders.max { time($0) < time($1) }
        return [reference, fastest].compactMap { $0?.name }
    }
}

extension CellResult {
    /// The rungs that the judge rejected.
    var rejected: [RungResult] { rungs.filter { $0.verdict?.passed == false } }
}
