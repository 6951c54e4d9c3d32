import Problems

/// Runs a kernel part by part on several threads, or on one where the step is too small to gain from more.
///
///     for part in parts:            ← each worker claims the next part until none is left
///         sums[part] = kernel(part)
///     for part in parts:            ← in order, on the calling thread
///         total += sums[part]
///
/// Parts are claimed, not dealt out: a worker that is slow to come costs the others nothing but its share.
final class Parallel<K: Kernel, Threads: Workers>: Sendable {
    private let way: Way

    // Not copyable: in a step of 100 ns it would be felt to count all references anew.
    private enum Way: ~Copyable, Sendable {
        /// The single-threaded twin itself.
        case alone(Sequential<K>)
        case shared(LogisticStep<K>, Threads)
    }

    init(_ data: Dataset<K.Scalar>, threads: Int) {
        let parts = Self.parts(m: data.m, nx: data.nx)
        if parts.count == 1 {
            way = .alone(Sequential(data))
        } else {
            let step = LogisticStep<K>(data, parts, threads: threads)
            way = .shared(step, Threads(workers: step.workers, parts: parts.count))
        }
    }

    static func preparedBytes(m: Int, nx: Int, threads: Int) -> Int {
        let parts = parts(m: m, nx: nx)
        return parts.count == 1
            ? Sequential<K>.preparedBytes(m: m, nx: nx)
            : LogisticStep<K>.preparedBytes(parts, nx: nx, threads: threads)
    }

    /// Shapes just large enough to be shared, with few and many features and as many as fill a tile.
    static var shapes: [Shape] {
        let width = K.Scalar.Lanes.scalarCount
        return [3, 33, 4 * width, WideTile<K.Scalar>.scalarCount, 9001].map { nx in
            // From the estimate on; an odd number, so that the last part is short.
            let estimate = Int(3 * Threads.wakingNanoseconds / K.time.nanoseconds(m: 1, nx: nx))
            let least = (max(1, estimate)...).first { parts(m: $0, nx: nx).count > 1 } ?? 1
            return Shape(least + 4 | 1, nx)
        }
    }

    private static func parts(m: Int, nx: Int) -> Partition {
        Partition(m: m, nx: nx, K.time, waking: Threads.wakingNanoseconds)
    }

    var workersInLatestGradient: Int {
        switch way {
        case .alone: 1
        case .shared(_, let threads): threads.workersInLatestStep
        }
    }

    func gradient(at model: Model<K.Scalar>, into gradient: inout Gradient<K.Scalar>) {
        switch way {
        case .alone(let twin):
            twin.gradient(at: model, into: &gradient)
        case .shared(let step, let threads):
            step.start(at: model)
            threads.run(step)
            step.finish(&gradient)
        }
    }
}

/// Threads that share the parts of a step.
protocol Workers: Sendable {
    /// About how many nanoseconds pass until another thread is at work.
    static var wakingNanoseconds: Double { get }

    /// - Parameters:
    ///   - workers: how many may work at the same time, the calling thread among them.
    ///   - parts: how many parts a step has.
    init(workers: Int, parts: Int)

    /// Does all parts of a step, and adds them in order on the calling thread. What the caller wrote before is
    /// visible to all workers, and what they wrote to the caller.
    func run<Step: SharedStep>(_ step: Step)

    /// How many threads did parts of the latest step.
    var workersInLatestStep: Int { get }
}

extension Workers {
    /// Whether there is no worker but the caller.
    static var isAlone: Bool { wakingNanoseconds.isInfinite }
}

/// A step in parts, which workers share: each takes the next one.
protocol SharedStep: AnyObject, Sendable {
    /// Does one part, with what belongs to `worker`.
    func sum(_ part: Int, as worker: Int)

    /// Called for each part in order, once it and all before it are done.
    func add(_ part: Int)
}

/// The state that the workers of a step share: a kernel for each worker, and sums for each part.
///
/// The parts depend on the shape alone and are added in order, so the bits of the result do not depend
/// on how many workers there are or who did which part.
final class LogisticStep<K: Kernel>: SharedStep {
    typealias Scalar = K.Scalar

    let parts: Partition
    private let kernels: [OwnKernel]
    private let w, b: AlignedBuffer<Scalar>
    private let sums: SumsBuffer<Scalar>

    /// A kernel in an object of its own: no worker counts references that others count as well.
    private final class OwnKernel: Sendable {
        let kernel: K

        init(_ kernel: K) { self.kernel = kernel }
    }

    /// - Parameter threads: how many may work at the same time.
    init(_ data: Dataset<Scalar>, _ parts: Partition, threads: Int) {
        self.parts = parts
        let input = K.input(data)
        kernels = (0..<parts.workers(among: threads)).map { _ in
            OwnKernel(K(input, samples: parts.samplesPerPart))
        }
        w = AlignedBuffer(zeros: data.nx)
        b = AlignedBuffer(zeros: 1)
        sums = SumsBuffer(parts: parts.count, nx: data.nx)
    }

    static func preparedBytes(_ parts: Partition, nx: Int, threads: Int) -> Int {
        K.inputBytes(m: parts.m, nx: nx)
            + parts.workers(among: threads) * K.preparedBytes(samples: parts.samplesPerPart, nx: nx)
            + AlignedBuffer<Scalar>.byteCount(for: nx) + AlignedBuffer<Scalar>.byteCount(for: 1)
            + SumsBuffer<Scalar>.byteCount(parts: parts.count, nx: nx)
    }

    /// How many may share the step, the calling thread among them.
    var workers: Int { kernels.count }

    /// Copies the model to where the workers find it.
    func start(at model: Model<Scalar>) {
        for j in 0..<w.count { w.base[j] = model.parameters[j] }
        b.base.pointee = model.b
    }

    /// Sums one part, with the kernel of `worker`.
    func sum(_ part: Int, as worker: Int) {
        kernels[worker].kernel.sum(
            over: parts[part], at: Parameters(weights: w, b: b.base.pointee), into: sums[part])
    }

    /// Adds a part to those before it; part 0 comes first.
    func add(_ part: Int) {
        if part > 0 { sums[0].add(sums[part]) }
    }

    /// Takes the sums, once all parts are added.
    func finish(_ gradient: inout Gradient<Scalar>) {
        gradient.set(sums[0], dividedBy: parts.m)
    }
}
