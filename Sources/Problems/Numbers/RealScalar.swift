import Foundation

/// A floating-point type that the study computes in: `Float` or `Double`.
public protocol RealScalar: BinaryFloatingPoint, SIMDScalar, Codable, Sendable, LosslessStringConvertible {
    /// Which of the two it is.
    static var kind: ScalarKind { get }

    /// e^x, by the C library (glibc: at most 0.51 ulp in `Double`, 0.502 in `Float`).
    static func exp(_ x: Self) -> Self

    /// log(1 + x) without the rounding of 1 + x, by the C library.
    static func log1p(_ x: Self) -> Self

    /// The hyperbolic tangent, by the C library (glibc: at most 2 ulp).
    static func tanh(_ x: Self) -> Self
}

/// The name of a scalar type, as users write it and as results store it.
public enum ScalarKind: String, Codable, Sendable, CaseIterable {
    case float
    case double

    /// Bytes in one scalar.
    public var size: Int { self == .float ? 4 : 8 }

    /// u, half the distance from 1 to the next scalar: the greatest relative error of one rounding.
    public var unitRoundoff: Double { self == .float ? 0x1p-24 : 0x1p-53 }

    /// η, the smallest positive subnormal scalar.
    public var leastNonzeroMagnitude: Double {
        self == .float ? Double(Float.leastNonzeroMagnitude) : Double.leastNonzeroMagnitude
    }

    /// The name that tables and benchmark names use: `f32` or `f64`.
    public var shortName: String { self == .float ? "f32" : "f64" }
}

extension Float: RealScalar {
    /// `Float` is `.float`.
    public static var kind: ScalarKind { .float }

    /// e^x, by the C library.
    @inlinable public static func exp(_ x: Float) -> Float { Foundation.exp(x) }

    /// log(1 + x), by the C library.
    @inlinable public static func log1p(_ x: Float) -> Float { Foundation.log1p(x) }

    /// The hyperbolic tangent, by the C library.
    @inlinable public static func tanh(_ x: Float) -> Float { Foundation.tanh(x) }
}

extension Double: RealScalar {
    /// `Double` is `.double`.
    public static var kind: ScalarKind { .double }

    /// e^x, by the C library.
    @inlinable public static func exp(_ x: Double) -> Double { Foundation.exp(x) }

    /// log(1 + x), by the C library.
    @inlinable public static func log1p(_ x: Double) -> Double { Foundation.log1p(x) }

    /// The hyperbolic tangent, by the C library.
    @inlinable public static func tanh(_ x: Double) -> Double { Foundation.tanh(x) }
}
