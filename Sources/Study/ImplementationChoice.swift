import Ladders
import Measurement
import Problems

/// Which implementation trains.
package enum ImplementationChoice {
    /// The implementation that is named, or one that is fast on such data.
    ///
    /// - Throws: `InputError` where there is no room for what it prepares.
    package static func type<Scalar: LaneScalar>(_ name: String?, for data: Dataset<Scalar>, threads: Int)
        throws(InputError) -> Rung<Scalar>
    {
        let room = Memory.availableBytes
        func needs(_ type: Rung<Scalar>) -> Int {
            type.preparedBytes(Shape(data.m, data.nx), threads: threads)
        }
        let names = name.map { [$0] } ?? best(for: data, threads: threads)
        let chosen = names.compactMap { name in LogisticLadder.rungs(Scalar.self).first { $0.name == name } }
        if let type = chosen.first(where: { needs($0) <= room }) { return type }
        throw InputError(
            "\(names[0]) needs \((chosen.map(needs).min() ?? 0) >> 20) MiB beside the data, and "
                + "\(room >> 20) MiB are free; name another one of 'unlooped list', such as dispatch.fused")
    }

    /// What is taken where none is named: the first that has room. Where X stays in its file nothing
    /// is copied, as it may be larger than the memory.
    private static func best<Scalar: LaneScalar>(for data: Dataset<Scalar>, threads: Int) -> [String] {
        [!data.x.isMapped, false].map { copies in
            CostModel.current.fastest(
                Shape(data.m, data.nx), in: Scalar.kind, threads: threads, copies: copies)
        }
    }
}

extension CostModel {
    /// The model of this machine.
    static var current: CostModel {
        let caches = Machine.current.caches.filter { $0.kind != "Instruction" }
        return CostModel(caches: caches.sorted { $0.level < $1.level }.map { $0.bytes })
    }
}
