import Problems

/// Runs a kernel over all samples, on the calling thread.
struct Sequential<K: Kernel>: Sendable {
    private let m: Int
    private let kernel: K
    private let w: AlignedBuffer<K.Scalar>
    private let sums: SumsBuffer<K.Scalar>

    init(_ data: Dataset<K.Scalar>) {
        m = data.m
        kernel = K(K.input(data), samples: data.m)
        w = AlignedBuffer(zeros: data.nx)
        sums = SumsBuffer(parts: 1, nx: data.nx)
    }

    static func preparedBytes(m: Int, nx: Int) -> Int {
        K.inputBytes(m: m, nx: nx) + K.preparedBytes(samples: m, nx: nx)
            + AlignedBuffer<K.Scalar>.byteCount(for: nx) + SumsBuffer<K.Scalar>.byteCount(parts: 1, nx: nx)
    }

    @inline(__always)
    func gradient(at model: Model<K.Scalar>, into gradient: inout Gradient<K.Scalar>) {
        kernel.sum(over: 0..<m, at: Parameters(model, copyingTo: w), into: sums[0])
        gradient.set(sums[0], dividedBy: m)
    }
}
