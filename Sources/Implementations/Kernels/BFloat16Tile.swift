import LogisticRegression

/// Some groups of features that are summed in registers: what `LaneTile` is for X in 16 bits.
protocol BFloat16Tile<Scalar> {
    associatedtype Scalar: LaneScalar

    /// How many groups.
    static var groupCount: Int { get }

    /// All sums 0.
    init()

    /// The vectors at `scalars`.
    init(loading scalars: UnsafePointer<Scalar>)

    /// Adds to `products` vectors whose lanes add up to the inner product with as many features.
    func addProducts(with x: UnsafeRawPointer, to products: inout TwoGroups<Scalar>)

    /// Adds x · factor.
    mutating func addProducts(of x: UnsafeRawPointer, times factor: Scalar.Lanes)

    /// Adds the sums to as many scalars.
    func add(to sums: UnsafeMutablePointer<Scalar>)
}

extension BFloat16Tile {
    /// The features in a tile.
    @inline(__always) static var featureCount: Int { groupCount &* BFloat16Samples<Scalar>.groupCount }

    /// Their bytes.
    @inline(__always) static var byteCount: Int { 2 &* featureCount }
}

/// The largest tile that leaves registers free for what else a kernel has in hand, as in `LaneTile`.
#if VECTORS_OF_64_BYTES
typealias WideBFloat16Tile<Scalar: LaneScalar> = FourGroups<Scalar>
#else
typealias WideBFloat16Tile<Scalar: LaneScalar> = TwoGroups<Scalar>
#endif

/// Two groups: four vectors.
struct TwoGroups<Scalar: LaneScalar>: BFloat16Tile {
    typealias Lanes = Scalar.Lanes

    private var sum0, sum1, sum2, sum3: Lanes

    @inline(__always) static var groupCount: Int { 2 }

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
    func addProducts(with x: UnsafeRawPointer, to products: inout TwoGroups) {
        let (x0, x1) = Lanes.widened(x)
        let (x2, x3) = Lanes.widened(x + Self.byteCount / 2)
        products.sum0 = products.sum0.addingProduct(x0, times: sum0)
        products.sum1 = products.sum1.addingProduct(x1, times: sum1)
        products.sum2 = products.sum2.addingProduct(x2, times: sum2)
        products.sum3 = products.sum3.addingProduct(x3, times: sum3)
    }

    @inline(__always)
    mutating func addProducts(of x: UnsafeRawPointer, times factor: Lanes) {
        addProducts(of: x, stride: Self.byteCount / 2, times: (factor, factor))
    }

    /// Adds the products of two groups that lie `stride` bytes apart, each with a factor of its own.
    @inline(__always)
    mutating func addProducts(of x: UnsafeRawPointer, stride: Int, times factors: (Lanes, Lanes)) {
        let (x0, x1) = Lanes.widened(x)
        let (x2, x3) = Lanes.widened(x + stride)
        sum0 = sum0.addingProduct(x0, times: factors.0)
        sum1 = sum1.addingProduct(x1, times: factors.0)
        sum2 = sum2.addingProduct(x2, times: factors.1)
        sum3 = sum3.addingProduct(x3, times: factors.1)
    }

    /// Adds the products of a single group with as many scalars.
    @inline(__always)
    mutating func addGroup(of x: UnsafeRawPointer, with w: UnsafePointer<Scalar>) {
        let (x0, x1) = Lanes.widened(x)
        sum0 = sum0.addingProduct(x0, times: .load(w))
        sum1 = sum1.addingProduct(x1, times: .load(w + Lanes.scalarCount))
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

    /// Adds the sums of both groups to those of one.
    @inline(__always)
    func addFolded(to sums: UnsafeMutablePointer<Scalar>) {
        let width = Lanes.scalarCount
        (.load(sums) + (sum0 + sum2)).store(sums)
        (.load(sums + width) + (sum1 + sum3)).store(sums + width)
    }
}

/// Four groups: two times two.
struct FourGroups<Scalar: LaneScalar>: BFloat16Tile {
    private var first = TwoGroups<Scalar>()
    private var second = TwoGroups<Scalar>()

    @inline(__always) static var groupCount: Int { 4 }

    @inline(__always) init() {}

    @inline(__always) init(loading scalars: UnsafePointer<Scalar>) {
        first = TwoGroups(loading: scalars)
        second = TwoGroups(loading: scalars + TwoGroups<Scalar>.featureCount)
    }

    @inline(__always)
    func addProducts(with x: UnsafeRawPointer, to products: inout TwoGroups<Scalar>) {
        first.addProducts(with: x, to: &products)
        second.addProducts(with: x + TwoGroups<Scalar>.byteCount, to: &products)
    }

    @inline(__always)
    mutating func addProducts(of x: UnsafeRawPointer, times factor: Scalar.Lanes) {
        first.addProducts(of: x, times: factor)
        second.addProducts(of: x + TwoGroups<Scalar>.byteCount, times: factor)
    }

    @inline(__always)
    func add(to sums: UnsafeMutablePointer<Scalar>) {
        first.add(to: sums)
        second.add(to: sums + TwoGroups<Scalar>.featureCount)
    }
}
