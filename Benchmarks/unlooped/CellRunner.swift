import Agreement
import Implementations
import LogisticRegression
import Measurement

/// Judges one prepared implementation.
typealias JudgeCell<Scalar: RealScalar> = (_ implementation: any Implementation<Scalar>) -> CellVerdict

/// Makes the data of a cell, has every implementation judged on them, and then timed.
struct CellRunner {
    /// What is to be done.
    let request: BlockRequest

    /// Whether this process was started for it.
    var isFreshProcess = false

    /// Told what is being done.
    var progress: (String) -> Void = { _ in }

    /// Samples the block; nil where Ctrl-C ended it.
    func run() throws -> CellResult? {
        switch request.cell.scalar {
        case .float: try run(Float.self)
        case .double: try run(Double.self)
        }
    }

    /// The judge for the data of a cell, at a random model: timing starts from w = 0, where every z is 0 and
    /// much could go wrong unseen. The reference is worked out once for all implementations.
    private func judge<Scalar: LaneScalar>(_ data: Dataset<Scalar>) -> JudgeCell<Scalar> {
        let (seed, threads) = (request.seed, request.cell.threads)
        let model = Model<Scalar>.random(request.cell.nx, seed: seed)
        let reference = Reference(data, model)
        return { implementation in
            let verdict = Judge.verdict(
                on: implementation, data, model, against: reference, seed: seed, threads: threads)
            return CellVerdict(
                error: verdict.error ?? 0, bound: verdict.bound ?? 0, ratio: verdict.ratio ?? 0,
                passed: verdict.outcome == .passed, element: verdict.element ?? "")
        }
    }

    private func run<Scalar: LaneScalar>(_: Scalar.Type) throws -> CellResult? {
        let cell = request.cell
        progress(request.data == nil ? "drawing data" : "reading data")
        let data = try request.dataset(Scalar.self)
        progress("working out the reference")
        let judge = judge(data)
        let names = Set(request.names)
        let kinds = Catalog<Scalar>.all.filter { names.contains($0.rung.name) }
        func prepare(_ kind: ImplementationType<Scalar>) -> Contestant {
            if let reason = request.skips[kind.rung.name] {
                return Contestant(skipping: kind, in: cell, because: reason)
            }
            progress("judging \(kind.rung.name)")
            let implementation = kind.init(data, threads: cell.threads)
            return SlowedRung.applied(
                to: Contestant(
                    implementation, in: cell, verdict: judge(implementation),
                    learningRate: request.settings.learningRate))
        }
        var contestants = Ceilings.contestants(reading: data, in: cell)
        for kind in kinds {
            if Interrupt.isRequested { return nil }
            contestants.append(prepare(kind))
        }
        let sampler = Sampler(
            request.settings, block: request.block, isFreshProcess: isFreshProcess,
            maximumNanoseconds: request.maximumNanoseconds, seed: request.seed,
            isCancelled: { Interrupt.isRequested },
            progress: { at in
                let round = at.round.map { "round \($0 + 1) of \(at.rounds)" } ?? "warming up"
                progress("\(round), \(at.rung)")
            })
        return sampler.run(
            cell, contestants,
            largePageBytes: PageMap.largePageBytes(at: UnsafeRawPointer(data.x.base), count: cell.xBytes)
        ) { steps in
            let repeated = request.controls ?? controls(steps, kinds.map { $0.rung })
            return kinds.filter { repeated.contains($0.rung.name) }.map { Contestant(control: prepare($0)) }
        }
    }

    /// What runs twice: the reference, which is the first rung or, where that is too slow here, the slowest
    /// one; and the fastest threaded rung, or the fastest of all where none is threaded.
    private func controls(_ stepNanoseconds: [String: Double], _ rungs: [Rung]) -> [String] {
        let timed = rungs.filter { stepNanoseconds[$0.name] != nil }
        func time(_ rung: Rung) -> Double { stepNanoseconds[rung.name] ?? .infinity }
        let threaded = timed.filter { $0.isThreaded }
        let fastest = (threaded.isEmpty ? timed : threaded).min { time($0) < time($1) }
        let isFirstTimed = rungs.first.map { stepNanoseconds[$0.name] != nil } ?? false
        let reference = isFirstTimed ? rungs.first : timed.max { time($0) < time($1) }
        return [reference, fastest].compactMap { $0?.name }
    }
}

extension CellResult {
    /// The rungs that the judge rejected.
    var rejected: [RungResult] { rungs.filter { $0.verdict?.passed == false } }
}
