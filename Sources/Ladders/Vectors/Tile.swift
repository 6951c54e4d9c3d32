import Problems

/// Vectors side by side in registers, into which products are summed.
///
///     for vector v of the tile:  sum_v += x_v · factor
///
/// With several sums at a time a multiply-add need not wait for the one before it. `count` is a constant of the
/// type, so that the compiler unrolls each loop over v and keeps every vector in a register.
struct Tile<let count: Int, Scalar: LaneScalar> {
    typealias Lanes = Scalar.Lanes

    fileprivate var vectors: InlineArray<count, Lanes>

    /// The scalars in a tile.
    @inline(__always) static var scalarCount: Int { count &* Lanes.scalarCount }

    /// All sums 0.
    @inline(__always) init() { vectors = InlineArray(repeating: Lanes(repeating: 0)) }

    /// The vectors at `scalars`.
    @inline(__always) init(loading scalars: UnsafePointer<Scalar>) {
        self.init()
        for v in 0..<count { vectors[v] = .load(scalars + v &* Lanes.scalarCount) }
    }

    /// Adds x · factor.
    ///
    /// - Parameter stride: how many scalars the vectors of x are apart.
    @inline(__always)
    mutating func addProducts(
        of x: UnsafePointer<Scalar>, stride: Int = Lanes.scalarCount, times factor: Lanes
    ) {
        for v in 0..<count { vectors[v] = vectors[v].addingProduct(.load(x + v &* stride), times: factor) }
    }

    /// Adds x · w, vector by vector: the sums together are then wᵀx.
    @inline(__always)
    mutating func addProducts(
        of x: UnsafePointer<Scalar>, stride: Int = Lanes.scalarCount, with w: UnsafePointer<Scalar>
    ) {
        for v in 0..<count {
            let wv = Lanes.load(w + v &* Lanes.scalarCount)
            vectors[v] = vectors[v].addingProduct(.load(x + v &* stride), times: wv)
        }
    }

    /// Adds x · w, all lanes of each vector of x with one of `count` weights.
    @inline(__always)
    mutating func addProducts(of x: UnsafePointer<Scalar>, timesEachOf w: UnsafePointer<Scalar>) {
        for v in 0..<count {
            let xv = Lanes.load(x + v &* Lanes.scalarCount)
            vectors[v] = vectors[v].addingProduct(xv, times: Lanes(repeating: w[v]))
        }
    }

    /// Adds a·b to vector v alone.
    @inline(__always)
    mutating func add(_ a: Lanes, times b: Lanes, to v: Int) {
        vectors[v] = vectors[v].addingProduct(a, times: b)
    }

    /// Adds to `products`, whose total is then the inner product of this tile with x, as many scalars. Vectors
    /// beyond the last whole `n` go to the second sum, so that they need not wait for the first.
    @inline(__always)
    func addProducts<let n: Int>(with x: UnsafePointer<Scalar>, to products: inout Tile<n, Scalar>) {
        for v in 0..<count {
            products.add(
                .load(x + v &* Lanes.scalarCount), times: vectors[v], to: v < count &- count % n ? v % n : 1)
        }
    }

    /// Writes the vectors one after another.
    @inline(__always)
    func store(_ scalars: UnsafeMutablePointer<Scalar>) {
        for v in 0..<count { vectors[v].store(scalars + v &* Lanes.scalarCount) }
    }

    /// Adds the sums to as many scalars.
    @inline(__always)
    func add(to sums: UnsafeMutablePointer<Scalar>) {
        for v in 0..<count {
            let place = sums + v &* Lanes.scalarCount
            (.load(place) + vectors[v]).store(place)
        }
    }
}

extension Tile where count == 4 {
    /// The sum of the four vectors.
    @inline(__always) var total: Lanes { (vectors[0] + vectors[1]) + (vectors[2] + vectors[3]) }
}

extension Tile where count == 2 {
    /// The sum of the two vectors.
    @inline(__always) var total: Lanes { vectors[0] + vectors[1] }
}

/// The registers of what this module is compiled for. What a kernel keeps in hand in a loop must fit them, or the
/// compiler puts vectors on the stack and fetches them again in every turn.
enum Registers {
    /// How many vectors of 64 bytes they hold: one each with AVX-512, which has 32 of them; otherwise two (AVX2) or four
    /// (SSE, NEON) of them hold one, and there are 16, or 32 on arm64.
    static var vectors: Int {
        #if VECTORS_OF_64_BYTES
        32
        #elseif VECTORS_OF_32_BYTES || arch(arm64)
        8
        #else
        4
        #endif
    }
}

// The largest tile that leaves registers free for what else a kernel has in hand, and the one for inner products where
// such a tile is in hand.
#if VECTORS_OF_64_BYTES
typealias WideTile<Scalar: LaneScalar> = Tile<8, Scalar>
typealias ProductTile<Scalar: LaneScalar> = Tile<4, Scalar>
#else
typealias WideTile<Scalar: LaneScalar> = Tile<4, Scalar>
typealias ProductTile<Scalar: LaneScalar> = Tile<2, Scalar>
#endif

// Tiles of features in 16 bits. A group is 32 features that are widened together: two vectors of a tile, those
// with even numbers and those with odd numbers (`BFloat16Samples`).
extension Tile where Scalar == Float {
    /// The bytes of as many features in 16 bits.
    @inline(__always) static var groupBytes: Int { count / 2 &* BFloat16Samples.groupBytes }

    /// Adds the products of one group of x to group g.
    @inline(__always)
    mutating func addGroup(_ g: Int, of x: UnsafeRawPointer, times factors: (even: Lanes, odd: Lanes)) {
        let (even, odd) = BFloat16Samples.widened(x)
        add(even, times: factors.even, to: 2 &* g)
        add(odd, times: factors.odd, to: 2 &* g &+ 1)
    }

    /// Adds x · factor, group by group.
    @inline(__always)
    mutating func addGroups(of x: UnsafeRawPointer, times factor: Lanes) {
        for g in 0..<count / 2 {
            addGroup(g, of: x + g &* BFloat16Samples.groupBytes, times: (factor, factor))
        }
    }

    /// Adds to `products`, whose total is then the inner product of this tile with as many features.
    @inline(__always)
    func addGroups<let n: Int>(with x: UnsafeRawPointer, to products: inout Tile<n, Float>) {
        for g in 0..<count / 2 {
            products.addGroup(
                g % (n / 2), of: x + g &* BFloat16Samples.groupBytes,
                times: (vectors[2 &* g], vectors[2 &* g &+ 1]))
        }
    }

    /// Writes a vector for each group, the sum of its two.
    @inline(__always)
    func storeGroupTotals(_ rows: UnsafeMutablePointer<Float>) {
        for g in 0..<count / 2 {
            (vectors[2 &* g] + vectors[2 &* g &+ 1]).store(rows + g &* Lanes.scalarCount)
        }
    }
}

extension Tile where count == 4, Scalar == Float {
    /// Adds the sums of both groups to those of one.
    @inline(__always)
    func addFolded(to sums: UnsafeMutablePointer<Float>) {
        let odd = sums + Lanes.scalarCount
        (.load(sums) + (vectors[0] + vectors[2])).store(sums)
        (.load(odd) + (vectors[1] + vectors[3])).store(odd)
    }
}
