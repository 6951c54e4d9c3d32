import Problems

/// What those who share a step work with: a kernel for each of them, and sums for each part.
///
/// The parts depend on the shape alone and are added in order, so the bits of the result do not depend
/// on how many workers there are or who did which part.
final class SharedStep<Kernel: SumKernel>: Sendable {
    typealias Scalar = Kernel.Scalar

    let parts: Parts
    private let kernels: [OwnKernel]
    private let w, b: AlignedBuffer<Scalar>
    private let sums: SumsBuffer<Scalar>

    /// A kernel in an object of its own: no worker counts references that others count as well.
    private final class OwnKernel: Sendable {
        let kernel: Kernel

        init(_ kernel: Kernel) { self.kernel = kernel }
    }

    /// - Parameter threads: how many may work at the same time.
    init(_ data: Dataset<Scalar>, _ parts: Parts, threads: Int) {
        self.parts = parts
        let input = Kernel.input(data)
        kernels = (0..<parts.workers(among: threads)).map { _ in
            OwnKernel(Kernel(input, samples: parts.samplesPerPart))
        }
        w = AlignedBuffer(zeros: data.nx)
        b = AlignedBuffer(zeros: 1)
        sums = SumsBuffer(parts: parts.count, nx: data.nx)
    }

    static func preparedBytes(_ parts: Parts, nx: Int, threads: Int) -> Int {
        Kernel.inputBytes(m: parts.m, nx: nx)
            + parts.workers(among: threads) * Kernel.preparedBytes(samples: parts.samplesPerPart, nx: nx)
            + AlignedBuffer<Scalar>.byteCount(for: nx) + AlignedBuffer<Scalar>.byteCount(for: 1)
            + SumsBuffer<Scalar>.byteCount(parts: parts.count, nx: nx)
    }

    /// How many may share the step, the calling thread among them.
    var workers: Int { kernels.count }

    /// Copies the model to where the workers find it.
    func start(at model: Model<Scalar>) {
        _ = w.elements.update(fromContentsOf: model.w)
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
