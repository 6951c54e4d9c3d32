import Problems

/// How the error of z goes through one unit, and that of dA back through it.
struct UnitRules<Scalar: RealScalar> {
    let activation: Activation
    let rounding: Rounding
    private let u = Scalar.kind.unitRoundoff
    private let eta = Scalar.kind.leastNonzeroMagnitude
    private let leak = Double(Scalar(Activation.leak))

    @inline(__always)
    init(_ activation: Activation, _ rounding: Rounding, _: Scalar.Type) {
        (self.activation, self.rounding) = (activation, rounding)
    }

    /// E_z, and the sum of the magnitudes of its terms.
    @inline(__always)
    func linearError<Number>(
        _ w: LayerWeights<Number>, _ unit: Int, _ size: Double, _ power: Double
    ) -> (error: Double, size: Double) {
        let sum = size + w.biases[unit].magnitude
        return (together(w.forward[unit], sum, power), sum)
    }

    /// E_dA
    @inline(__always)
    func backwardError<Number>(
        _ w: LayerWeights<Number>, _ input: Int, _ size: Double, _ power: Double
    ) -> Double {
        together(w.backward[input], size, power)
    }

    /// The error of a sum from that of its terms, which is in `power`, and from its own roundings.
    @inline(__always)
    private func together(_ sum: (gamma: Double, count: Double), _ size: Double, _ power: Double) -> Double {
        // Of zeros the sum is 0, to the bit.
        guard size > 0 else { return 0 }
        return rounding.root(power + rounding.power(sum.gamma * size))
            + (sum.gamma > 0 ? sum.count * eta : 0)
    }

    /// E_dZ of dz = dA·g′.
    @inline(__always)
    func productError(
        _ da: Double, _ daError: Double, _ slope: Double, _ slopeError: Double, _ dz: Double
    ) -> Double {
        let error = da * slopeError + slope * daError + daError * slopeError
        // 0 and 1 round nothing.
        guard activation != .relu, activation != .linear, rounding != .none else { return error }
        return error + u * (dz.magnitude + error) + eta
    }

    /// Sets a = g(z), g′(z) and their errors in the layer that they are the inputs of.
    ///
    /// - Returns: whether rounding may put z on either side of a kink.
    @inline(__always)
    func apply<Number>(
        _ z: Number, _ ez: Double, to layer: LayerValues<Number>, _ i: Int, _ k: Int
    ) -> Bool {
        let (a, slope) = value(z)
        let (size, g) = (a.high.magnitude, slope.high.magnitude)
        let c = rounding == .none ? 0 : ErrorTerms.functionRoundoffs * u
        let isOff = rounding != .none
        let isDoubtful = activation.hasKink && ez > 0 && z.high.magnitude <= ez
        var (e, eg) = (ez, 0.0)
        switch activation {
        case .linear: break
        case .relu:
            if z.high < -ez { e = 0 }
            eg = isDoubtful ? 1 : 0
        case .leaky:
            if z.high < -ez { e *= leak }
            if isOff, z.high < ez { e += u * (size + e) + eta }
            eg = isDoubtful ? 1 - leak : 0
        case .tanh:
            // |tanh″| ≤ 0.77
            let shift = min(2, min(1, g + 0.77 * ez) * ez)
            e = shift + c * (size + shift) + (isOff ? 2 * eta : 0)
            eg = min(1, 2 * size * e + e * e + (isOff ? u * (size * size + g) : 0))
        case .sigmoid:
            // |σ″| < 0.0963
            let shift = min(1, min(0.25, g + 0.0963 * ez) * ez)
            e = shift + c * (size + shift) + (isOff ? 2 * eta : 0)
            eg = min(0.25, (1 - 2 * a.high).magnitude * e + e * e + (isOff ? 2 * u * g + eta : 0))
        }
        layer.a[i, k] = a
        (layer.size[i, k], layer.greatest[i, k]) = (size, size + e)
        (layer.error[i, k], layer.errorPower[i, k]) = (e, rounding.power(e))
        (layer.slope[i, k], layer.slopeErrors[i, k]) = (slope, eg)
        return isDoubtful
    }

    /// g(z) and g′(z).
    @inline(__always)
    private func value<Number: NetworkNumber>(_ z: Number) -> (a: Number, slope: Number) {
        let (zero, one) = (Number(0), Number(1))
        switch activation {
        case .linear: return (z, one)
        case .relu: return z > zero ? (z, one) : (zero, zero)
        case .leaky: return z > zero ? (z, one) : (Number(leak) * z, Number(leak))
        case .tanh:
            let a = Number.tanh(z)
            return (a, one - a * a)
        case .sigmoid:
            let e = Number.exp(-z.magnitude)
            let sum = one + e
            return ((z < zero ? e : one) / sum, e / (sum * sum))
        }
    }
}
