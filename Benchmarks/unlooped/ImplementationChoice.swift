import Ladders
import Problems
import Measurement

/// The value of `--implementation`.
struct ImplementationChoice {
    /// The name; nil where none was given.
    private let name: String?

    /// - Parameter scalar: what is computed in, which not every implementation does.
    init(_ arguments: Arguments, in scalar: ScalarKind) throws(UsageError) {
        name = try arguments.name("--implementation", among: LogisticLadder.rungs.map { $0.name })
        if let name, !LogisticLadder.rungs(in: scalar).contains(where: { $0.name == name }) {
            throw UsageError("\(name) does not compute in \(scalar.rawValue); give another --scalar")
        }
    }

    /// The implementation that was named, or one that is fast on such data.
    ///
    /// - Throws: `InputError` where there is no room for what it prepares.
    func type<Scalar: LaneScalar>(
        for data: Dataset<Scalar>, threads: Int
    ) throws(InputError) -> Rung<Scalar> {
        let room = Memory.availableBytes
        func needs(_ type: Rung<Scalar>) -> Int {
            type.preparedBytes(Shape(data.m, data.nx), threads: threads)
        }
        let names = name.map { [$0] } ?? Self.best(for: data, threads: threads)
        let chosen = names.compactMap { name in LogisticLadder.rungs(Scalar.self).first { $0.name == name } }
        if let type = chosen.first(where: { needs($0) <= room }) { return type }
        throw InputError(
            message:
                "\(names[0]) needs \((chosen.map(needs).min() ?? 0) >> 20) MiB beside the data, and "
                + "\(room >> 20) MiB are free; name another one of 'unlooped list', such as dispatch.fused")
    }

    /// What is taken where none was named, the first that has room. Where X stays in its file nothing
    /// is copied, as it may be larger than the memory.
    private static func best<Scalar: LaneScalar>(for data: Dataset<Scalar>, threads: Int) -> [String] {
        let model = CostModel.current
        return [!data.x.isMapped, false].map { copies in
            model.fastest(Shape(data.m, data.nx), in: Scalar.kind, threads: threads, copies: copies)
        }
    }
}

extension CostModel {
    /// Of this machine.
    static var current: CostModel {
        let caches = Machine.current.caches.filter { $0.kind != "Instruction" }
        return CostModel(caches: caches.sorted { $0.level < $1.level }.map { $0.bytes })
    }
}
