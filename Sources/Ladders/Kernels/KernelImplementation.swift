import Problems

/// What calls a kernel: once over all samples (`OneThread`), or part by part (`SplitOverSamples`).
protocol KernelRunner<Kernel> {
    associatedtype Kernel: SumKernel

    static func preparedBytes(m: Int, nx: Int, threads: Int) -> Int
    init(_ data: Dataset<Kernel.Scalar>, threads: Int)
    var workersInLatestGradient: Int { get }
    func gradient(at model: Model<Kernel.Scalar>, into gradient: inout Gradient<Kernel.Scalar>)
}

/// A rung that is a kernel and a way to run it.
protocol KernelImplementation: Implementation where Scalar == Runner.Kernel.Scalar {
    associatedtype Runner: KernelRunner

    var runner: Runner { get }
    init(runner: Runner)
}

extension KernelImplementation {
    init(_ data: Dataset<Scalar>, threads: Int) {
        self.init(runner: Runner(data, threads: threads))
    }

    static func preparedBytes(m: Int, nx: Int, threads: Int) -> Int {
        Runner.preparedBytes(m: m, nx: nx, threads: threads)
    }

    var workersInLatestGradient: Int { runner.workersInLatestGradient }
}
