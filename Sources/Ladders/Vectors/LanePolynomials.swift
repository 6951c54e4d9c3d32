/// The constants and polynomials behind the elementary functions, which differ between the two scalars.
///
/// The coefficients come from Benchmarks/coefficients/vector_math.py, which prints the greatest error of
/// each polynomial as well. All are evaluated about in Estrin's order (Muller, "Elementary Functions", 3rd ed.,
/// section 2.3.3): neighbouring terms in parallel, because a kernel that has one vector of z at a time waits for
/// every multiply-add of Horner's chain. Where another power would save one term a single wait, it is not computed.
package protocol LanePolynomials: SIMD {
    /// log₂ e.
    static var log2E: Self { get }

    /// ln 2 to so few bits that its product with an exponent is exact (Cody and Waite, "Software Manual
    /// for the Elementary Functions", 1980).
    static var ln2High: Self { get }

    /// ln 2 − `ln2High`.
    static var ln2Low: Self { get }

    /// An argument whose exponential rounds to 0; −|z| is cut off here.
    static var exponentialIsZero: Self { get }

    /// An argument whose exponential overflows.
    static var exponentialIsInfinite: Self { get }

    /// Up to this |x| the 2^k of e^x = 2^k·e^r is a normal scalar.
    static var plainBound: Self { get }

    /// c: with k + c in the place of the exponent every 2^k down to the last subnormal is a normal scalar.
    static var exponentOffset: Self { get }

    /// 2^(−c), exactly.
    static var exponentOffsetPower: Self { get }

    /// Below this magnitude log1p(x) = x.
    static var log1pIsArgument: Self { get }

    /// (e^r − 1 − r)/r² for |r| ≤ ½ ln 2 and a little beyond.
    static func exponentialRest(_ r: Self) -> Self

    /// (log1p(f) − f)/f² for f in [−¼, ½].
    static func logarithmRest(_ f: Self) -> Self

    /// log1p(e)/e − 1 at e = u + ½, for e in [0, 1].
    static func logarithmRatio(_ u: Self) -> Self
}

extension LaneVector {
    /// a + b·x with constants a and b.
    @inline(__always)
    static func line(_ a: Scalar, _ b: Scalar, _ x: Self) -> Self {
        Self(repeating: a).addingProduct(Self(repeating: b), times: x)
    }
}
