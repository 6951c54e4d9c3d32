import Problems

/// `loops.flat`: the two explicit loops, over one flat array.
///
/// Changes from `loops.nested`: X is one array, sample after sample, so the inner loop walks memory in
/// order instead of following a reference for each sample. Every access is still checked:
///
///     z += w[j] · x[i·n_x + j]
struct FlatLoops<Scalar: RealScalar>: WholeStep {
    static var info: RungInfo {
        RungInfo(
            "loops.flat", after: "loops.nested", "X in one flat array",
            why: "The inner loop no longer looks up an array for each sample: one array is walked in "
                + "order, and one index is checked.",
            sums: .running)
    }

    let x: [Scalar]
    let y: [Scalar]
    let nx: Int

    init(_ problem: Problem<Scalar>) {
        let data = problem.data
        x = Array(data.x.elements)
        y = Array(data.y.elements)
        nx = data.nx
    }

    static func preparedBytes(_ shape: Shape) -> Int {
        let (m, nx) = (shape.m, shape.nx)
        return (m * nx + m) * MemoryLayout<Scalar>.stride
    }

    @inline(never)
    func gradient(at model: Model<Scalar>, into gradient: inout Gradient<Scalar>) {
        gradient.reset()
        let b = model.b
        var (J, db): (Scalar, Scalar) = (0, 0)
        for i in 0..<y.count {
            var z = b
            for j in 0..<nx {
                z += model.parameters[j] * x[i * nx + j]
            }
            let (a, loss) = logistic(z, label: y[i])
            let dz = a - y[i]
            J += loss
            for j in 0..<nx {
                gradient.derivatives[j] += x[i * nx + j] * dz
            }
            db += dz
        }
        (gradient.J, gradient.db) = (J, db)
        gradient.divide(by: y.count)
    }
}
