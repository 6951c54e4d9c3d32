import Problems

/// `loops.unchecked`: the two explicit loops through unsafe pointers.
///
///     for i in samples:
///         z = b;  for j in 1…n_x:  z += w_j · x_j⁽ⁱ⁾
///         a = σ(z);  J += L(a, y⁽ⁱ⁾);  dz = a − y⁽ⁱ⁾
///         for j in 1…n_x:  dw_j += x_j⁽ⁱ⁾ · dz
///         db += dz
///
/// Changes from `loops.flat`: nothing is checked in the loops, so the compiler may use vectors where the order of
/// operations allows it. In the loop that adds to dw it does; the running sum z it must not reorder.
struct UncheckedLoops<Scalar: LaneScalar>: Kernel {
    static var info: RungInfo {
        RungInfo(
            "loops.unchecked", after: "loops.flat", "unsafe pointers, no bounds checks",
            why: "With nothing to check, the compiler uses vectors where it may: in the loop that adds "
                + "to dw. The running sum z it must not reorder, so there each addition still waits for "
                + "the one before.",
            sums: .running)
    }

    private let data: Dataset<Scalar>

    init(_ data: Dataset<Scalar>, samples: Int) {
        self.data = data
    }

    static func preparedBytes(samples: Int, nx: Int) -> Int { 0 }

    static var time: KernelTime { .scalars }

    func sum(over samples: Range<Int>, at model: Parameters<Scalar>, into sums: Sums<Scalar>) {
        let (nx, y, w, dw) = (data.nx, data.y.base, model.w, sums.dw)
        dw.update(repeating: 0, count: nx)
        var (loss, db): (Scalar, Scalar) = (0, 0)
        for i in samples {
            let x = data.x.base + i &* nx
            var z = model.b
            for j in 0..<nx {
                z += w[j] * x[j]
            }
            let (a, l) = logistic(z, label: y[i])
            let dz = a - y[i]
            loss += l
            for j in 0..<nx {
                dw[j] += x[j] * dz
            }
            db += dz
        }
        sums.loss = loss
        sums.db = db
    }
}
