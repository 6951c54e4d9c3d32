import Problems

/// Runs a kernel part by part on several threads, or on one where the step is too small to gain from more.
///
///     for part in parts:            ← each worker claims the next part until none is left
///         sums[part] = kernel(part)
///     for part in parts:            ← in order, on the calling thread
///         total += sums[part]
///
/// Parts are claimed, not dealt out: a worker that is slow to come costs the others nothing but its share.
final class SplitOverSamples<Kernel: SumKernel, Threads: Crew>: KernelRunner, Sendable {
    private let way: Way

    // Not copyable: in a step of 100 ns it would be felt to count all references anew.
    private enum Way: ~Copyable, Sendable {
        /// The single-threaded twin itself.
        case alone(OneThread<Kernel>)
        case shared(SharedStep<Kernel>, Threads)
    }

    init(_ data: Dataset<Kernel.Scalar>, threads: Int) {
        let parts = Self.parts(m: data.m, nx: data.nx)
        if parts.count == 1 {
            way = .alone(OneThread(data, threads: 1))
        } else {
            let step = SharedStep<Kernel>(data, parts, threads: threads)
            way = .shared(step, Threads(workers: step.workers, parts: parts.count))
        }
    }

    static func preparedBytes(m: Int, nx: Int, threads: Int) -> Int {
        let parts = parts(m: m, nx: nx)
        return parts.count == 1
            ? OneThread<Kernel>.preparedBytes(m: m, nx: nx, threads: 1)
            : SharedStep<Kernel>.preparedBytes(parts, nx: nx, threads: threads)
    }

    private static func parts(m: Int, nx: Int) -> Parts {
        Parts(m: m, nx: nx, Kernel.time, waking: Threads.wakingNanoseconds)
    }

    var workersInLatestGradient: Int {
        switch way {
        case .alone: 1
        case .shared(_, let threads): threads.workersInLatestStep
        }
    }

    func gradient(at model: Model<Kernel.Scalar>, into gradient: inout Gradient<Kernel.Scalar>) {
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
protocol Crew: Sendable {
    /// About how many nanoseconds pass until another thread is at work.
    static var wakingNanoseconds: Double { get }

    /// - Parameters:
    ///   - workers: how many may work at the same time, the calling thread among them.
    ///   - parts: how many parts a step has.
    init(workers: Int, parts: Int)

    /// Sums all parts, and adds them in order on the calling thread.
    func run<Kernel>(_ step: SharedStep<Kernel>)

    /// How many threads did parts of the latest step.
    var workersInLatestStep: Int { get }
}
