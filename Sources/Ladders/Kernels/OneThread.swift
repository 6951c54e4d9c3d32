import Problems

/// Runs a kernel over all samples, on the calling thread.
struct OneThread<Kernel: SumKernel>: KernelRunner {
    private let m: Int
    private let kernel: Kernel
    private let w: AlignedBuffer<Kernel.Scalar>
    private let sums: SumsBuffer<Kernel.Scalar>

    init(_ data: Dataset<Kernel.Scalar>, threads: Int) {
        m = data.m
        kernel = Kernel(Kernel.input(data), samples: data.m)
        w = AlignedBuffer(zeros: data.nx)
        sums = SumsBuffer(parts: 1, nx: data.nx)
    }

    static func preparedBytes(m: Int, nx: Int, threads: Int) -> Int {
        Kernel.inputBytes(m: m, nx: nx) + Kernel.preparedBytes(samples: m, nx: nx)
            + AlignedBuffer<Kernel.Scalar>.byteCount(for: nx)
            + SumsBuffer<Kernel.Scalar>.byteCount(parts: 1, nx: nx)
    }

    var workersInLatestGradient: Int { 1 }

    func gradient(at model: Model<Kernel.Scalar>, into gradient: inout Gradient<Kernel.Scalar>) {
        kernel.sum(over: 0..<m, at: Parameters(model, copyingTo: w), into: sums[0])
        gradient.set(sums[0], dividedBy: m)
    }
}
