import Problems

/// A piece of a matrix in registers, into which the products of two others are summed.
///
///     for k in 1…depth:  for r in rows:  for v in vectors:  sum_rv += a_rk · b_kv
///
/// For each k it loads the vectors of b once and one scalar of each row of a, and makes rows × vectors multiply-adds
/// of them. Both counts are constants of the type: the compiler unrolls the loops over them and keeps each sum in a
/// register (`Tile`).
struct MatrixTile<let rows: Int, let vectors: Int, Scalar: LaneScalar> {
    typealias Lanes = Scalar.Lanes

    private var sums: InlineArray<rows, InlineArray<vectors, Lanes>>

    /// All sums 0.
    @inline(__always) init() {
        sums = InlineArray(repeating: InlineArray(repeating: Lanes(repeating: 0)))
    }

    /// The same vectors in each row.
    @inline(__always) init(repeating row: UnsafePointer<Scalar>) {
        self.init()
        for v in 0..<vectors {
            let vector = Lanes.load(row + v &* Lanes.scalarCount)
            for r in 0..<rows { sums[r][v] = vector }
        }
    }

    /// One scalar in all lanes of each row.
    @inline(__always) init(filling scalars: UnsafePointer<Scalar>) {
        self.init()
        for r in 0..<rows {
            let vector = Lanes(repeating: scalars[r])
            for v in 0..<vectors { sums[r][v] = vector }
        }
    }

    /// Rows that are `stride` scalars apart.
    @inline(__always) init(loading place: UnsafePointer<Scalar>, stride: Int) {
        self.init()
        for r in 0..<rows {
            for v in 0..<vectors { sums[r][v] = .load(place + (r &* stride &+ v &* Lanes.scalarCount)) }
        }
    }

    /// Adds the product of a (rows × depth) and b (depth × vectors).
    ///
    /// - Parameters:
    ///   - a: a_rk is at r·`rowStride` + k·`stepStride`.
    ///   - b: row k is at k·`bStride`.
    @inline(__always)
    mutating func addProduct(
        of a: UnsafePointer<Scalar>, rowStride: Int, stepStride: Int, with b: UnsafePointer<Scalar>,
        stride bStride: Int, depth: Int
    ) {
        var (ak, bk) = (a, b)
        let end = b + depth &* bStride
        while bk < end {
            for r in 0..<rows {
                let factor = Lanes(repeating: ak[r &* rowStride])
                for v in 0..<vectors {
                    sums[r][v] = sums[r][v].addingProduct(.load(bk + v &* Lanes.scalarCount), times: factor)
                }
            }
            ak += stepStride
            bk += bStride
        }
    }

    /// Adds, to vector v of row r, the products of row r of a with row v of b, a vector at a time: the lanes of each sum
    /// together are then an inner product.
    ///
    ///     for k in vectors of the depth:  for r in rows:  for v in vectors:  sum_rv += a_rk · b_vk
    @inline(__always)
    mutating func addInnerProducts(
        of a: UnsafePointer<Scalar>, stride aStride: Int, with b: UnsafePointer<Scalar>, stride bStride: Int,
        depth: Int
    ) {
        var (ak, bk) = (a, b)
        let end = b + depth
        while bk < end {
            for r in 0..<rows {
                let ar = Lanes.load(ak + r &* aStride)
                for v in 0..<vectors {
                    sums[r][v] = sums[r][v].addingProduct(.load(bk + v &* bStride), times: ar)
                }
            }
            ak += Lanes.scalarCount
            bk += Lanes.scalarCount
        }
    }

    /// Replaces each vector of row r by f(vector, r, v).
    @inline(__always)
    mutating func map(_ f: (_ vector: Lanes, _ row: Int, _ v: Int) -> Lanes) {
        for r in 0..<rows {
            for v in 0..<vectors { sums[r][v] = f(sums[r][v], r, v) }
        }
    }

    /// Writes the rows `stride` scalars apart.
    @inline(__always)
    func store(_ place: UnsafeMutablePointer<Scalar>, stride: Int) {
        for r in 0..<rows {
            for v in 0..<vectors { sums[r][v].store(place + (r &* stride &+ v &* Lanes.scalarCount)) }
        }
    }

    /// Adds the sums to rows `stride` scalars apart.
    @inline(__always)
    func add(to place: UnsafeMutablePointer<Scalar>, stride: Int) {
        for r in 0..<rows {
            for v in 0..<vectors {
                let place = place + (r &* stride &+ v &* Lanes.scalarCount)
                (.load(place) + sums[r][v]).store(place)
            }
        }
    }
}
