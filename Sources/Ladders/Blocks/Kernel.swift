import Problems

/// A way to add up the loss, dw and db over a range of samples.
///
/// A rung runs it once over all samples, its threaded twin part by part. A kernel serves one caller at a time,
/// since it owns its scratch; it may be handed from thread to thread.
protocol Kernel<Scalar>: Sendable {
    associatedtype Scalar: LaneScalar

    /// The rung that runs it once over all samples.
    static var info: RungInfo { get }

    /// The data it reads: the data set as it is, or another layout of it, which several kernels share.
    associatedtype Input = Dataset<Scalar>

    /// The input for a data set.
    static func input(_ data: Dataset<Scalar>) -> Input

    /// Bytes of the input in addition to the data set.
    static func inputBytes(m: Int, nx: Int) -> Int

    /// Bytes of scratch, for ranges of at most `samples` samples.
    static func preparedBytes(samples: Int, nx: Int) -> Int

    /// About how long it takes.
    static var time: KernelTime { get }

    /// Shapes that together take each of its paths: what the judge tries it on.
    static var shapes: [Shape] { get }

    /// Prepares for ranges of at most `samples` samples.
    init(_ input: Input, samples: Int)

    /// Sets `sums` to Σ L, Σ x·dz and Σ dz over `samples`; nothing is divided by m.
    func sum(over samples: Range<Int>, at model: Parameters<Scalar>, into sums: Sums<Scalar>)
}

extension Kernel where Input == Dataset<Scalar> {
    static func input(_ data: Dataset<Scalar>) -> Dataset<Scalar> { data }

    static func inputBytes(m: Int, nx: Int) -> Int { 0 }
}

extension Kernel {
    /// That of whole vectors.
    static var time: KernelTime { .vectors(of: Scalar.self) }

    /// Those of blocks of samples.
    static var shapes: [Shape] { SampleBlock<Scalar>.shapes }
}

/// w and b as kernels read them: w may be loaded a whole vector at a time, with zeros after w_n_x.
struct Parameters<Scalar: LaneScalar>: Sendable {
    let b: Scalar

    private let weights: AlignedBuffer<Scalar>

    /// - Parameter weights: w, and zeros up to a whole vector.
    init(weights: AlignedBuffer<Scalar>, b: Scalar) {
        (self.weights, self.b) = (weights, b)
    }

    /// - Parameter weights: where w is copied to.
    init(_ model: Model<Scalar>, copyingTo weights: AlignedBuffer<Scalar>) {
        for j in 0..<weights.count { weights.base[j] = model.parameters[j] }
        (self.weights, b) = (weights, model.b)
    }

    var w: UnsafePointer<Scalar> { UnsafePointer(weights.base) }
}

/// Where a kernel leaves its sums: dw, then Σ L and Σ dz.
///
/// A view of memory that `SumsBuffer` owns. dw may be written a whole vector at a time: elements
/// past dw[n_x − 1] are padding whose values are unspecified.
struct Sums<Scalar: LaneScalar> {
    /// Σ x·dz, n_x values, and room up to a whole vector.
    let dw: UnsafeMutablePointer<Scalar>

    fileprivate let paddedCount: Int

    /// Σ L.
    var loss: Scalar {
        get { dw[paddedCount] }
        nonmutating set { dw[paddedCount] = newValue }
    }

    /// Σ dz.
    var db: Scalar {
        get { dw[paddedCount + 1] }
        nonmutating set { dw[paddedCount + 1] = newValue }
    }

    /// Sets all sums to 0.
    @inline(__always)
    func clear() {
        dw.update(repeating: 0, count: paddedCount + 2)
    }

    /// Adds other sums, dw a vector at a time.
    @inline(__always)
    func add(_ other: Sums) {
        loss += other.loss
        db += other.db
        var j = 0
        while j < paddedCount {
            (.load(dw + j) + Scalar.Lanes.load(other.dw + j)).store(dw + j)
            j &+= Scalar.Lanes.scalarCount
        }
    }

    /// Adds to each dw_j the lanes of the j-th of `vectors`: whole groups of them, for `sumsAcross`.
    @inline(__always)
    func addAcross(_ vectors: UnsafePointer<Scalar>) {
        var j = 0
        while j < paddedCount {
            let across = Scalar.Lanes.sumsAcross(vectors + j &* Scalar.Lanes.scalarCount)
            (.load(dw + j) + across).store(dw + j)
            j &+= Scalar.Lanes.scalarCount
        }
    }
}

/// Memory for the sums of a number of parts, each of them in cache lines of its own.
struct SumsBuffer<Scalar: LaneScalar>: Sendable {
    private let storage: AlignedBuffer<Scalar>
    private let paddedCount: Int

    init(parts: Int, nx: Int) {
        paddedCount = Self.paddedCount(nx)
        storage = AlignedBuffer(zeros: parts * (paddedCount + Scalar.Lanes.scalarCount))
    }

    /// Bytes that it takes.
    static func byteCount(parts: Int, nx: Int) -> Int {
        AlignedBuffer<Scalar>.byteCount(for: parts * (paddedCount(nx) + Scalar.Lanes.scalarCount))
    }

    /// n_x, rounded up to whole vectors.
    private static func paddedCount(_ nx: Int) -> Int {
        let width = Scalar.Lanes.scalarCount
        return nx.dividedRoundingUp(by: width) * width
    }

    subscript(part: Int) -> Sums<Scalar> {
        let stride = paddedCount + Scalar.Lanes.scalarCount
        return Sums(dw: storage.base + part * stride, paddedCount: paddedCount)
    }
}

extension Gradient where Scalar: LaneScalar {
    /// Takes the sums over all m samples, divided by m.
    @inline(__always)
    mutating func set(_ sums: Sums<Scalar>, dividedBy m: Int) {
        J = sums.loss
        let nx = derivatives.count &- 1
        for j in 0..<nx { derivatives[j] = sums.dw[j] }
        derivatives[nx] = sums.db
        divide(by: m)
    }
}
