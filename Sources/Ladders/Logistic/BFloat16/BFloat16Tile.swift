/// Some groups of features that are summed in registers: what `LaneTile` is for X in 16 bits.
protocol BFloat16Tile {
    /// How many groups.
    static var groupCount: Int { get }

    /// All sums 0.
    init()

    /// The vectors at `scalars`.
    init(loading scalars: UnsafePointer<Float>)

    /// Adds to `products` vectors whose lanes add up to the inner product with as many features.
    func addProducts(with x: UnsafeRawPointer, to products: inout TwoGroups)

    /// Adds x · factor.
    mutating func addProducts(of x: UnsafeRawPointer, times factor: SIMD16<Float>)

    /// Adds the sums to as many scalars.
    func add(to sums: UnsafeMutablePointer<Float>)
}

extension BFloat16Tile {
    /// The features in a tile.
    @inline(__always) static var featureCount: Int { groupCount &* BFloat16Samples.groupCount }

    /// Their bytes.
    @inline(__always) static var byteCount: Int { groupCount &* BFloat16Samples.groupBytes }
}

/// The largest tile that leaves registers free for what else a kernel has in hand, as in `LaneTile`.
#if VECTORS_OF_64_BYTES
typealias WideBFloat16Tile = FourGroups
#else
typealias WideBFloat16Tile = TwoGroups
#endif

/// Two groups: four vectors.
struct TwoGroups: BFloat16Tile {
    typealias Lanes = SIMD16<Float>

    private var even0, odd0, even1, odd1: Lanes

    @inline(__always) static var groupCount: Int { 2 }

    @inline(__always) init() {
        even0 = Lanes(repeating: 0)
        (odd0, even1, odd1) = (even0, even0, even0)
    }

    @inline(__always) init(loading scalars: UnsafePointer<Float>) {
        let width = Lanes.scalarCount
        (even0, odd0) = (.load(scalars), .load(scalars + width))
        (even1, odd1) = (.load(scalars + 2 &* width), .load(scalars + 3 &* width))
    }

    @inline(__always)
    func addProducts(with x: UnsafeRawPointer, to products: inout TwoGroups) {
        products.addGroup(of: x, times: (even0, odd0))
        products.addSecondGroup(of: x + BFloat16Samples.groupBytes, times: (even1, odd1))
    }

    @inline(__always)
    mutating func addProducts(of x: UnsafeRawPointer, times factor: Lanes) {
        addGroup(of: x, times: (factor, factor))
        addSecondGroup(of: x + BFloat16Samples.groupBytes, times: (factor, factor))
    }

    /// Adds the products of a single group, to the first of the two.
    @inline(__always)
    mutating func addGroup(of x: UnsafeRawPointer, times factors: (even: Lanes, odd: Lanes)) {
        let (even, odd) = BFloat16Samples.widened(x)
        even0 = even0.addingProduct(even, times: factors.even)
        odd0 = odd0.addingProduct(odd, times: factors.odd)
    }

    /// Adds the products of a single group, to the second of the two.
    @inline(__always)
    mutating func addSecondGroup(of x: UnsafeRawPointer, times factors: (even: Lanes, odd: Lanes)) {
        let (even, odd) = BFloat16Samples.widened(x)
        even1 = even1.addingProduct(even, times: factors.even)
        odd1 = odd1.addingProduct(odd, times: factors.odd)
    }

    /// The sum of the first group's two vectors.
    @inline(__always) var firstTotal: Lanes { even0 + odd0 }

    /// The sum of the second group's two vectors.
    @inline(__always) var secondTotal: Lanes { even1 + odd1 }

    /// The sum of the four vectors.
    @inline(__always) var total: Lanes { firstTotal + secondTotal }

    @inline(__always)
    func add(to sums: UnsafeMutablePointer<Float>) {
        let width = Lanes.scalarCount
        (.load(sums) + even0).store(sums)
        (.load(sums + width) + odd0).store(sums + width)
        (.load(sums + 2 &* width) + even1).store(sums + 2 &* width)
        (.load(sums + 3 &* width) + odd1).store(sums + 3 &* width)
    }

    /// Adds the sums of both groups to those of one.
    @inline(__always)
    func addFolded(to sums: UnsafeMutablePointer<Float>) {
        let width = Lanes.scalarCount
        (.load(sums) + (even0 + even1)).store(sums)
        (.load(sums + width) + (odd0 + odd1)).store(sums + width)
    }
}

/// Four groups: two times two.
struct FourGroups: BFloat16Tile {
    private var first = TwoGroups()
    private var second = TwoGroups()

    @inline(__always) static var groupCount: Int { 4 }

    @inline(__always) init() {}

    @inline(__always) init(loading scalars: UnsafePointer<Float>) {
        first = TwoGroups(loading: scalars)
        second = TwoGroups(loading: scalars + TwoGroups.featureCount)
    }

    @inline(__always)
    func addProducts(with x: UnsafeRawPointer, to products: inout TwoGroups) {
        first.addProducts(with: x, to: &products)
        second.addProducts(with: x + TwoGroups.byteCount, to: &products)
    }

    @inline(__always)
    mutating func addProducts(of x: UnsafeRawPointer, times factor: SIMD16<Float>) {
        first.addProducts(of: x, times: factor)
        second.addProducts(of: x + TwoGroups.byteCount, times: factor)
    }

    @inline(__always)
    func add(to sums: UnsafeMutablePointer<Float>) {
        first.add(to: sums)
        second.add(to: sums + TwoGroups.featureCount)
    }
}
