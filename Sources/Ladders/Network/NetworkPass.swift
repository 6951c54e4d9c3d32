import Problems

/// Blocks of samples through all layers, forward and backward: the scratch of one worker.
struct NetworkPass<Scalar: LaneScalar>: NetworkSummation {
    typealias Lanes = Scalar.Lanes

    private let data: Dataset<Scalar>
    private let layout: NetworkLayout<Scalar>
    private let activation: Activation
    /// g where it is applied to tiles in registers, both ways; where it is not, `linear`, and g takes a sweep.
    private let inTiles: (forward: Activation, backward: Activation)
    /// Samples that go through the layers together.
    private let size: Int
    /// A⁽ˡ⁾ of each hidden layer.
    private let a: [AlignedBuffer<Scalar>]
    /// dZ of two layers, which take turns.
    private let dz, other: AlignedBuffer<Scalar>
    /// Zeros for a row, and sums of inner products.
    private let zeros, sums: AlignedBuffer<Scalar>
    private let last = BlockScratch<Scalar>()

    init(_ input: NetworkInput<Scalar>, size: Int, appliesInTiles: Bool) {
        let layout = input.layout
        (data, activation) = (input.problem.data, input.problem.network.activation)
        (self.layout, self.size) = (layout, size)
        inTiles = (
            appliesInTiles && activation.isPiecewiseLinear ? activation : .linear,
            appliesInTiles ? activation : .linear
        )
        let strides = layout.places.dropLast().map(\.outputStride)
        a = strides.map { AlignedBuffer(zeros: $0 * size) }
        let widest = strides.max() ?? 0
        (dz, other) = (AlignedBuffer(zeros: widest * size), AlignedBuffer(zeros: widest * size))
        (zeros, sums) = (AlignedBuffer(zeros: widest), AlignedBuffer(zeros: Self.sumsCount(layout, size)))
    }

    /// Samples whose sums of inner products are made before they are added across.
    private static var mostRows: Int { 16 }

    private static func sumsCount(_ layout: NetworkLayout<Scalar>, _ size: Int) -> Int {
        let widest = layout.places.dropLast().filter(\.usesRows).map(\.outputStride).max() ?? 0
        return widest * Lanes.scalarCount * min(size, mostRows)
    }

    static func byteCount(_ layout: NetworkLayout<Scalar>, m: Int, size: Int) -> Int {
        let strides = layout.places.dropLast().map(\.outputStride)
        let widest = strides.max() ?? 0
        return strides.reduce(0) { $0 + AlignedBuffer<Scalar>.byteCount(for: $1 * size) }
            + 2 * AlignedBuffer<Scalar>.byteCount(for: widest * size)
            + AlignedBuffer<Scalar>.byteCount(for: widest)
            + AlignedBuffer<Scalar>.byteCount(for: sumsCount(layout, size)) + BlockScratch<Scalar>.byteCount
    }

    func sum(
        over samples: Range<Int>, packed: UnsafePointer<Scalar>, into sums: UnsafeMutablePointer<Scalar>
    ) {
        sums.update(repeating: 0, count: layout.sumsCount)
        var loss = LogisticSums<Scalar>()
        var first = samples.lowerBound
        while first < samples.upperBound {
            let count = min(size, samples.upperBound &- first)
            forward(first, count, packed)
            finish(first, count, packed, &loss, sums)
            backward(first, count, packed, sums)
            first &+= count
        }
        (sums[layout.loss], sums[layout.places[layout.places.count &- 1].db]) = loss.totals()
    }

    /// The input of layer l, of samples from `first` on.
    @inline(__always)
    private func input(_ l: Int, _ first: Int) -> UnsafePointer<Scalar> {
        UnsafePointer(l == 0 ? data.x.base + first &* data.nx : a[l &- 1].base)
    }

    /// A⁽ˡ⁾ = g(W⁽ˡ⁾A⁽ˡ⁻¹⁾ + b⁽ˡ⁾) of the hidden layers.
    private func forward(_ first: Int, _ count: Int, _ packed: UnsafePointer<Scalar>) {
        for l in 0..<layout.places.count &- 1 {
            let (place, input, out) = (layout.places[l], input(l, first), a[l].base)
            if place.usesRows {
                var i = 0
                while i < count {
                    let some = min(Self.mostRows, count &- i)
                    InnerProducts(
                        a: input + i &* place.inputStride, aStride: place.inputStride, count: some,
                        w: packed + place.forward, wStride: place.rowStride, units: place.layer.units,
                        sums: sums.base, zStride: place.outputStride
                    ).run(from: packed + place.bias, to: out + i &* place.outputStride)
                    i &+= some
                }
                Activated(activation: activation).apply(to: out, count: count &* place.outputStride)
            } else {
                RowsProduct(
                    a: input, aStride: place.inputStride, count: count, depth: place.layer.inputs,
                    b: packed + place.forward, bStride: nil, start: .row(packed + place.bias), c: out,
                    cStride: place.outputStride, epilogue: Activated(activation: inTiles.forward)
                ).run(vectors: place.unitVectors)
                if inTiles.forward != activation {
                    Activated(activation: activation).apply(to: out, count: count &* place.outputStride)
                }
            }
        }
    }

    /// The last layer, whose unit is a neuron of logistic regression: Σ L, dz, dw.
    private func finish(
        _ first: Int, _ count: Int, _ packed: UnsafePointer<Scalar>, _ loss: inout LogisticSums<Scalar>,
        _ sums: UnsafeMutablePointer<Scalar>
    ) {
        let l = layout.places.count &- 1
        let place = layout.places[l]
        let (w, b) = (packed + place.forward, packed[place.bias])
        let (input, y) = (input(l, first), UnsafePointer(data.y.base + first))
        let (dz, rows) = (last.dz.base, last.rows.base)
        let most = SampleBlock<Scalar>.size(nx: place.inputStride)
        var i = 0
        while i < count {
            let some = min(most, count &- i)
            let block = SampleBlock(
                first: i, x: input + i &* place.inputStride, nx: place.inputStride, count: some)
            block.products(with: w, rows: rows)
            SampleBlock<Scalar>.sumAcross(rows, count: some, to: dz)
            loss.addLogistic(dz, plus: b, labels: y + i, count: some, scratch: last.e.base)
            block.addProducts(with: dz, to: sums + place.dw)
            if l > 0 {
                // dZ of the layer before: dz·w ∗ g′.
                let stride = place.inputStride
                let (a, out) = (UnsafePointer(a[l &- 1].base + i &* stride), self.dz.base + i &* stride)
                Backward(activation: activation, a: a).scale(w, by: dz, count: some, stride: stride, to: out)
            }
            i &+= some
        }
    }

    /// dW, db and dA of the hidden layers, from dZ of the last of them.
    private func backward(
        _ first: Int, _ count: Int, _ packed: UnsafePointer<Scalar>, _ sums: UnsafeMutablePointer<Scalar>
    ) {
        var (dz, other) = (self.dz.base, self.other.base)
        for l in stride(from: layout.places.count &- 2, through: 0, by: -1) {
            let place = layout.places[l]
            OuterProducts(
                dz: UnsafePointer(dz), dzStride: place.outputStride, units: place.layer.units,
                a: input(l, first), aStride: place.inputStride, count: count,
                dw: sums + place.dw, dwStride: place.rowStride
            ).run(vectors: place.inputVectors)
            addRows(dz, count, stride: place.outputStride, to: sums + place.db)
            guard l > 0 else { return }
            let a = UnsafePointer(a[l &- 1].base)
            RowsProduct(
                a: UnsafePointer(dz), aStride: place.outputStride, count: count, depth: place.layer.units,
                b: packed + place.backward, bStride: layout.form == .rows ? place.rowStride : nil,
                start: .row(UnsafePointer(zeros.base)), c: other, cStride: place.inputStride,
                epilogue: Backward(activation: inTiles.backward, a: a)
            ).run(vectors: place.inputVectors)
            if inTiles.backward != activation {
                Backward(activation: activation, a: a).apply(to: other, count: count &* place.inputStride)
            }
            (dz, other) = (other, dz)
        }
    }

    /// db += Σ dz over the rows.
    @inline(__always)
    private func addRows(
        _ dz: UnsafePointer<Scalar>, _ count: Int, stride: Int, to db: UnsafeMutablePointer<Scalar>
    ) {
        var u = 0
        while u < stride {
            var (sum, row) = (Lanes(repeating: 0), dz + u)
            for _ in 0..<count {
                sum += Lanes.load(row)
                row += stride
            }
            (.load(db + u) + sum).store(db + u)
            u &+= Lanes.scalarCount
        }
    }
}

extension Activation {
    /// Whether it costs next to nothing, so that it is applied to a tile in registers.
    var isPiecewiseLinear: Bool { hasKink || self == .linear }
}

/// a = g(z), where g is piecewise linear; z otherwise.
struct Activated<Scalar: LaneScalar>: TileEpilogue {
    let activation: Activation

    @inline(__always)
    func apply<let rows: Int, let vectors: Int>(
        _ tile: inout MatrixTile<rows, vectors, Scalar>, at place: Int, stride: Int
    ) {
        switch activation {
        case .relu: tile.map { z, _, _ in Rectifier.value(z, z, z) }
        case .leaky: tile.map { z, _, _ in LeakyRectifier.value(z, z, z) }
        default: break
        }
    }

    /// z := g(z) in a sweep over `count` values, in whole vectors.
    func apply(to z: UnsafeMutablePointer<Scalar>, count: Int) {
        switch activation {
        case .sigmoid: sweep(LogisticFunction.self, z, count)
        case .tanh: sweep(HyperbolicTangent.self, z, count)
        case .relu: sweep(Rectifier.self, z, count)
        case .leaky: sweep(LeakyRectifier.self, z, count)
        case .linear: break
        }
    }

    // A type and not a closure, for the reason that `LaneFunction` gives.
    @inline(never)
    private func sweep<F: LaneFunction>(_: F.Type, _ z: UnsafeMutablePointer<Scalar>, _ count: Int) {
        var i = 0
        while i < count {
            let zi = Scalar.Lanes.load(z + i)
            F.value(zi, zi, zi).store(z + i)
            i &+= Scalar.Lanes.scalarCount
        }
    }
}

/// σ(a)
private enum LogisticFunction: LaneFunction {
    @inline(__always) static func value<V: LaneVector>(_ a: V, _: V, _: V) -> V {
        .sigmoid(a, exponential: .exponential(ofMinusMagnitude: a))
    }
}

/// max(0, a); NaN for NaN, which `max` gives where its second operand is
private enum Rectifier: LaneFunction {
    @inline(__always) static func value<V: LaneVector>(_ a: V, _: V, _: V) -> V { .max(.zero, a) }
}

/// max(γa, a)
private enum LeakyRectifier: LaneFunction {
    @inline(__always) static func value<V: LaneVector>(_ a: V, _: V, _: V) -> V {
        .max(a * V(repeating: V.Scalar(Activation.leak)), a)
    }
}

/// dZ = dA ∗ g′(Z), g′ from A.
struct Backward<Scalar: LaneScalar>: TileEpilogue {
    typealias Lanes = Scalar.Lanes

    let activation: Activation
    /// A of the layer, laid out as the product.
    let a: UnsafePointer<Scalar>

    @inline(__always)
    func apply<let rows: Int, let vectors: Int>(
        _ tile: inout MatrixTile<rows, vectors, Scalar>, at place: Int, stride: Int
    ) {
        switch activation {
        case .sigmoid: each(LogisticSlope.self, of: &tile, place, stride)
        case .tanh: each(TangentSlope.self, of: &tile, place, stride)
        case .relu: each(RectifierSlope.self, of: &tile, place, stride)
        case .leaky: each(LeakySlope.self, of: &tile, place, stride)
        case .linear: break
        }
    }

    @inline(__always)
    private func each<F: LaneFunction, let rows: Int, let vectors: Int>(
        _: F.Type, of tile: inout MatrixTile<rows, vectors, Scalar>, _ place: Int, _ stride: Int
    ) {
        tile.map { da, r, v in
            let a = Lanes.load(self.a + (place &+ r &* stride &+ v &* Lanes.scalarCount))
            return da * F.value(a, a, a)
        }
    }

    /// The same in a sweep over `count` values of dA, in whole vectors.
    func apply(to da: UnsafeMutablePointer<Scalar>, count: Int) {
        switch activation {
        case .sigmoid: sweep(LogisticSlope.self, da, count)
        case .tanh: sweep(TangentSlope.self, da, count)
        case .relu: sweep(RectifierSlope.self, da, count)
        case .leaky: sweep(LeakySlope.self, da, count)
        case .linear: break
        }
    }

    @inline(never)
    private func sweep<F: LaneFunction>(_: F.Type, _ da: UnsafeMutablePointer<Scalar>, _ count: Int) {
        var i = 0
        while i < count {
            let ai = Lanes.load(a + i)
            (Lanes.load(da + i) * F.value(ai, ai, ai)).store(da + i)
            i &+= Lanes.scalarCount
        }
    }

    /// dz·w ∗ g′ for each of some samples.
    func scale(
        _ w: UnsafePointer<Scalar>, by dz: UnsafePointer<Scalar>, count: Int, stride: Int,
        to out: UnsafeMutablePointer<Scalar>
    ) {
        switch activation {
        case .sigmoid: scale(LogisticSlope.self, w, dz, count, stride, out)
        case .tanh: scale(TangentSlope.self, w, dz, count, stride, out)
        case .relu: scale(RectifierSlope.self, w, dz, count, stride, out)
        case .leaky: scale(LeakySlope.self, w, dz, count, stride, out)
        case .linear: scale(NoSlope.self, w, dz, count, stride, out)
        }
    }

    @inline(never)
    private func scale<F: LaneFunction>(
        _: F.Type, _ w: UnsafePointer<Scalar>, _ dz: UnsafePointer<Scalar>, _ count: Int, _ stride: Int,
        _ out: UnsafeMutablePointer<Scalar>
    ) {
        var place = 0
        for i in 0..<count {
            let factor = Lanes(repeating: dz[i])
            var k = 0
            while k < stride {
                let ak = Lanes.load(a + place)
                (factor * .load(w + k) * F.value(ak, ak, ak)).store(out + place)
                place &+= Lanes.scalarCount
                k &+= Lanes.scalarCount
            }
        }
    }
}

// g′ from a. Types and not closures, for the reason that `LaneFunction` gives.

/// a(1 − a)
private enum LogisticSlope: LaneFunction {
    @inline(__always) static func value<V: LaneVector>(_ a: V, _: V, _: V) -> V { a * (V(repeating: 1) - a) }
}

/// 1 − a²
private enum TangentSlope: LaneFunction {
    @inline(__always) static func value<V: LaneVector>(_ a: V, _: V, _: V) -> V {
        V(repeating: 1).addingProduct(-a, times: a)
    }
}

/// 1 where a > 0, else 0
private enum RectifierSlope: LaneFunction {
    @inline(__always) static func value<V: LaneVector>(_ a: V, _: V, _: V) -> V {
        PositiveSelection.value(a, V(repeating: 1), .zero)
    }
}

/// 1 where a > 0, else γ
private enum LeakySlope: LaneFunction {
    @inline(__always) static func value<V: LaneVector>(_ a: V, _: V, _: V) -> V {
        PositiveSelection.value(a, V(repeating: 1), V(repeating: V.Scalar(Activation.leak)))
    }
}

/// 1
private enum NoSlope: LaneFunction {
    @inline(__always) static func value<V: LaneVector>(_ a: V, _: V, _: V) -> V { V(repeating: 1) }
}
