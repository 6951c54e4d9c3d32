import Foundation

/// A number with many more digits than the scalars that are judged: `DoubleDouble` for `Double`, and
/// `Double` for `Float`.
package protocol ExtendedReal: Comparable, Sendable {
    /// A scalar, exactly.
    init(_ value: Double)

    /// Rounded to `Double`.
    var double: Double { get }

    /// As a `DoubleDouble`.
    var extended: DoubleDouble { get }

    /// |self|
    var magnitude: Self { get }

    /// −a
    static prefix func - (a: Self) -> Self
    /// a + b
    static func + (a: Self, b: Self) -> Self
    /// a − b
    static func - (a: Self, b: Self) -> Self
    /// a · b
    static func * (a: Self, b: Self) -> Self
    /// a / b
    static func / (a: Self, b: Self) -> Self

    /// self + a·b for two scalars.
    mutating func add(_ a: Double, times b: Double)
    /// self + a·b for a scalar a.
    mutating func add(_ a: Double, times b: Self)

    /// e^x
    static func exp(_ x: Self) -> Self
    /// log(1 + x) for x > −1
    static func log1p(_ x: Self) -> Self
}

extension Double: ExtendedReal {
    package var double: Double { self }
    package var extended: DoubleDouble { DoubleDouble(self) }

    /// self + a·b; the product of two numbers that came from `Float` is exact.
    @inline(__always)
    package mutating func add(_ a: Double, times b: Double) { self += a * b }

    /// e^x
    package static func exp(_ x: Double) -> Double { Foundation.exp(x) }

    /// log(1 + x)
    package static func log1p(_ x: Double) -> Double { Foundation.log1p(x) }
}

extension ExtendedReal {
    /// a = σ(z), a − y without cancellation, and L(a, y).
    @inline(__always)
    static func logistic(_ z: Self, label y: Double) -> (a: Self, dz: Self, loss: Self) {
        let (zero, one) = (Self(0), Self(1))
        let e = exp(-z.magnitude)
        let sum = one + e
        let positive = !(z < zero)
        let a = (positive ? one : e) / sum
        // 1 − σ(z) = σ(−z)
        let dz = y == 1 ? -((positive ? e : one) / sum) : a
        let t = y == 1 ? -z : z
        return (a, dz, (t > zero ? t : zero) + log1p(e))
    }
}
