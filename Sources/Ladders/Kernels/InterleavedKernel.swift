import Problems

/// The pass of `ColumnsKernel`, over columns that are interleaved.
///
///     column_j[v], contiguous:    all vectors of samples of x_1, then all of x_2, …
///     column_j[v], interleaved:   x_1 … x_n_x of the first vector of samples, then of the second, …
///
/// A block of samples is then one piece of memory, and X one stream. For few features see `NarrowPass`.
struct InterleavedKernel<Scalar: LaneScalar>: SumKernel {
    private let kernel: ColumnsKernel<Scalar>
    /// For few features. Not an optional: to unwrap it would copy it, and count references for each of its buffers.
    private let narrow: NarrowPass<Scalar>

    static func input(_ data: Dataset<Scalar>) -> Columns<Scalar> { Columns(interleaved: data) }

    static func inputBytes(m: Int, nx: Int) -> Int { Columns<Scalar>.interleavedByteCount(m: m, nx: nx) }

    init(_ columns: Columns<Scalar>, samples: Int) {
        kernel = ColumnsKernel(columns, samples: samples)
        narrow = NarrowPass(columns, insteadOf: kernel)
    }

    static func preparedBytes(samples: Int, nx: Int) -> Int {
        ColumnsKernel<Scalar>.preparedBytes(samples: samples, nx: nx)
            + NarrowPass<Scalar>.preparedBytes
    }

    func sum(over samples: Range<Int>, at model: Parameters<Scalar>, into sums: Sums<Scalar>) {
        if narrow.isApt {
            narrow.sum(over: samples, at: model, into: sums)
        } else {
            kernel.sum(over: samples, at: model, into: sums)
        }
    }
}
