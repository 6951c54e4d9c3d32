import Ladders
import Measurement
import Problems

extension Ceilings {
    /// The ceilings for a plan, measured in a time that suits it: three seconds, or less for a few cells.
    static func measured(for plan: Plan) -> Ceilings? {
        let largest = plan.cells.map { $0.xBytes }.max() ?? 0
        return measure(
            threads: plan.cells.map { $0.threads }, seconds: min(3, 0.25 * Double(plan.cells.count)),
            // Where all of the data fit into a cache, what is beyond it bounds nothing.
            largestWorkingSet: min(largestWorkingSet, max(2 * largest, 1 << 20)),
            isCancelled: { Interrupt.isRequested })
    }

    /// The ceilings of every implementation in a cell, as contestants of its rounds: reading X, on one thread
    /// and on all that the cell allows, in as many streams as is the fastest just now; and as much of it as there is of X
    /// where it is stored otherwise.
    ///
    /// - Parameter storages: how the implementations store X.
    static func contestants<Scalar: RealScalar>(
        reading data: Dataset<Scalar>, in cell: Cell, as storages: Set<Storage>
    ) -> [Contestant] {
        func read(_ name: String, _ storage: Storage, threads: Int, isThreaded: Bool) -> Contestant {
            let rung = RungInfo(
                name + (storage == .scalar ? "" : ".\(storage)"), after: nil, "X is read once",
                sums: .running, storage: storage, isThreaded: isThreaded)
            let count = cell.xBytes(storage)
            let streams = StreamingRead.fastestStreams(
                UnsafeRawBufferPointer(start: data.x.base, count: count), threads: threads)
            return Contestant(
                role: .ceiling, rung: rung, work: Work.reading(bytes: count), workers: { threads }
            ) { passes in
                let bytes = UnsafeRawBufferPointer(start: data.x.base, count: count)
                _ = StreamingRead.read(bytes, passes: passes, streams: streams, threads: threads)
            }
        }
        return Storage.allCases.filter { $0 == .scalar || storages.contains($0) }.flatMap { storage in
            let one = read("read.one", storage, threads: 1, isThreaded: false)
            guard cell.threads > 1 else { return [one] }
            return [one, read("read.all", storage, threads: cell.threads, isThreaded: true)]
        }
    }

    /// A further ceiling where there are many samples of few features, on one thread: a and L of each of m
    /// values that lie in L1, with a logarithm for each, though rungs need only their sum.
    static func loss<Scalar: LaneScalar>(_: Scalar.Type, in cell: Cell) -> [Contestant] {
        guard cell.hidden.isEmpty, Limit.isNarrow(cell), cell.threads == 1 else { return [] }
        let arrays = FunctionArrays<Scalar>()
        let rung = RungInfo("loss.alone", after: nil, "the loss of m values in L1", sums: .running)
        return [
            Contestant(role: .ceiling, rung: rung, work: Work(operations: 0, bytes: 0)) { steps in
                for _ in 0..<steps { arrays.vectorLoss(of: cell.m) }
            }
        ]
    }
}
