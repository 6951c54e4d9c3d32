import Problems

/// `simd.interleaved`: the columns interleaved, vector by vector, so that X is one stream.
///
///     column_j[v], contiguous:    all vectors of samples of x_1, then all of x_2, …
///     column_j[v], interleaved:   x_1 … x_n_x of the first vector of samples, then of the second, …
///
/// Changes from `simd.columns`: a block of samples is one piece of memory, which prefetching follows best. Few
/// features have a pass of their own, `NarrowPass`.
struct InterleavedKernel<Scalar: LaneScalar>: Kernel {
    static var info: RungInfo {
        RungInfo(
            "simd.interleaved", after: "simd.columns", "the columns interleaved, vector by vector",
            why:
                "A block of samples is one piece of memory, so that X comes as one stream and not as one for "
                + "each feature, which prefetching follows best.",
            sums: .blocks(Chunks.size))
    }

    private let kernel: ColumnsKernel<Scalar>
    /// For few features. Not an optional: to unwrap it would copy it, and count references for each of its buffers.
    private let narrow: NarrowPass<Scalar>

    static func input(_ data: Dataset<Scalar>) -> Columns<Scalar> { Columns(interleaved: data) }

    static func inputBytes(m: Int, nx: Int) -> Int { Columns<Scalar>.interleavedByteCount(m: m, nx: nx) }

    /// Those of the columns, and each number of features that has a pass of its own.
    static var shapes: [Shape] {
        ColumnsKernel<Scalar>.shapes
            + (1...NarrowPass<Scalar>.mostFeatures).flatMap { nx in
                Shape.blocks(of: NarrowPass<Scalar>.size(nx: nx), nx: nx)
            }
    }

    init(_ columns: Columns<Scalar>, samples: Int) {
        kernel = ColumnsKernel(columns, samples: samples)
        narrow = NarrowPass(columns, insteadOf: kernel)
    }

    static func preparedBytes(samples: Int, nx: Int) -> Int {
        ColumnsKernel<Scalar>.preparedBytes(samples: samples, nx: nx)
            + NarrowPass<Scalar>.preparedBytes
    }

    func sum(over samples: Range<Int>, at model: Parameters<Scalar>, into sums: Sums<Scalar>) {
        if narrow.isApt {
            narrow.sum(over: samples, at: model, into: sums)
        } else {
            kernel.sum(over: samples, at: model, into: sums)
        }
    }
}

/// One pass over interleaved columns of up to 16 features, dw in registers and w where there is room.
///
///     for v in vectors of a block:  z = b + Σ_j w_j · column_j[v];  e = e^(−|z|)
///     for v in vectors of a block:  a, Σ L from z, e;  dz = a − y;  dw_j += column_j[v] · dz
///
/// With so few features the logistic function takes as long as X or longer, and would wait for the memory while
/// z is made and the memory for it. So its halves are part of the two loops: loads and multiply-adds fill the
/// gaps in its chains of instructions.
struct NarrowPass<Scalar: LaneScalar> {
    typealias Lanes = Scalar.Lanes

    /// As many sums as leave registers of 64 bytes free for the logistic function. With 32 bytes they do not, and
    /// this is still no slower than the columns by themselves.
    static var mostFeatures: Int { 16 }

    private let columns: Columns<Scalar>
    /// Samples of a block: whole vectors, and a divisor of a span.
    private let size: Int
    /// Each w_j in all lanes.
    private let weights: AlignedBuffer<Scalar>
    /// Each dw_j of a span, with a lane for each sample; z and e^(−|z|) of a block.
    private let part, z, e: AlignedBuffer<Scalar>

    /// The pass in place of that of `kernel`, in the same memory.
    init(_ columns: Columns<Scalar>, insteadOf kernel: ColumnsKernel<Scalar>) {
        self.columns = columns
        (part, z, e) = (kernel.part, kernel.z, kernel.scratch)
        size = Self.size(nx: columns.nx)
        weights = AlignedBuffer(zeros: Self.weightCount)
    }

    static func size(nx: Int) -> Int {
        Chunks.blockSize(sampleBytes: nx * MemoryLayout<Scalar>.stride, to: Lanes.scalarCount)
    }

    /// Whether it is for as many features as there are; if not, `sum` must not be called.
    var isApt: Bool { columns.nx <= Self.mostFeatures }

    /// Bytes in addition to those of the kernel.
    static var preparedBytes: Int { AlignedBuffer<Scalar>.byteCount(for: weightCount) }

    private static var weightCount: Int { mostFeatures * Lanes.scalarCount }

    func sum(over samples: Range<Int>, at model: Parameters<Scalar>, into sums: Sums<Scalar>) {
        switch columns.nx {
        case 1: sum(Tile<1, Scalar>.self, samples, model, sums)
        case 2: sum(Tile<2, Scalar>.self, samples, model, sums)
        case 3: sum(Tile<3, Scalar>.self, samples, model, sums)
        case 4: sum(Tile<4, Scalar>.self, samples, model, sums)
        case 5: sum(Tile<5, Scalar>.self, samples, model, sums)
        case 6: sum(Tile<6, Scalar>.self, samples, model, sums)
        case 7: sum(Tile<7, Scalar>.self, samples, model, sums)
        case 8: sum(Tile<8, Scalar>.self, samples, model, sums)
        case 9: sum(Tile<9, Scalar>.self, samples, model, sums)
        case 10: sum(Tile<10, Scalar>.self, samples, model, sums)
        case 11: sum(Tile<11, Scalar>.self, samples, model, sums)
        case 12: sum(Tile<12, Scalar>.self, samples, model, sums)
        case 13: sum(Tile<13, Scalar>.self, samples, model, sums)
        case 14: sum(Tile<14, Scalar>.self, samples, model, sums)
        case 15: sum(Tile<15, Scalar>.self, samples, model, sums)
        default: sum(Tile<16, Scalar>.self, samples, model, sums)
        }
    }

    /// - Parameter tile: as many vectors as there are features.
    @inline(__always)
    private func sum<let nx: Int>(
        _ tile: Tile<nx, Scalar>.Type, _ samples: Range<Int>, _ model: Parameters<Scalar>,
        _ sums: Sums<Scalar>
    ) {
        for j in 0..<columns.nx {
            Lanes(repeating: model.w[j]).store(weights.base + j &* Lanes.scalarCount)
        }
        sums.clear()
        for span in Chunks(samples) {
            part.base.update(repeating: 0, count: part.count)
            var forward = LogisticSums<Scalar>()
            var first = span.lowerBound
            while first < span.upperBound {
                let (x, count) = (columns.vector(from: first), Swift.min(size, span.upperBound &- first))
                goForward(tile, x, count, model.b)
                goBackward(tile, x, columns.y.base + first, count, adding: &forward)
                first &+= count
            }
            forward.add(to: sums)
            sums.addAcross(part.base)
        }
    }

    /// Not inlined: in the midst of the other loops the compiler would take some of its vectors apart.
    @inline(never)
    private func goForward<let nx: Int>(
        _: Tile<nx, Scalar>.Type, _ x: UnsafePointer<Scalar>, _ count: Int, _ b: Scalar
    ) {
        let (w, bias) = (Tile<nx, Scalar>(loading: weights.base), Lanes(repeating: b))
        var (plain, column, i) = (PlainExponentials<Lanes>(), x, 0)
        while i < count {
            var products = Tile<4, Scalar>()
            w.addProducts(with: column, to: &products)
            let zi = products.total + bias
            zi.store(z.base + i)
            plain.exponential(ofMinusMagnitude: zi).store(e.base + i)
            column += Tile<nx, Scalar>.scalarCount
            i &+= Lanes.scalarCount
        }
        plain.correct(e.base, of: UnsafePointer(z.base), count: count)
    }

    @inline(__always)
    private func goBackward<let nx: Int>(
        _: Tile<nx, Scalar>.Type, _ x: UnsafePointer<Scalar>, _ y: UnsafePointer<Scalar>, _ count: Int,
        adding forward: inout LogisticSums<Scalar>
    ) {
        // A copy stays in registers; the caller's would be written to memory in every turn.
        var (dw, sums) = (Tile<nx, Scalar>(), forward)
        var (column, i) = (x, 0)
        while i < count {
            let dz = sums.add(
                .load(z.base + i), exponential: .load(e.base + i), labels: .load(y + i), first: count &- i)
            dw.addProducts(of: column, times: dz)
            column += Tile<nx, Scalar>.scalarCount
            i &+= Lanes.scalarCount
        }
        dw.add(to: part.base)
        forward = sums
    }
}
