import Foundation
import Problems

/// A number that the reference of networks is computed in: `Double` for `Float`, `DoubleDouble` for `Double`.
protocol NetworkNumber: ExtendedReal {
    /// Eight of them, which a product of matrices is made of.
    associatedtype Lanes: NetworkLanes

    /// high + low.
    init(high: Double, low: Double)
    var high: Double { get }
    var low: Double { get }

    /// tanh z
    static func tanh(_ z: Self) -> Self
}

/// Eight numbers side by side.
protocol NetworkLanes {
    /// Whether the low parts are stored at all.
    static var hasLow: Bool { get }

    /// Zeros.
    init()
    init(loading high: UnsafePointer<Double>, _ low: UnsafePointer<Double>)
    func store(_ high: UnsafeMutablePointer<Double>, _ low: UnsafeMutablePointer<Double>)

    /// self + (high + low)·b
    mutating func add(_ high: Double, _ low: Double, times b: Self)
}

extension Double: NetworkNumber {
    typealias Lanes = SIMD8<Double>

    @inline(__always) init(high: Double, low: Double) { self = high }
    @inline(__always) var high: Double { self }
    @inline(__always) var low: Double { 0 }

    static func tanh(_ z: Double) -> Double { Foundation.tanh(z) }
}

extension SIMD8<Double>: NetworkLanes {
    static var hasLow: Bool { false }

    @inline(__always) init(loading high: UnsafePointer<Double>, _ low: UnsafePointer<Double>) {
        self = UnsafeRawPointer(high).loadUnaligned(as: Self.self)
    }

    @inline(__always)
    func store(_ high: UnsafeMutablePointer<Double>, _ low: UnsafeMutablePointer<Double>) {
        UnsafeMutableRawPointer(high).storeBytes(of: self, as: Self.self)
    }

    @inline(__always) mutating func add(_ high: Double, _ low: Double, times b: Self) {
        #if FUSED_MULTIPLY_ADD
        addProduct(Self(repeating: high), b)
        #else
        self += high * b
        #endif
    }
}

extension DoubleDouble: NetworkNumber {
    typealias Lanes = DoubleDoubleLanes

    /// tanh z = ±(1 − q)/(1 + q) with q = e^(−2|z|), or where that cancels by the series z − z³/3 + 2z⁵/15 − 17z⁷/315,
    /// whose next term is below 2⁻¹⁶⁰ of it.
    static func tanh(_ z: DoubleDouble) -> DoubleDouble {
        if z.high.magnitude < 0x1p-20 {
            let s = z * z
            func part(_ a: Double, _ b: Double) -> DoubleDouble { DoubleDouble(a) / DoubleDouble(b) }
            return z - z * s * (part(1, 3) - s * (part(2, 15) - s * part(17, 315)))
        }
        let q = exp(DoubleDouble(-2) * z.magnitude)
        let a = (DoubleDouble(1) - q) / (DoubleDouble(1) + q)
        return z.high < 0 ? -a : a
    }
}

/// Eight numbers as the sums of two vectors each. The low parts are only added up, as in the inner product of
/// T. Ogita, S. M. Rump and S. Oishi ("Accurate Sum and Dot Product", SIAM J. Sci. Comput. 26(6), 2005): as good as if
/// everything were computed with twice the digits.
struct DoubleDoubleLanes: NetworkLanes {
    private var high = SIMD8<Double>()
    private var low = SIMD8<Double>()

    static var hasLow: Bool { true }

    @inline(__always) init() {}

    @inline(__always) init(loading high: UnsafePointer<Double>, _ low: UnsafePointer<Double>) {
        (self.high, self.low) = (SIMD8(loading: high, high), SIMD8(loading: low, low))
    }

    @inline(__always)
    func store(_ high: UnsafeMutablePointer<Double>, _ low: UnsafeMutablePointer<Double>) {
        let s = self.high + self.low
        let t = s - self.high
        s.store(high, high)
        ((self.high - (s - t)) + (self.low - t)).store(low, low)
    }

    @inline(__always) mutating func add(_ high: Double, _ low: Double, times b: Self) {
        let a = SIMD8<Double>(repeating: high)
        let p = a * b.high
        let rest = (-p).addingProduct(a, b.high) + (a * b.low + low * b.high)
        let s = self.high + p
        let t = s - self.high
        self.low += ((self.high - (s - t)) + (p - t)) + rest
        self.high = s
    }
}

/// Numbers in rows and columns. Rows are padded to whole vectors; padding never gets into a number that counts.
///
/// Its numbers are shared by all copies, as those of a buffer are.
struct Matrix<Number: NetworkNumber> {
    let rows, columns: Int

    /// From one row to the next.
    let stride: Int

    /// Each number is high + low; where low parts are not stored, they are not read either.
    let high, low: UnsafeMutablePointer<Double>

    private let memory: Memory

    private static var lanes: Int { SIMD8<Double>.scalarCount }

    /// Zeros.
    init(_ rows: Int, _ columns: Int) {
        (self.rows, self.columns) = (rows, columns)
        stride = (columns + Self.lanes - 1) / Self.lanes * Self.lanes
        memory = Memory(zeros: rows * stride * (Number.Lanes.hasLow ? 2 : 1))
        high = memory.start
        low = Number.Lanes.hasLow ? memory.start + rows * stride : memory.start
    }

    private final class Memory {
        let start: UnsafeMutablePointer<Double>

        init(zeros count: Int) {
            start = .allocate(capacity: count)
            start.initialize(repeating: 0, count: count)
        }

        deinit { start.deallocate() }
    }

    @inline(__always)
    subscript(i: Int, j: Int) -> Number {
        get {
            let place = i &* stride &+ j
            return Number(high: high[place], low: Number.Lanes.hasLow ? low[place] : 0)
        }
        nonmutating set {
            let place = i &* stride &+ j
            high[place] = newValue.high
            if Number.Lanes.hasLow { low[place] = newValue.low }
        }
    }

    /// self := self + a·b or, without what is here, a·b.
    ///
    /// - Parameters:
    ///   - a: the left factor, or its transpose.
    ///   - rows: of the left factor; as many are set here.
    ///   - depth: rows of b that take part.
    @inline(__always)
    func setProduct(
        _ a: Matrix, isTransposed: Bool = false, rows: Int, _ b: Matrix, depth: Int, adding: Bool = false
    ) {
        let (rowStride, step) = isTransposed ? (1, a.stride) : (a.stride, 1)
        for column in Swift.stride(from: 0, to: stride, by: Self.lanes) {
            var row = 0
            while row < rows {
                let (high, low) = (a.high + row &* rowStride, a.low + row &* rowStride)
                if row &+ 8 <= rows {
                    var sums = InlineArray<8, Number.Lanes>(repeating: .init())
                    sum(&sums, high, low, rowStride, step, b, row, column, depth, adding)
                    row &+= 8
                } else {
                    var sums = InlineArray<1, Number.Lanes>(repeating: .init())
                    sum(&sums, high, low, rowStride, step, b, row, column, depth, adding)
                    row &+= 1
                }
            }
        }
    }

    /// As many rows as there are sums, eight columns wide.
    @inline(__always)
    private func sum<let count: Int>(
        _ sums: inout InlineArray<count, Number.Lanes>, _ high: UnsafePointer<Double>,
        _ low: UnsafePointer<Double>, _ rowStride: Int, _ step: Int, _ b: Matrix, _ row: Int, _ column: Int,
        _ depth: Int, _ adding: Bool
    ) {
        let place = row &* stride &+ column
        if adding {
            for r in 0..<count {
                let offset = place &+ r &* stride
                sums[r] = .init(loading: self.high + offset, self.low + offset)
            }
        }
        for k in 0..<depth {
            let offset = k &* b.stride &+ column
            let lanes = Number.Lanes(loading: b.high + offset, b.low + offset)
            for r in 0..<count {
                let offset = r &* rowStride &+ k &* step
                sums[r].add(high[offset], low[offset], times: lanes)
            }
        }
        for r in 0..<count {
            let offset = place &+ r &* stride
            sums[r].store(self.high + offset, self.low + offset)
        }
    }
}
