import Problems

/// A scalar type that has vectors: 64 bytes of it, 16 lanes of `Float` or 8 of `Double`.
///
/// The width is the source's, not the machine's: the compiler makes one instruction of each operation
/// where registers hold 64 bytes (AVX-512), two where they hold 32 (AVX2), four where they hold 16.
package protocol LaneScalar: RealScalar {
    /// 64 bytes of scalars.
    associatedtype Lanes: LaneVector where Lanes.Scalar == Self
}

/// A vector of 64 bytes.
package protocol LaneVector: LaneBits, LanePolynomials where Scalar: LaneScalar {}

extension Float: LaneScalar {
    /// 16 lanes.
    package typealias Lanes = SIMD16<Float>
}

extension Double: LaneScalar {
    /// 8 lanes.
    package typealias Lanes = SIMD8<Double>
}

extension SIMD16<Float>: LaneVector {}
extension SIMD8<Double>: LaneVector {}

extension LaneVector {
    /// The vector that starts at `p`, which may have any alignment.
    @inline(__always)
    static func load(_ p: UnsafePointer<Scalar>) -> Self {
        UnsafeRawPointer(p).loadUnaligned(as: Self.self)
    }

    /// The vector that starts at `p`, which may have any alignment.
    @inline(__always)
    static func load(_ p: UnsafeMutablePointer<Scalar>) -> Self {
        UnsafeRawPointer(p).loadUnaligned(as: Self.self)
    }

    /// Writes the vector from `p` on, at any alignment.
    @inline(__always)
    func store(_ p: UnsafeMutablePointer<Scalar>) {
        UnsafeMutableRawPointer(p).storeBytes(of: self, as: Self.self)
    }

    /// self + a·b: one instruction where the machine has it, rounded once; otherwise two.
    ///
    /// The only multiply-add to use in a kernel. Swift does not contract `a * b + c` by itself, and
    /// without the instruction `addProduct` would call a library function for each lane.
    @inline(__always)
    func addingProduct(_ a: Self, times b: Self) -> Self {
        #if FUSED_MULTIPLY_ADD
        var sum = self
        sum.addProduct(a, b)
        return sum
        #else
        return self + a * b
        #endif
    }
}

extension LaneVector {
    /// The `count` scalars at `p`, fewer than a vector, followed by zeros: nothing else is read.
    @inline(__always)
    static func load(_ p: UnsafePointer<Scalar>, count: Int) -> Self {
        var vector = Self.zero
        withUnsafeMutableBytes(of: &vector) {
            $0.copyMemory(from: UnsafeRawBufferPointer(UnsafeBufferPointer(start: p, count: count)))
        }
        return vector
    }

    /// Writes the first `count` lanes to `p`, and nothing after them.
    @inline(__always)
    func store(_ p: UnsafeMutablePointer<Scalar>, count: Int) {
        let room = UnsafeMutableRawBufferPointer(UnsafeMutableBufferPointer(start: p, count: count))
        withUnsafeBytes(of: self) {
            room.copyMemory(from: UnsafeRawBufferPointer(rebasing: $0[..<room.count]))
        }
    }

    /// Calls `body` with a pointer to the lanes.
    @inline(__always)
    mutating func withScalars(_ body: (UnsafeMutablePointer<Scalar>) -> Void) {
        withUnsafeMutablePointer(to: &self) {
            body(UnsafeMutableRawPointer($0).assumingMemoryBound(to: Scalar.self))
        }
    }
}
