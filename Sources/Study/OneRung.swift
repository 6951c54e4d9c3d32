import Ladders
import Measurement
import Problems

/// Which implementation trains.
package enum ImplementationChoice {
    /// The implementation that is named, or one that is fast on such a problem.
    ///
    /// - Throws: `InputError` where there is no room for the parameters, their derivatives and what it prepares.
    package static func type<Scalar: LaneScalar>(_ name: String?, for problem: Problem<Scalar>, threads: Int)
        throws(InputError) -> Rung<Scalar>
    {
        let (room, shape) = (Memory.availableBytes, problem.shape)
        // The model, the one that a run starts from, the derivatives, and a model in Double to be kept.
        let parameters = shape.parameterCount * (3 * Scalar.kind.size + 8)
        func needs(_ type: Rung<Scalar>) -> Int {
            type.preparedBytes(shape, threads: threads) + parameters
        }
        let rungs = Ladder(of: shape).rungs(Scalar.self)
        let names = name.map { [$0] } ?? best(for: problem, threads: threads)
        let chosen = names.compactMap { name in rungs.first { $0.name == name } }
        if let type = chosen.first(where: { needs($0) <= room }) { return type }
        let (least, free) = ((chosen.map(needs).min() ?? 0) >> 20, "\(room >> 20) MiB are free")
        guard shape.hidden.isEmpty else {
            throw InputError(
                "a network of \(shape.widths) has "
                    + "\(shape.parameterCount) parameters and, on \(shape.m) samples, needs \(least) MiB beside the "
                    + "data; \(free): give --hidden fewer units")
        }
        throw InputError(
            "\(names[0]) needs \(least) MiB beside the data, and \(free); name another one of 'unlooped list', "
                + "such as dispatch.fused")
    }

    /// The choice where none is named: the first that has room. Where X stays in its file nothing
    /// is copied, as it may be larger than the memory.
    private static func best<Scalar: LaneScalar>(for problem: Problem<Scalar>, threads: Int) -> [String] {
        let (model, shape) = (CostModel.current, problem.shape)
        guard shape.hidden.isEmpty else {
            return [model.fastest(shape, in: Scalar.kind, threads: threads), "loops.sample"]
        }
        return [!problem.data.x.isMapped, false].map { copies in
            model.fastest(shape, in: Scalar.kind, threads: threads, copies: copies)
        }
    }
}

extension CostModel {
    static var current: CostModel {
        let caches = Machine.current.caches.filter { $0.kind != "Instruction" }
        return CostModel(caches: caches.sorted { $0.level < $1.level }.map { $0.bytes })
    }
}

/// Steps of one implementation on random data, and nothing else: for a profiler.
package struct RungSteps {
    package enum Limit {
        case steps(Int)
        case nanoseconds(Int)
    }

    package private(set) var count = 0
    package private(set) var nanoseconds = 0

    /// Makes steps until there are enough, or Ctrl-C is pressed.
    package init(of rung: String, in cell: Cell, until limit: Limit) throws {
        try Grid(cells: [cell]).checkMemory { CellMemory.bytes(of: $0, [rung]) }
        guard let contestant = try Self.contestant(rung, cell, cell.scalar.type) else { return }
        var batch = 1
        while !Interrupt.isRequested {
            switch limit {
            case .steps(let steps):
                guard count < steps else { return }
                batch = min(batch, steps - count)
            case .nanoseconds(let time): guard nanoseconds < time else { return }
            }
            let time = try contestant.run(batch).nanoseconds
            count += batch
            nanoseconds += time
            // Ctrl-C, and the limit, are checked ten times a second or so.
            if time < 50_000_000 { batch *= 2 }
        }
    }

    @specialized(where Scalar == Float)
    @specialized(where Scalar == Double)
    private static func contestant<Scalar: LaneScalar>(
        _ rung: String, _ cell: Cell, _: Scalar.Type
    ) throws -> Contestant? {
        let data = try Dataset<Scalar>.synthetic(m: cell.m, nx: cell.nx, seed: 1)
        return Ladder(of: cell.shape).rungs(Scalar.self).first { $0.name == rung }.map {
            let problem = Problem(data, cell.network)
            return Contestant(
                $0, $0.prepare(problem, threads: cell.threads), in: cell,
                from: Model(initial: cell.shape, Initialization(for: cell.network), seed: 1))
        }
    }
}
