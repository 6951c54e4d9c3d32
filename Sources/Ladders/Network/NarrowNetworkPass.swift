import Problems

/// Blocks of samples through narrow layers, with a lane for each sample: the shapes of the paper.
///
///     Z = W A + b          rows are units, columns are samples
///     dW = dZ Aᵀ           inner products over samples, added across lanes now and then
///     dA = Wᵀ dZ
///
/// With few units or inputs a lane for each of them would leave most of a vector idle; samples are never few.
struct NarrowNetworkPass<Scalar: LaneScalar>: Sendable {
    typealias Lanes = Scalar.Lanes

    private let columns: Columns<Scalar>
    private let layout: NetworkLayout<Scalar>
    private let activation: Activation
    /// A⁽ˡ⁾ of each hidden layer, and z of the last; and dZ of each.
    private let a, dz: [AlignedBuffer<Scalar>]
    /// e^(−|z|) of the last layer; zeros for each unit.
    private let e, zeros: AlignedBuffer<Scalar>
    /// A vector of sums over samples for each weight, then for each bias, layer after layer.
    private let sums: AlignedBuffer<Scalar>

    /// Samples of a block.
    private let size: Int

    /// Samples whose sums are added across lanes together.
    private static var spanSize: Int { 8192 }

    private static func size(m: Int) -> Int {
        min(256, m.dividedRoundingUp(by: Lanes.scalarCount) * Lanes.scalarCount)
    }

    init(_ input: NetworkInput<Scalar>, _ columns: Columns<Scalar>) {
        (layout, self.columns, activation) = (input.layout, columns, input.problem.network.activation)
        let size = Self.size(m: input.problem.data.m)
        self.size = size
        a = layout.places.map { AlignedBuffer(zeros: $0.layer.units * size) }
        dz = layout.places.map { AlignedBuffer(zeros: $0.layer.units * size) }
        e = AlignedBuffer(zeros: size)
        zeros = AlignedBuffer(zeros: layout.places.reduce(0) { max($0, $1.layer.inputs) })
        sums = AlignedBuffer(zeros: Self.sumsCount(layout))
    }

    private static func sumsCount(_ layout: NetworkLayout<Scalar>) -> Int {
        layout.places.reduce(0) { $0 + $1.layer.units * ($1.layer.inputs + 1) } * Lanes.scalarCount
    }

    /// Bytes that it takes.
    static func byteCount(_ layout: NetworkLayout<Scalar>, m: Int) -> Int {
        let (units, size) = (layout.places.reduce(0) { $0 + $1.layer.units }, size(m: m))
        return 2 * (units + 1) * size * MemoryLayout<Scalar>.stride + 2 * layout.places.count * 128
            + AlignedBuffer<Scalar>.byteCount(for: sumsCount(layout))
    }

    /// Sets the sums to Σ L and the sums of the derivatives over some samples, the first of which begins a vector.
    func sum(
        over samples: Range<Int>, packed: UnsafePointer<Scalar>, into out: UnsafeMutablePointer<Scalar>
    ) {
        out.update(repeating: 0, count: layout.sumsCount)
        let last = layout.places.count &- 1
        var loss = LogisticSums<Scalar>()
        var first = samples.lowerBound
        while first < samples.upperBound {
            let end = min(first &+ Self.spanSize, samples.upperBound)
            sums.base.update(repeating: 0, count: sums.count)
            while first < end {
                let count = min(size, end &- first)
                let vectors = count.dividedRoundingUp(by: Lanes.scalarCount)
                forward(first, vectors, packed)
                let z = a[last].base
                loss.addLogistic(
                    z, plus: 0, labels: UnsafePointer(columns.y.base + first), count: count, scratch: e.base)
                dz[last].base.update(from: z, count: vectors &* Lanes.scalarCount)
                backward(first, vectors, packed)
                first &+= count
            }
            addAcross(to: out)
        }
        (out[layout.loss], out[layout.places[last].db]) = loss.totals()
    }

    /// The input of layer l, of samples from `first` on, and how far apart its rows are.
    @inline(__always)
    private func input(_ l: Int, _ first: Int) -> (UnsafePointer<Scalar>, stride: Int) {
        l == 0
            ? (columns.vector(from: first), columns.stride) : (UnsafePointer(a[l &- 1].base), size)
    }

    private func forward(_ first: Int, _ vectors: Int, _ packed: UnsafePointer<Scalar>) {
        for l in layout.places.indices {
            let (place, input) = (layout.places[l], input(l, first))
            let isHidden = l < layout.places.count &- 1
            RowsProduct(
                a: packed + place.forward, aStride: place.rowStride, count: place.layer.units,
                depth: place.layer.inputs, b: input.0, bStride: input.stride,
                start: .column(packed + place.bias),
                c: a[l].base, cStride: size, epilogue: Activated(activation: isHidden ? activation : .linear)
            ).run(vectors: vectors)
            if isHidden, !activation.isPiecewiseLinear {
                Activated(activation: activation).apply(to: a[l].base, count: place.layer.units &* size)
            }
        }
    }

    private func backward(_ first: Int, _ vectors: Int, _ packed: UnsafePointer<Scalar>) {
        var sums = sums.base
        for l in layout.places.indices.reversed() {
            let (place, input) = (layout.places[l], input(l, first))
            let (inputs, units) = (place.layer.inputs, place.layer.units)
            let dz = UnsafePointer(dz[l].base)
            SampleProducts(
                dz: dz, units: units, a: input.0, aStride: input.stride, inputs: inputs, stride: size,
                depth: vectors &* Lanes.scalarCount, sums: sums
            ).run()
            sums += (inputs &+ 1) &* units &* Lanes.scalarCount
            if l > 0 {
                RowsProduct(
                    a: packed + place.forward, aStride: 1, aStep: place.rowStride, count: inputs,
                    depth: units,
                    b: dz,
                    bStride: size, start: .column(UnsafePointer(zeros.base)), c: self.dz[l &- 1].base,
                    cStride: size,
                    epilogue: Backward(activation: activation, a: UnsafePointer(a[l &- 1].base))
                ).run(vectors: vectors)
            }
        }
    }

    /// Adds the lanes of each sum to those of the part.
    private func addAcross(to out: UnsafeMutablePointer<Scalar>) {
        var sum = UnsafePointer(sums.base)
        for place in layout.places.reversed() {
            let (inputs, units) = (place.layer.inputs, place.layer.units)
            for u in 0..<units {
                for k in 0..<inputs {
                    out[place.dw &+ u &* place.rowStride &+ k] += Lanes.load(sum).horizontalSum()
                    sum += Lanes.scalarCount
                }
            }
            for u in 0..<units {
                out[place.db &+ u] += Lanes.load(sum).horizontalSum()
                sum += Lanes.scalarCount
            }
        }
    }
}

/// dW += dZ·Aᵀ and db += Σ dZ over the samples of a block, a vector of sums for each weight and bias.
private struct SampleProducts<Scalar: LaneScalar> {
    typealias Lanes = Scalar.Lanes

    /// Rows of samples, for each unit and each input.
    let dz: UnsafePointer<Scalar>
    let units: Int
    let a: UnsafePointer<Scalar>
    let aStride: Int, inputs: Int
    /// Of dz, and the samples of the block.
    let stride: Int, depth: Int
    /// Of the weights, then of the biases.
    let sums: UnsafeMutablePointer<Scalar>

    @inline(never)
    func run() {
        var u = 0
        while u &+ 4 <= units {
            rows(MatrixTile<4, 1, Scalar>(), u)
            u &+= 4
        }
        while u < units {
            rows(MatrixTile<1, 1, Scalar>(), u)
            u &+= 1
        }
        for u in 0..<units {
            var (sum, i) = (Lanes(repeating: 0), 0)
            while i < depth {
                sum += .load(dz + (u &* stride &+ i))
                i &+= Lanes.scalarCount
            }
            let place = sums + (units &* inputs &+ u) &* Lanes.scalarCount
            (.load(place) + sum).store(place)
        }
    }

    @inline(__always)
    private func rows<let n: Int>(_ one: MatrixTile<n, 1, Scalar>, _ u: Int) {
        var k = 0
        #if VECTORS_OF_64_BYTES
        while k &+ 4 <= inputs {
            tile(MatrixTile<n, 4, Scalar>(), u, k)
            k &+= 4
        }
        #endif
        while k < inputs {
            tile(one, u, k)
            k &+= 1
        }
    }

    @inline(__always)
    private func tile<let n: Int, let vectors: Int>(_: MatrixTile<n, vectors, Scalar>, _ u: Int, _ k: Int) {
        let (place, stride) = (sums + (u &* inputs &+ k) &* Lanes.scalarCount, inputs &* Lanes.scalarCount)
        var tile = MatrixTile<n, vectors, Scalar>(loading: place, stride: stride)
        tile.addInnerProducts(
            of: dz + u &* self.stride, stride: self.stride, with: a + k &* aStride, stride: aStride,
            depth: depth)
        tile.store(place, stride: stride)
    }
}
