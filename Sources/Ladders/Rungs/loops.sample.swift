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
struct SampleLoop<Scalar: LaneScalar>: Implementation {
    static var rung: Rung {
        Rung(
            "loops.sample", after: "loops.unchecked", idea: "dot and axpy take the features",
            why: "A general dot sums in four vectors at once, so that a multiply-add need not wait for "
                + "the one before it: the chain of the running sum is broken.",
            sums: .running)
    }

    static func work(m: Int, nx: Int) -> Work {
        .step(Scalar.self, m: m, nx: nx, passes: 1)
    }

    let data: Dataset<Scalar>

    init(_ data: Dataset<Scalar>, threads: Int) {
        self.data = data
    }

    static func preparedBytes(m: Int, nx: Int, threads: Int) -> Int { 0 }

    @specialized(where Scalar == Float)
    @specialized(where Scalar == Double)
    func gradient(at model: Model<Scalar>, into gradient: inout Gradient<Scalar>) {
        gradient.reset()
        let y = data.y.elements
        model.w.withUnsafeBufferPointer { w in
            gradient.dw.withUnsafeMutableBufferPointer { dw in
                for i in 0..<data.m {
                    let x = data.sample(i)
                    let z = dot(w, x) + model.b
                    let (a, loss) = logistic(z, label: y[i])
                    let dz = a - y[i]
                    gradient.J += loss
                    axpy(dz, x, dw)
                    gradient.db += dz
                }
            }
        }
        gradient.divide(by: data.m)
    }
}
