import Problems

/// `arrays.inPlace` of networks: the same operations, into arrays that are there already.
///
///     Z = A Wᵀ + b;  A = g(Z), in the place of Z
///     dW = dZᵀ A;  db = Σ dZ;  dA = dZ W;  dZ = dA ∗ g′, in the place of dA
///
/// Changes from `arrays.whole`: nothing is allocated in a step, and an array is changed in place where its old values
/// are no longer needed.
struct NetworkArraysInPlace<Scalar: LaneScalar>: NetworkKernel {
    static var info: RungInfo {
        RungInfo(
            "arrays.inPlace", after: "arrays.whole", "the same operations, in place",
            why:
                "New arrays are memory that the system has to clear and to map. In place, what one operation writes is "
                + "where the next one reads it.",
            sums: .running, passes: 2, sweeps: 10)
    }

    typealias Pass = NetworkArraysPass<Scalar>

    static func size(_ shape: Shape, samples: Int) -> Int { samples }
    static var form: NetworkLayout<Scalar>.Form { .rows }
    static var appliesInTiles: Bool { false }
}

/// The arrays of one worker.
struct NetworkArraysPass<Scalar: LaneScalar>: NetworkSummation {
    private let data: Dataset<Scalar>
    private let layout: NetworkLayout<Scalar>
    private let activation: Activation

    private struct Arrays: Sendable {
        let w, transposed, dw: DenseMatrix<Scalar>
        let b, db: Vector<Scalar>
        /// Z and then A; dA and then dZ; scratch of the same size.
        let a, dz, scratch: DenseMatrix<Scalar>
    }
    private let layers: [Arrays]
    /// Of the last layer: 1 + e, t.
    private let sum, t: Vector<Scalar>

    init(_ input: NetworkInput<Scalar>, size: Int, appliesInTiles: Bool) {
        (data, activation) = (input.problem.data, input.problem.network.activation)
        layout = input.layout
        layers = layout.places.map { place in
            let (inputs, units) = (place.layer.inputs, place.layer.units)
            return Arrays(
                w: DenseMatrix(zeros: units, inputs), transposed: DenseMatrix(zeros: inputs, units),
                dw: DenseMatrix(zeros: units, inputs), b: Vector(zeros: units), db: Vector(zeros: units),
                a: DenseMatrix(zeros: size, units), dz: DenseMatrix(zeros: size, units),
                scratch: DenseMatrix(zeros: size, units))
        }
        (sum, t) = (Vector(zeros: size), Vector(zeros: size))
    }

    static func byteCount(_ layout: NetworkLayout<Scalar>, m: Int, size: Int) -> Int {
        layout.places.reduce(0) { bytes, place in
            let (inputs, units) = (place.layer.inputs, place.layer.units)
            return bytes + 3 * AlignedBuffer<Scalar>.byteCount(for: inputs * units)
                + 3 * AlignedBuffer<Scalar>.byteCount(for: size * units)
                + 2 * AlignedBuffer<Scalar>.byteCount(for: units)
        } + 2 * AlignedBuffer<Scalar>.byteCount(for: size)
    }

    func sum(
        over samples: Range<Int>, packed: UnsafePointer<Scalar>, into sums: UnsafeMutablePointer<Scalar>
    ) {
        let (m, nx, last) = (samples.count, data.nx, layers.count - 1)
        let x = DenseMatrix(
            Vector(sharing: data.x, samples.lowerBound * nx..<samples.upperBound * nx), columns: nx)
        let y = Vector(sharing: data.y, samples)
        var input = x
        for (l, (place, layer)) in zip(layout.places, layers).enumerated() {
            for u in 0..<place.layer.units {
                (layer.w.elements.base + u * place.layer.inputs).update(
                    from: packed + (place.forward + u * place.rowStride), count: place.layer.inputs)
            }
            layer.b.base.update(from: packed + place.bias, count: place.layer.units)
            let z = layer.a.prefix(m)
            layer.w.transpose(into: layer.transposed)
            input.product(layer.transposed, into: z)
            z.addToRows(layer.b)
            if l < last { activate(z.elements, layer.scratch.prefix(m).elements) }
            input = z
        }

        // A = (E where Z < 0, else 1) / (1 + E);  L = max((1 − 2Y)·Z, 0) + log1p(E);  dZ = A − Y
        let (z, dz, e) = (
            input.elements, layers[last].dz.prefix(m).elements, layers[last].scratch.prefix(m).elements
        )
        let (sum, t) = (self.sum.prefix(m), self.t.prefix(m))
        negativeMagnitude(z, into: e)
        exp(e, into: e)
        select(e, whereNegative: z, else: 1, into: dz)
        add(e, 1, into: sum)
        divide(dz, sum, into: dz)
        subtract(dz, y, into: dz)
        multiply(y, -2, into: t)
        add(t, 1, into: t)
        multiply(t, z, into: t)
        maximum(t, 0, into: t)
        log1p(e, into: e)
        add(t, e, into: t)
        sums[layout.loss] = t.sum()

        for (l, (place, layer)) in zip(layout.places, layers).enumerated().reversed() {
            let dz = layer.dz.prefix(m)
            dz.transposeProduct(l > 0 ? layers[l - 1].a.prefix(m) : x, into: layer.dw)
            dz.sumOfRows(into: layer.db)
            for u in 0..<place.layer.units {
                (sums + (place.dw + u * place.rowStride)).update(
                    from: layer.dw.elements.base + u * place.layer.inputs, count: place.layer.inputs)
            }
            (sums + place.db).update(from: layer.db.base, count: place.layer.units)
            guard l > 0 else { break }
            let before = layers[l - 1]
            dz.product(layer.w, into: before.dz.prefix(m))
            differentiate(before.a.prefix(m).elements, before.scratch.prefix(m).elements)
            multiply(
                before.dz.prefix(m).elements, before.scratch.prefix(m).elements,
                into: before.dz.prefix(m).elements)
        }
    }

    /// z := g(z)
    private func activate(_ z: Vector<Scalar>, _ scratch: Vector<Scalar>) {
        switch activation {
        case .sigmoid:
            negativeMagnitude(z, into: scratch)
            exp(scratch, into: scratch)
            select(scratch, whereNegative: z, else: 1, into: z)
            add(scratch, 1, into: scratch)
            divide(z, scratch, into: z)
        case .tanh: tanh(z, into: z)
        case .relu: maximum(0, z, into: z)
        case .leaky:
            multiply(z, Scalar(Activation.leak), into: scratch)
            maximum(scratch, z, into: z)
        case .linear: break
        }
    }

    /// out := g′, from a = g(z)
    private func differentiate(_ a: Vector<Scalar>, _ out: Vector<Scalar>) {
        switch activation {
        case .sigmoid:
            subtract(1, a, into: out)
            multiply(out, a, into: out)
        case .tanh:
            multiply(a, a, into: out)
            subtract(1, out, into: out)
        case .relu: select(1, wherePositive: a, else: 0, into: out)
        case .leaky: select(1, wherePositive: a, else: Scalar(Activation.leak), into: out)
        case .linear: out.fill(1)
        }
    }
}
