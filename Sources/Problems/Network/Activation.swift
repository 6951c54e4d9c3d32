import Foundation

/// The function g of the hidden layers, a = g(z); the last layer always has σ.
///
/// Its derivative follows from a alone, so z need not be kept:
///
/// | g          | a = g(z)                | g′ from a                 | at z = 0 |
/// |------------|-------------------------|---------------------------|----------|
/// | sigmoid    | 1/(1 + e⁻ᶻ)             | a(1 − a)                  | ¼        |
/// | tanh       | (eᶻ − e⁻ᶻ)/(eᶻ + e⁻ᶻ)   | 1 − a²                    | 1        |
/// | ReLU       | max(0, z)               | 1 where a > 0, else 0     | 0        |
/// | leaky ReLU | max(γz, z), γ = 0.01    | 1 where a > 0, else γ     | γ        |
/// | linear     | z                       | 1                         | 1        |
///
/// ReLU has no derivative at 0; 0 is taken there, as all frameworks do (Bertoin et al., "Numerical influence of
/// ReLU′(0) on backpropagation", NeurIPS 2021). A NaN gives NaN in each of them.
public enum Activation: String, Codable, Sendable, CaseIterable {
    case sigmoid
    case tanh
    case relu
    case leaky
    /// For a lesson only: layers without a non-linearity collapse into one.
    case linear

    /// γ, the slope of leaky ReLU below 0.
    public static let leak = 0.01

    /// The name that formulas give it.
    public var symbol: String {
        switch self {
        case .sigmoid: "σ"
        case .tanh: "tanh"
        case .relu: "ReLU"
        case .leaky: "leaky ReLU"
        case .linear: "g"
        }
    }

    /// a = g(z).
    @inlinable
    public func value<Scalar: RealScalar>(_ z: Scalar) -> Scalar {
        switch self {
        case .sigmoid: Problems.sigmoid(z)
        case .tanh: Scalar.tanh(z)
        case .relu: z < 0 ? 0 : z
        case .leaky: z < 0 ? Scalar(Self.leak) * z : z
        case .linear: z
        }
    }

    /// g′(z), from a = g(z).
    @inlinable
    public func derivative<Scalar: RealScalar>(at a: Scalar) -> Scalar {
        switch self {
        case .sigmoid: a * (1 - a)
        case .tanh: 1 - a * a
        case .relu: a > 0 ? 1 : 0
        case .leaky: a > 0 ? 1 : Scalar(Self.leak)
        case .linear: 1
        }
    }

    /// Whether it has a kink at 0, where its derivative jumps.
    public var hasKink: Bool { self == .relu || self == .leaky }
}
