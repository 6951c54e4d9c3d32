import Agreement
import Foundation
import Ladders
import Measurement
import Problems

/// Makes the data of a cell, has every implementation judged on them, and then timed.
package struct CellRunner {
    let request: BlockRequest
    /// Whether it is a process of which no other block of the cell is sampled.
    let isFreshProcess: Bool

    /// The processes of the peers; nil where there are none.
    let peers: PeerSession?

    /// Receives what is being done.
    let progress: (String) -> Void

    package init(
        _ request: BlockRequest, isFreshProcess: Bool = false, peers: PeerSession? = nil,
        progress: @escaping (String) -> Void = { _ in }
    ) {
        (self.request, self.isFreshProcess) = (request, isFreshProcess)
        (self.peers, self.progress) = (peers, progress)
    }

    package func run() throws -> CellResult? { try run(request.cell.scalar.type) }

    @specialized(where Scalar == Float)
    @specialized(where Scalar == Double)
    private func run<Scalar: LaneScalar>(_: Scalar.Type) throws -> CellResult? {
        let cell = request.cell
        let room = CellMemory.copies(
            ofBytes: cell.xBytes, beside: CellMemory.bytes(of: cell, request.names), in: Memory.availableBytes
        )
        progress(request.data == nil ? "drawing data" : "reading data")
        let data: Dataset<Scalar> =
            try request.data?.dataset(of: cell, Scalar.self)
            ?? .synthetic(m: cell.m, nx: cell.nx, seed: request.seed)
        progress("working out the reference")
        let problem = Problem(data, cell.network)
        // Not where timing starts: at w = 0 every z is 0, and much could go wrong unseen.
        let judge = CellJudge(problem, at: Model(judging: problem, seed: request.seed), for: request)
        let kinds = Ladder(of: cell.shape).rungs(Scalar.self).filter { request.names.contains($0.name) }
        let start = Model<Scalar>(
            initial: cell.shape, Initialization(for: cell.network), seed: request.seed)
        func prepare(_ kind: Rung<Scalar>) -> Contestant {
            if let reason = request.skips[kind.name] {
                return Contestant(skipping: kind, in: cell, because: reason)
            }
            progress("judging \(kind.name)")
            let prepared = kind.prepare(problem, threads: cell.threads)
            return SlowedRung.applied(
                to: Contestant(
                    kind, prepared, in: cell, from: start,
                    verdict: judge.verdict(on: prepared.gradient(at: judge.model), by: kind.info),
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
        defer { if let path { peers?.unload(path) } }
        if let peers {
            let more = PeerContestants(request: request, session: peers, progress: progress)
            guard let (more, file) = more.prepare(problem, judge, from: start, room: room) else { return nil }
            contestants += more
            path = file
        }
        let sampler = Sampler(
            request.settings, block: request.block, isFreshProcess: isFreshProcess,
            maximumNanoseconds: request.maximumNanoseconds, seed: request.seed,
            peersSeconds: { peers?.processorSeconds ?? 0 }, isCancelled: { Interrupt.isRequested },
            progress: { at in
                let round = at.round.map { "round \($0 + 1) of \(at.rounds)" } ?? "warming up"
                progress("\(round), \(at.rung)")
            })
        var result = sampler.run(
            cell, contestants,
            largePageBytes: Memory.largePageBytes(at: UnsafeRawPointer(data.x.base), count: cell.xBytes)
        ) { steps in
            let repeated = request.controls ?? controls(steps, kinds.map(\.info))
            return kinds.filter { repeated.contains($0.name) }.map { Contestant(control: prepare($0)) }
        }
        result?.chosen = CostModel.current.fastest(cell.shape, in: Scalar.kind, threads: cell.threads)
        return result
    }

    /// The rungs that run twice: the fastest on one thread, and the fastest threaded one.
    private func controls(_ stepNanoseconds: [String: Double], _ rungs: [RungInfo]) -> [String] {
        let timed = rungs.filter { stepNanoseconds[$0.name] != nil }
        func time(_ rung: RungInfo) -> Double { stepNanoseconds[rung.name] ?? .infinity }
        // Not one that rounds X, where there is another: it is never called the fastest.
        let unrounded = timed.filter { $0.storage == .scalar }
        let contenders = unrounded.isEmpty ? timed : unrounded
        return [false, true].compactMap { isThreaded in
            contenders.filter { $0.isThreaded == isThreaded }.min { time($0) < time($1) }?.name
        }
    }
}

/// The judge for the data of a cell, at one model. The reference is worked out once for all who are judged.
struct CellJudge<Scalar: RealScalar> {
    /// Where gradients are to be computed.
    let model: Model<Scalar>
    private let reference: Reference<Scalar>
    private let request: BlockRequest

    init(_ problem: Problem<Scalar>, at model: Model<Scalar>, for request: BlockRequest) {
        (self.model, self.request) = (model, request)
        reference = Reference(problem, model)
    }

    func verdict(on gradient: Gradient<Scalar>, by rung: RungInfo) -> CellVerdict {
        let verdict = Judge.verdict(
            on: gradient, by: rung, against: reference, seed: request.seed,
            threads: request.cell.threads)
        return CellVerdict(
            error: verdict.error ?? 0, bound: verdict.bound ?? 0, ratio: verdict.ratio ?? 0,
            passed: verdict.outcome == .passed, element: verdict.element ?? "")
    }
}

/// A way to try the instrument itself: the rung named in UNLOOPED_SLOWED, such as `simd.fused:10`, takes so
/// many percent longer. `compare` must then find it, and nothing else; `.ci/steady` tries that.
enum SlowedRung {
    /// `contestant`, slowed down where it is the one that is named.
    static func applied(to contestant: Contestant) -> Contestant {
        guard let (name, percent) = named, contestant.rung.name == name else { return contestant }
        return Contestant(slowing: contestant, by: percent / 100)
    }

    /// Which rung is slowed down, and by how much; nil where none is.
    static let named: (name: String, percent: Double)? = {
        let parts = ProcessInfo.processInfo.environment["UNLOOPED_SLOWED"]?.split(separator: ":") ?? []
        guard parts.count == 2, let percent = Double(parts[1]), percent.isFinite, percent > 0 else {
            return nil
        }
        return (String(parts[0]), percent)
    }()
}
