import Problems

/// Some vectors side by side that are summed in registers.
///
///     for vector k of the tile:  sum_k += x_k · factor
///
/// With several sums at a time a multiply-add need not wait for the one before it.
protocol LaneTile<Scalar> {
    associatedtype Scalar: LaneScalar

    /// How many vectors.
    static var vectorCount: Int { get }

    /// All sums 0.
    init()

    /// The vectors at `scalars`.
    init(loading scalars: UnsafePointer<Scalar>)

    /// Adds to `products` vectors whose lanes add up to the inner product with as many scalars.
    func addProducts(with x: UnsafePointer<Scalar>, to products: inout FourVectors<Scalar>)

    /// Adds x · factor, x being as many scalars as the tile has.
    mutating func addProducts(of x: UnsafePointer<Scalar>, times factor: Scalar.Lanes)

    /// Adds the sums to as many scalars.
    func add(to sums: UnsafeMutablePointer<Scalar>)
}

extension LaneTile {
    /// The scalars in a tile.
    @inline(__always) static var scalarCount: Int { vectorCount &* Scalar.Lanes.scalarCount }
}

/// The largest tile that leaves registers free for what else a kernel has in hand.
#if VECTORS_OF_64_BYTES
typealias WideTile<Scalar: LaneScalar> = EightVectors<Scalar>
#else
// A vector takes two registers of 32 bytes, of which there are 16 (or four of 16 bytes).
typealias WideTile<Scalar: LaneScalar> = FourVectors<Scalar>
#endif

/// Four vectors.
struct FourVectors<Scalar: LaneScalar>: LaneTile {
    typealias Lanes = Scalar.Lanes

    private var sum0, sum1, sum2, sum3: Lanes

    @inline(__always) static var vectorCount: Int { 4 }

    @inline(__always) init() {
        sum0 = Lanes(repeating: 0)
        (sum1, sum2, sum3) = (sum0, sum0, sum0)
    }

    @inline(__always) init(loading scalars: UnsafePointer<Scalar>) {
        let width = Lanes.scalarCount
        (sum0, sum1) = (.load(scalars), .load(scalars + width))
        (sum2, sum3) = (.load(scalars + 2 &* width), .load(scalars + 3 &* width))
    }

    @inline(__always)
    func addProducts(with x: UnsafePointer<Scalar>, to products: inout FourVectors) {
        let width = Lanes.scalarCount
        products.sum0 = products.sum0.addingProduct(.load(x), times: sum0)
        products.sum1 = products.sum1.addingProduct(.load(x + width), times: sum1)
        products.sum2 = products.sum2.addingProduct(.load(x + 2 &* width), times: sum2)
        products.sum3 = products.sum3.addingProduct(.load(x + 3 &* width), times: sum3)
    }

    @inline(__always)
    mutating func addProducts(of x: UnsafePointer<Scalar>, times factor: Lanes) {
        addProducts(of: x, stride: Lanes.scalarCount, times: factor)
    }

    /// Adds x · factor for four vectors that lie `stride` scalars apart.
    @inline(__always)
    mutating func addProducts(of x: UnsafePointer<Scalar>, stride: Int, times factor: Lanes) {
        sum0 = sum0.addingProduct(.load(x), times: factor)
        sum1 = sum1.addingProduct(.load(x + stride), times: factor)
        sum2 = sum2.addingProduct(.load(x + 2 &* stride), times: factor)
        sum3 = sum3.addingProduct(.load(x + 3 &* stride), times: factor)
    }

    /// Adds x · w, vector by vector: the four sums together are then wᵀx.
    @inline(__always)
    mutating func addProducts(of x: UnsafePointer<Scalar>, with w: UnsafePointer<Scalar>) {
        addProducts(of: x, stride: Lanes.scalarCount, with: w)
    }

    /// The same, where the vectors of x lie `stride` scalars apart.
    @inline(__always)
    mutating func addProducts(
        of x: UnsafePointer<Scalar>, stride: Int, with w: UnsafePointer<Scalar>
    ) {
        let width = Lanes.scalarCount
        sum0 = sum0.addingProduct(.load(x), times: .load(w))
        sum1 = sum1.addingProduct(.load(x + stride), times: .load(w + width))
        sum2 = sum2.addingProduct(.load(x + 2 &* stride), times: .load(w + 2 &* width))
        sum3 = sum3.addingProduct(.load(x + 3 &* stride), times: .load(w + 3 &* width))
    }

    /// Adds x · w for four vectors that follow each other, all lanes of each with one of four weights.
    @inline(__always)
    mutating func addProducts(of x: UnsafePointer<Scalar>, timesEachOf w: UnsafePointer<Scalar>) {
        let width = Lanes.scalarCount
        sum0 = sum0.addingProduct(.load(x), times: Lanes(repeating: w[0]))
        sum1 = sum1.addingProduct(.load(x + width), times: Lanes(repeating: w[1]))
        sum2 = sum2.addingProduct(.load(x + 2 &* width), times: Lanes(repeating: w[2]))
        sum3 = sum3.addingProduct(.load(x + 3 &* width), times: Lanes(repeating: w[3]))
    }

    /// Adds x · w for the first of the four.
    @inline(__always)
    mutating func addProduct(of x: UnsafePointer<Scalar>, with w: UnsafePointer<Scalar>) {
        sum0 = sum0.addingProduct(.load(x), times: .load(w))
    }

    /// Adds x · factor for the second of the four: by its side, not behind it.
    @inline(__always)
    mutating func addProduct(of x: UnsafePointer<Scalar>, times factor: Lanes) {
        sum1 = sum1.addingProduct(.load(x), times: factor)
    }

    /// Writes the four vectors one after another.
    @inline(__always)
    func store(_ scalars: UnsafeMutablePointer<Scalar>) {
        let width = Lanes.scalarCount
        sum0.store(scalars)
        sum1.store(scalars + width)
        sum2.store(scalars + 2 &* width)
        sum3.store(scalars + 3 &* width)
    }

    /// The sum of the four vectors.
    @inline(__always) var total: Lanes { (sum0 + sum1) + (sum2 + sum3) }

    @inline(__always)
    func add(to sums: UnsafeMutablePointer<Scalar>) {
        let width = Lanes.scalarCount
        (.load(sums) + sum0).store(sums)
        (.load(sums + width) + sum1).store(sums + width)
        (.load(sums + 2 &* width) + sum2).store(sums + 2 &* width)
        (.load(sums + 3 &* width) + sum3).store(sums + 3 &* width)
    }
}

/// One vector.
struct OneVector<Scalar: LaneScalar>: LaneTile {
    private var sum: Scalar.Lanes

    @inline(__always) static var vectorCount: Int { 1 }

    @inline(__always) init() { sum = Scalar.Lanes(repeating: 0) }

    @inline(__always) init(loading scalars: UnsafePointer<Scalar>) { sum = .load(scalars) }

    @inline(__always)
    func addProducts(with x: UnsafePointer<Scalar>, to products: inout FourVectors<Scalar>) {
        products.addProduct(of: x, times: sum)
    }

    @inline(__always)
    mutating func addProducts(of x: UnsafePointer<Scalar>, times factor: Scalar.Lanes) {
        sum = sum.addingProduct(.load(x), times: factor)
    }

    @inline(__always)
    func add(to sums: UnsafeMutablePointer<Scalar>) { (.load(sums) + sum).store(sums) }
}

/// A tile and another one behind it.
struct TwoTiles<First: LaneTile, Second: LaneTile>: LaneTile where First.Scalar == Second.Scalar {
    typealias Scalar = First.Scalar

    private var first: First
    private var second: Second

    @inline(__always) static var vectorCount: Int { First.vectorCount &+ Second.vectorCount }

    @inline(__always) init() { (first, second) = (First(), Second()) }

    @inline(__always) init(loading scalars: UnsafePointer<Scalar>) {
        first = First(loading: scalars)
        second = Second(loading: scalars + First.scalarCount)
    }

    @inline(__always)
    func addProducts(with x: UnsafePointer<Scalar>, to products: inout FourVectors<Scalar>) {
        first.addProducts(with: x, to: &products)
        second.addProducts(with: x + First.scalarCount, to: &products)
    }

    @inline(__always)
    mutating func addProducts(of x: UnsafePointer<Scalar>, times factor: Scalar.Lanes) {
        first.addProducts(of: x, times: factor)
        second.addProducts(of: x + First.scalarCount, times: factor)
    }

    @inline(__always)
    func add(to sums: UnsafeMutablePointer<Scalar>) {
        first.add(to: sums)
        second.add(to: sums + First.scalarCount)
    }
}

typealias TwoVectors<Scalar: LaneScalar> = TwoTiles<OneVector<Scalar>, OneVector<Scalar>>
typealias ThreeVectors<Scalar: LaneScalar> = TwoTiles<TwoVectors<Scalar>, OneVector<Scalar>>
typealias EightVectors<Scalar: LaneScalar> = TwoTiles<FourVectors<Scalar>, FourVectors<Scalar>>
