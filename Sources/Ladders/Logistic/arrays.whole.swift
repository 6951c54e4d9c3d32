import Problems

/// `arrays.whole`: no loop is left in the algorithm.
///
/// Changes from `loops.sample`: the loop over samples is gone too. The step is five lines of mathematics
/// over whole arrays, with general operations that know nothing of logistic regression and return a new
/// array each, as NumPy's do:
///
///     Z = Xᵀw + b;  A = σ(Z);  dZ = A − Y;  dw = X·dZ / m;  db = Σ dZ / m
struct WholeArrays<Scalar: LaneScalar>: WholeStep {
    static var info: RungInfo {
        RungInfo(
            "arrays.whole", after: "loops.sample", "whole-array operations, each a new array",
            why: "No loop is left, but the price is two walks over X, where the loop over samples makes "
                + "one, and a new array for the result of each operation.",
            sums: .blocks(SampleBlock<Scalar>.greatestSize, Chunks.size), passes: 2, sweeps: 34)
    }

    let x: Matrix<Scalar>
    let y: Vector<Scalar>

    static var shapes: [Shape] { SampleBlock<Scalar>.shapes }

    init(_ problem: Problem<Scalar>) {
        let data = problem.data
        x = Matrix(data)
        y = Vector(sharing: data.y, 0..<data.m)
    }

    /// At most about eight arrays of m are alive in a step, and a few of n_x.
    static func preparedBytes(_ shape: Shape) -> Int {
        let (m, nx) = (shape.m, shape.nx)
        return 8 * AlignedBuffer<Scalar>.byteCount(for: m) + 4 * AlignedBuffer<Scalar>.byteCount(for: nx)
    }

    func gradient(at model: Model<Scalar>, into gradient: inout Gradient<Scalar>) {
        let m = Scalar(y.count)
        let z = x.transposeProduct(Vector(model.parameters, count: x.data.nx)) + model.b
        let e = Vector.exp(.negativeMagnitude(z))
        let a = Vector.select(e, whereNegative: z, else: 1) / (1 + e)
        let t = (1 - 2 * y) * z
        let loss = Vector.maximum(t, 0) + .log1p(e)
        let dz = a - y

        gradient.J = loss.sum() / m
        (x.product(dz) / m).copy(to: &gradient.derivatives)
        gradient.db = dz.sum() / m
    }
}
