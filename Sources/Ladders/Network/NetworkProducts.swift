import Problems

/// A function that a tile of a product goes through before it is written.
protocol TileEpilogue<Scalar> {
    associatedtype Scalar: LaneScalar

    /// - Parameters:
    ///   - place: where the tile begins in the product, from its first element on.
    ///   - stride: how far apart rows are.
    func apply<let rows: Int, let vectors: Int>(
        _ tile: inout MatrixTile<rows, vectors, Scalar>, at place: Int, stride: Int)
}

/// A product that is made panel by panel, each with the tile that fits it.
protocol PanelProduct<Scalar> {
    associatedtype Scalar: LaneScalar

    /// - Parameters:
    ///   - zero: the tile.
    ///   - column: the first column of the panel, in scalars.
    func run<let rows: Int, let vectors: Int>(_ zero: MatrixTile<rows, vectors, Scalar>, column: Int)
}

extension PanelProduct {
    /// All panels of so many vectors.
    @inline(__always)
    func run(vectors: Int) {
        let panels = Panels(vectors: vectors)
        for p in 0..<panels.count {
            let (first, vectors) = panels[p]
            let column = first &* Scalar.Lanes.scalarCount
            #if VECTORS_OF_64_BYTES
            switch vectors {
            case 3: run(MatrixTile<8, 3, Scalar>(), column: column)
            case 2: run(MatrixTile<8, 2, Scalar>(), column: column)
            default: run(MatrixTile<8, 1, Scalar>(), column: column)
            }
            #elseif VECTORS_OF_32_BYTES || arch(arm64)
            run(MatrixTile<6, 1, Scalar>(), column: column)
            #else
            run(MatrixTile<3, 1, Scalar>(), column: column)
            #endif
        }
    }
}

/// C := f(start + A·B): Z from A and Wᵀ, dA from dZ and W.
///
///     for panel of B:  for rows of A:  tile = start + Σ_k a_rk · b_k;  C = f(tile)
struct RowsProduct<E: TileEpilogue>: PanelProduct {
    typealias Scalar = E.Scalar

    /// The values that the sums begin with.
    enum Start {
        /// A row of C, the same in each.
        case row(UnsafePointer<Scalar>)
        /// A scalar for each row.
        case column(UnsafePointer<Scalar>)
    }

    /// `count` rows of `depth` scalars: rows are `aStride` apart, the scalars of one `aStep`.
    let a: UnsafePointer<Scalar>
    let aStride: Int
    var aStep = 1
    let count: Int, depth: Int
    /// `depth` rows: `bStride` apart, or in panels where that is nil.
    let b: UnsafePointer<Scalar>
    let bStride: Int?
    let start: Start
    /// Rows `cStride` apart.
    let c: UnsafeMutablePointer<Scalar>
    let cStride: Int
    let epilogue: E

    /// So many inputs are summed at a time that this piece of a panel stays in a second-level cache.
    private static var depthOfPiece: Int { 8192 / MemoryLayout<Scalar>.stride }

    // Each width a function of its own: in one that is too large loads are no longer inlined.
    @inline(never)
    func run<let rows: Int, let vectors: Int>(_ zero: MatrixTile<rows, vectors, Scalar>, column: Int) {
        let stride = bStride ?? vectors &* Scalar.Lanes.scalarCount
        var piece = b + (bStride == nil ? column &* depth : column)
        var k = 0
        while k < depth {
            let steps = min(Self.depthOfPiece, depth &- k)
            var r = 0
            while r &+ rows <= count {
                tile(zero, r, column, piece, stride, k, steps)
                r &+= rows
            }
            if rows > 4, r &+ 4 <= count {
                tile(MatrixTile<4, vectors, Scalar>(), r, column, piece, stride, k, steps)
                r &+= 4
            }
            while r < count {
                tile(MatrixTile<1, vectors, Scalar>(), r, column, piece, stride, k, steps)
                r &+= 1
            }
            k &+= steps
            piece += steps &* stride
        }
    }

    @inline(__always)
    private func tile<let n: Int, let vectors: Int>(
        _ zero: MatrixTile<n, vectors, Scalar>, _ r: Int, _ column: Int, _ piece: UnsafePointer<Scalar>,
        _ stride: Int, _ k: Int, _ steps: Int
    ) {
        let place = r &* cStride &+ column
        var tile: MatrixTile<n, vectors, Scalar>
        switch start {
        case _ where k > 0: tile = MatrixTile(loading: c + place, stride: cStride)
        case .row(let row): tile = MatrixTile(repeating: row + column)
        case .column(let scalars): tile = MatrixTile(filling: scalars + r)
        }
        tile.addProduct(
            of: a + (r &* aStride &+ k &* aStep), rowStride: aStride, stepStride: aStep, with: piece,
            stride: stride, depth: steps)
        if k &+ steps == depth { epilogue.apply(&tile, at: place, stride: cStride) }
        tile.store(c + place, stride: cStride)
    }
}

/// dW += Σ dz_u · a over the samples of a block, a tile of units and inputs at a time.
///
///     for panel of inputs:  for units of a tile:  tile = Σ_i dz_iu · a_i;  dW += tile
struct OuterProducts<Scalar: LaneScalar>: PanelProduct {
    /// Rows of units, `dzStride` apart. As much as a tile has rows may be read after the last unit.
    let dz: UnsafePointer<Scalar>
    let dzStride: Int, units: Int
    /// Rows of inputs, `aStride` apart, read up to whole vectors.
    let a: UnsafePointer<Scalar>
    let aStride: Int, count: Int
    /// Rows of inputs for whole tiles of units, `dwStride` apart.
    let dw: UnsafeMutablePointer<Scalar>
    let dwStride: Int

    @inline(never)
    func run<let rows: Int, let vectors: Int>(_ zero: MatrixTile<rows, vectors, Scalar>, column: Int) {
        var u = 0
        while u < units {
            var tile = zero
            tile.addProduct(
                of: dz + u, rowStride: 1, stepStride: dzStride, with: a + column, stride: aStride,
                depth: count)
            tile.add(to: dw + (u &* dwStride &+ column), stride: dwStride)
            u &+= rows
        }
    }
}

/// Z from A and the rows of W, both as they are: a lane for each input, added across at the end.
///
///     for samples and units of a tile:  sum_iu = Σ_k a_ik · w_uk, a vector of inputs at a time
///
/// No lane is without a unit, as in a panel of a few units. Pieces of the inputs are small enough that those of W stay
/// in the first-level cache; sums wait for the next piece in memory.
struct InnerProducts<Scalar: LaneScalar> {
    typealias Lanes = Scalar.Lanes

    /// `count` rows of inputs, `aStride` apart; at least a vector may be read after the last.
    let a: UnsafePointer<Scalar>
    let aStride: Int, count: Int
    /// Rows of units, up to whole tiles, `wStride` apart, which is whole vectors; zeros where nothing is.
    let w: UnsafePointer<Scalar>
    let wStride: Int, units: Int
    /// A vector for each sample and unit, `zStride` units for each sample.
    let sums: UnsafeMutablePointer<Scalar>
    let zStride: Int

    /// z := b + the sums across, for whole vectors of units.
    func run(from b: UnsafePointer<Scalar>, to z: UnsafeMutablePointer<Scalar>) {
        let width = Lanes.scalarCount
        let units = Tiles.units(units)
        let piece = max(width, (16 << 10) / (units &* MemoryLayout<Scalar>.stride) / width &* width)
        var k = 0
        while k < wStride {
            let depth = min(piece, wStride &- k)
            var i = 0
            while i &+ 2 <= count {
                row(MatrixTile<2, 2, Scalar>(), i, k, depth, units)
                i &+= 2
            }
            if i < count { row(MatrixTile<1, 2, Scalar>(), i, k, depth, units) }
            k &+= depth
        }
        for i in 0..<count {
            var u = 0
            while u < zStride {
                let place = i &* zStride &+ u
                (.load(b + u) + Lanes.sumsAcross(sums + place &* width)).store(z + place)
                u &+= width
            }
        }
    }

    @inline(__always)
    private func row<let rows: Int, let n: Int>(
        _: MatrixTile<rows, n, Scalar>, _ i: Int, _ k: Int, _ depth: Int, _ units: Int
    ) {
        #if VECTORS_OF_64_BYTES
        tiles(MatrixTile<rows, 8, Scalar>(), i, k, depth, units)
        #elseif VECTORS_OF_32_BYTES || arch(arm64)
        tiles(MatrixTile<1, 4, Scalar>(), i, k, depth, units)
        if rows == 2 { tiles(MatrixTile<1, 4, Scalar>(), i &+ 1, k, depth, units) }
        #else
        tiles(MatrixTile<1, 2, Scalar>(), i, k, depth, units)
        if rows == 2 { tiles(MatrixTile<1, 2, Scalar>(), i &+ 1, k, depth, units) }
        #endif
    }

    @inline(__always)
    private func tiles<let rows: Int, let vectors: Int>(
        _ zero: MatrixTile<rows, vectors, Scalar>, _ i: Int, _ k: Int, _ depth: Int, _ units: Int
    ) {
        let stride = zStride &* Lanes.scalarCount
        var u = 0
        while u < units {
            let place = sums + (i &* stride &+ u &* Lanes.scalarCount)
            var tile = k == 0 ? zero : MatrixTile<rows, vectors, Scalar>(loading: place, stride: stride)
            tile.addInnerProducts(
                of: a + (i &* aStride &+ k), stride: aStride, with: w + (u &* wStride &+ k), stride: wStride,
                depth: depth)
            tile.store(place, stride: stride)
            u &+= vectors
        }
    }
}
