import Problems

/// `arrays.inPlace`: the same operations on whole arrays, into memory that is kept from step to step.
///
///     Z = Xᵀw + b;  A, L = logistic(Z, Y);  dZ = A − Y;  dw = X·dZ;  db = Σ dZ
///
/// Changes from `arrays.whole`: line by line the same expressions, each written `into` an array that already
/// exists, as NumPy's `out=` does. No step asks the system for memory or has it filled with zeros.
struct ArraysInPlace<Scalar: LaneScalar>: Kernel {
    static var info: RungInfo {
        RungInfo(
            "arrays.inPlace", after: "arrays.whole", "the same operations into kept scratch",
            why: "The arrays of m values are kept from step to step, so no step asks the system for "
                + "memory and has it filled with zeros first.",
            sums: .blocks(SampleBlock<Scalar>.greatestSize, Chunks.size), passes: 2, sweeps: 31)
    }

    private let data: Dataset<Scalar>
    private let scratch: [Vector<Scalar>]
    private let w, dw, part: Vector<Scalar>

    init(_ data: Dataset<Scalar>, samples: Int) {
        self.data = data
        scratch = (0..<4).map { _ in Vector(zeros: samples) }
        w = Vector(zeros: data.nx)
        dw = Vector(zeros: data.nx)
        part = Vector(zeros: data.nx)
    }

    static func preparedBytes(samples: Int, nx: Int) -> Int {
        4 * AlignedBuffer<Scalar>.byteCount(for: samples) + 3 * AlignedBuffer<Scalar>.byteCount(for: nx)
    }

    func sum(over samples: Range<Int>, at model: Parameters<Scalar>, into sums: Sums<Scalar>) {
        let x = Matrix(data, samples: samples)
        let y = Vector(sharing: data.y, samples)
        let z = scratch[0].prefix(samples.count)
        let e = scratch[1].prefix(samples.count)
        let a = scratch[2].prefix(samples.count)
        let t = scratch[3].prefix(samples.count)
        w.base.update(from: model.w, count: data.nx)

        // Z = Xᵀw + b
        x.transposeProduct(w, into: z)
        add(z, model.b, into: z)
        // E = e^(−|Z|)
        negativeMagnitude(z, into: e)
        exp(e, into: e)
        // A = (E where Z < 0, else 1) / (1 + E)
        select(e, whereNegative: z, else: 1, into: a)
        add(e, 1, into: t)
        divide(a, t, into: a)
        // T = (1 − 2Y)·Z;  L = max(T, 0) + log1p(E)
        multiply(y, -2, into: t)
        add(t, 1, into: t)
        multiply(t, z, into: t)
        maximum(t, 0, into: t)
        log1p(e, into: e)
        add(t, e, into: t)
        sums.loss = t.sum()
        // dZ = A − Y;  dw = X·dZ;  db = Σ dZ
        subtract(a, y, into: a)
        x.product(a, into: dw, part: part)
        sums.dw.update(from: dw.base, count: data.nx)
        sums.db = a.sum()
    }
}
