import Dispatch
import LogisticRegression
import Synchronization

/// Runs a kernel part by part on several threads.
///
///     for part in parts:            ← each worker claims the next part until none is left
///         sums[part] = kernel(part)
///     for part in parts:            ← in order, on the calling thread
///         total += sums[part]
///
/// The parts depend on the shape alone and are added in order, so the bits of the result do not depend
/// on how many workers there are or who did which part. Parts are claimed, not dealt out: a worker that
/// is slow to wake costs the others nothing but its share.
struct SplitOverSamples<Kernel: SumKernel>: KernelRunner, Sendable {
    private let parts: Parts
    private let workers: [Kernel]
    private let w: AlignedBuffer<Kernel.Scalar>
    private let sums: SumsBuffer<Kernel.Scalar>
    private let claims = Claims()

    init(_ data: Dataset<Kernel.Scalar>, threads: Int) {
        let parts = Parts(m: data.m, nx: data.nx)
        self.parts = parts
        let input = Kernel.input(data)
        workers = (0..<parts.workers(among: threads)).map { _ in
            Kernel(input, samples: parts.samplesPerPart)
        }
        w = AlignedBuffer(zeros: data.nx)
        sums = SumsBuffer(parts: parts.count, nx: data.nx)
    }

    static func preparedBytes(m: Int, nx: Int, threads: Int) -> Int {
        let parts = Parts(m: m, nx: nx)
        return Kernel.inputBytes(m: m, nx: nx)
            + parts.workers(among: threads) * Kernel.preparedBytes(samples: parts.samplesPerPart, nx: nx)
            + AlignedBuffer<Kernel.Scalar>.byteCount(for: nx)
            + SumsBuffer<Kernel.Scalar>.byteCount(parts: parts.count, nx: nx)
    }

    var workersInLatestGradient: Int { claims.workers }

    func gradient(at model: Model<Kernel.Scalar>, into gradient: inout Gradient<Kernel.Scalar>) {
        let parameters = Parameters(model, copyingTo: w)
        claims.reset()
        if workers.count == 1 {
            work(as: 0, at: parameters)
        } else {
            DispatchQueue.concurrentPerform(iterations: workers.count) { worker in
                work(as: worker, at: parameters)
            }
        }
        let total = sums[0]
        for part in 1..<parts.count { total.add(sums[part]) }
        gradient.set(total, dividedBy: parts.m)
    }

    /// Does parts until none is left.
    private func work(as worker: Int, at parameters: Parameters<Kernel.Scalar>) {
        var didWork = false
        while let part = claims.next(of: parts.count) {
            workers[worker].sum(over: parts[part], at: parameters, into: sums[part])
            didWork = true
        }
        if didWork { claims.noteWorker() }
    }
}

/// Which parts are taken, and by how many workers.
private final class Claims: Sendable {
    private let taken = Atomic(0)
    private let working = Atomic(0)

    var workers: Int { working.load(ordering: .relaxed) }

    func reset() {
        taken.store(0, ordering: .relaxed)
        working.store(0, ordering: .relaxed)
    }

    func next(of count: Int) -> Int? {
        let part = taken.wrappingAdd(1, ordering: .relaxed).oldValue
        return part < count ? part : nil
    }

    func noteWorker() {
        working.wrappingAdd(1, ordering: .relaxed)
    }
}
