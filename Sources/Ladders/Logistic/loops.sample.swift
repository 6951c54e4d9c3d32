import Problems

/// `loops.sample`: only the loop over samples is left.
///
/// Changes from `loops.unchecked`: the two loops over features become calls of general functions, the
/// inner product and y := y + αx (`dot` and `axpy`, as BLAS calls them), which use vectors:
///
///     for i in 1…m:
///         z = dot(w, x⁽ⁱ⁾) + b
///         a = σ(z);  J += L(a, y⁽ⁱ⁾);  dz = a − y⁽ⁱ⁾
///         dw = axpy(dz, x⁽ⁱ⁾, dw);  db += dz
struct SampleLoop<Scalar: LaneScalar>: Kernel {
    static var info: RungInfo {
        RungInfo(
            "loops.sample", after: "loops.unchecked", "dot and axpy take the features",
            why: "A general dot sums in four vectors at once, so that a multiply-add need not wait for "
                + "the one before it: the chain of the running sum is broken.",
            sums: .running)
    }

    private let data: Dataset<Scalar>

    init(_ data: Dataset<Scalar>, samples: Int) {
        self.data = data
    }

    static func preparedBytes(samples: Int, nx: Int) -> Int { 0 }

    func sum(over samples: Range<Int>, at model: Parameters<Scalar>, into sums: Sums<Scalar>) {
        let w = UnsafeBufferPointer(start: model.w, count: data.nx)
        let dw = UnsafeMutableBufferPointer(start: sums.dw, count: data.nx)
        sums.clear()
        for i in samples {
            let x = data.sample(i)
            let z = dot(w, x) + model.b
            let (a, loss) = logistic(z, label: data.y.base[i])
            let dz = a - data.y.base[i]
            sums.loss += loss
            axpy(dz, x, dw)
            sums.db += dz
        }
    }
}
