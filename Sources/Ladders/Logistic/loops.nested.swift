import Problems

/// `loops.nested`: the double loop, as a beginner writes it.
///
/// X is an array of samples, each of them an array of features, and both loops are written out:
///
///     for i in 1…m:
///         z = b;  for j in 1…n_x:  z += w_j · x_j⁽ⁱ⁾
///         a = σ(z);  J += L(a, y⁽ⁱ⁾);  dz = a − y⁽ⁱ⁾
///         for j in 1…n_x:  dw_j += x_j⁽ⁱ⁾ · dz
///         db += dz
///     J /= m;  dw_j /= m;  db /= m
///
/// This is where the ladder starts, and what every other rung is measured against.
struct NestedLoops<Scalar: RealScalar>: WholeStep {
    static var info: RungInfo {
        RungInfo(
            "loops.nested", after: nil, "two explicit loops over an array of arrays",
            why: "For each value the inner loop looks up the array of its sample, checks two indices, "
                + "and adds to z, which has to wait for the addition before it.",
            sums: .running)
    }

    let x: [[Scalar]]
    let y: [Scalar]

    init(_ problem: Problem<Scalar>) {
        let data = problem.data
        x = (0..<data.m).map { Array(data.sample($0)) }
        y = Array(data.y.elements)
    }

    /// An array has 32 bytes in front of its elements, and lies in a block that malloc rounds up; of
    /// each, the array of arrays holds a reference.
    static func preparedBytes(_ shape: Shape) -> Int {
        let (m, nx) = (shape.m, shape.nx)
        return (m * nx + m) * MemoryLayout<Scalar>.stride + m * (32 + 16 + MemoryLayout<[Scalar]>.stride)
    }

    @inline(never)
    func gradient(at model: Model<Scalar>, into gradient: inout Gradient<Scalar>) {
        gradient.reset()
        let b = model.b
        var (J, db): (Scalar, Scalar) = (0, 0)
        for i in 0..<x.count {
            var z = b
            for j in 0..<x[i].count {
                z += model.parameters[j] * x[i][j]
            }
            let (a, loss) = logistic(z, label: y[i])
            let dz = a - y[i]
            J += loss
            for j in 0..<x[i].count {
                gradient.derivatives[j] += x[i][j] * dz
            }
            db += dz
        }
        (gradient.J, gradient.db) = (J, db)
        gradient.divide(by: x.count)
    }
}
