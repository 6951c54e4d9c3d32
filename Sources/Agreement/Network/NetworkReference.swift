import Problems

extension Reference {
    /// J and its derivatives of a network, or of logistic regression where it has no hidden layers.
    ///
    /// Takes about three times the multiply-adds of a step, in `Double`, and for `Double` in `DoubleDouble` as long as
    /// they are few. Where they are many, the reference is in `Double` too, and the bounds are wider by its own error.
    ///
    /// - Parameters:
    ///   - rounding: how errors of rounding are taken to add up within a network.
    ///   - isPrecise: whether to compute in `DoubleDouble`; nil: for `Double` where it costs little.
    package init(
        _ problem: Problem<Scalar>, _ model: Model<Scalar>, rounding: Rounding = .likely,
        isPrecise: Bool? = nil
    ) {
        guard !problem.network.hidden.isEmpty else {
            self.init(problem.data, model, isPrecise: isPrecise ?? (Scalar.kind == .double))
            return
        }
        if isPrecise ?? (Scalar.kind == .double && NetworkCost(problem).isSmall) {
            self.init(NetworkPass<DoubleDouble>(problem, model, rounding), problem.shape)
        } else {
            self.init(NetworkPass<Double>(problem, model, rounding), problem.shape)
        }
    }

    private init<Number>(_ pass: NetworkPass<Number>, _ shape: Shape) {
        self.init(
            shape, loss: pass.loss, derivatives: pass.derivatives, terms: pass.terms, doubtful: pass.doubtful)
    }
}

/// How errors of rounding are taken to add up within the products of a network. (Over samples they always add up in
/// full: those of a function can lean to one side.)
package enum Rounding: Sendable {
    /// Nothing is rounded but σ and L: every sum is exact.
    case none

    /// In full: |W|e, and γ_k for k roundings in a row. For data and weights that are constant or alike.
    case worst

    /// As independent errors: √(W²e²), and λ√k·u for k roundings in a row, with λ = 8 (Higham and Mary, SIAM J. Sci.
    /// Comput. 41(5), 2019): a network has some 10⁶ values, of which with λ = 6 one may be beyond. In wide networks the
    /// worst case is greater than the derivatives themselves, and would let zeros pass.
    case likely

    static let deviations = 8.0

    /// The greatest relative error of k roundings in a row.
    func gamma(_ k: Int, _ scalar: ScalarKind) -> Double {
        switch self {
        case .none: 0
        case .worst: ErrorTerms.gamma(k, scalar) ?? .infinity
        case .likely: Self.deviations * Double(k).squareRoot() * scalar.unitRoundoff
        }
    }

    /// The power of an error that adds up.
    @inline(__always) func power(_ error: Double) -> Double { self == .likely ? error * error : error }

    /// The error of which `sum` is the sum of powers.
    @inline(__always) func root(_ sum: Double) -> Double { self == .likely ? sum.squareRoot() : sum }
}

/// The work of a reference.
struct NetworkCost {
    /// Multiply-adds of the three products of a step, an elementary function counted as some hundred of them.
    let operations: Int

    init<Scalar>(_ problem: Problem<Scalar>) {
        let functions = 1 + (problem.network.activation.hasFunction ? problem.network.hidden.reduce(0, +) : 0)
        operations = 3 * problem.shape.products + 500 * problem.data.m * functions
    }

    /// Whether it takes less than about half a second in `DoubleDouble`.
    var isSmall: Bool { operations < 1 << 29 }
}

extension Activation {
    /// Whether it takes an exponential.
    var hasFunction: Bool { self == .sigmoid || self == .tanh }
}

/// One pass over the data, forward and backward, a block of samples at a time through all layers.
///
/// Next to the values go bounds of their errors, whatever the order of summation, with or without fused multiply-adds.
/// With e, E ≥ 0 those of a, z, …, k the number of weights of a sum that are not 0, and |x| ⊕ |y| the way in which
/// errors add up (`Rounding`):
///
///     E_z  = |W| e ⊕ γ_(k+1) (|W| (|a| + e) + |b|) + (k + 1) η              e = 0 in the first layer
///     e    = s E_z + c u (|a| + s E_z) + 2η                                s: the greatest slope on z ± E_z
///     E_g′ = 2|a| e + e² + u (a² + g′)  of tanh;   |1 − 2a| e + e² + 2u g′  of sigmoid
///            0 of ReLU where |z| > E_z, else 1: a kink in doubt
///     E_dA = |W|ᵀ E_dZ ⊕ γ_k |W|ᵀ (|dZ| + E_dZ) + k η
///     E_dZ = |dA| E_g′ + |g′| E_dA + E_dA E_g′ + u (all of it)
///     dW   : Σ over samples of E_dZ (|a| + e) + |dZ| e,  and what adding up |dZ| |a| can lose (`ErrorBound`)
///
/// after Higham (Accuracy and Stability of Numerical Algorithms, 2nd ed., ch. 3); E_dz and E_L of the last layer are
/// those of `ErrorTerms`. A sum of one product with a power of two is exact.
struct NetworkPass<Number: NetworkNumber> {
    private(set) var loss = DoubleDouble(0)
    private(set) var derivatives: [DoubleDouble]
    private(set) var terms: ErrorTerms

    /// How many z of units with a kink rounding may put on either side of it.
    private(set) var doubtful = 0

    @specialized(where Number == Double, Scalar == Float)
    @specialized(where Number == Double, Scalar == Double)
    @specialized(where Number == DoubleDouble, Scalar == Float)
    @specialized(where Number == DoubleDouble, Scalar == Double)
    init<Scalar: RealScalar>(_ problem: Problem<Scalar>, _ model: Model<Scalar>, _ rounding: Rounding) {
        let data = problem.data
        let layers = problem.shape.layers
        let widest = layers.reduce(1) { max($0, $1.inputs) }
        let block = LayerValues<Number>.blockSize(inputs: widest, m: data.m)
        derivatives = Array(repeating: DoubleDouble(0), count: model.parameters.count)
        terms = ErrorTerms(
            parameters: model.parameters.count, scalar: Scalar.kind,
            deviations: rounding == .likely ? Rounding.deviations : .infinity,
            // The last terms are added up in `DoubleDouble`.
            referenceAdditions: Number.self == Double.self && Scalar.kind == .double ? block + 2 : nil)
        let weights = layers.map { LayerWeights<Number>($0, model, rounding) }
        let values = weights.map { LayerValues<Number>($0.layer, block) }
        let rules = UnitRules(problem.network.activation, rounding, Scalar.self)
        for first in stride(from: 0, to: data.m, by: block) {
            let count = min(block, data.m - first)
            for i in 0..<count { values[0].set(data.sample(first + i), i) }
            forward(rules, weights, values, count)
            last(rules, values[layers.count - 1], count, data.y.base + first)
            backward(rules, weights, values, count)
        }
    }

    @inline(__always)
    private mutating func forward<Scalar>(
        _ rules: UnitRules<Scalar>, _ weights: [LayerWeights<Number>], _ values: [LayerValues<Number>],
        _ count: Int
    ) {
        for (l, (w, input)) in zip(weights, values).enumerated() {
            let layer = w.layer
            input.linear(w, count)
            let isLast = l == weights.count - 1
            let next = values[isLast ? l : l + 1]
            for i in 0..<count {
                for u in 0..<layer.units {
                    let z = input.z[i, u] + Number(w.biases[u])
                    let ez = rules.linearError(w, u, input.sizes[i, u], l > 0 ? input.errors[i, u] : 0)
                    terms.note(ez.size)
                    if isLast {
                        (input.z[i, u], input.errors[i, u]) = (z, ez.error)
                    } else {
                        doubtful += rules.apply(z, ez.error, to: next, i, u) ? 1 : 0
                    }
                }
            }
        }
    }

    /// The last layer: a, dz and L.
    @inline(__always)
    private mutating func last<Scalar: RealScalar>(
        _ rules: UnitRules<Scalar>, _ layer: LayerValues<Number>, _ count: Int, _ y: UnsafePointer<Scalar>
    ) {
        for i in 0..<count {
            let (a, dz, l) = Number.logistic(layer.z[i, 0], label: Double(y[i]))
            loss = loss + l.extended
            let error = terms.addLoss(
                z: layer.z[i, 0].high, error: layer.errors[i, 0], a: a.high, dz: dz.high, loss: l.high)
            layer.set(dz: dz, error: error, rules.rounding, i, 0)
        }
    }

    @inline(__always)
    private mutating func backward<Scalar>(
        _ rules: UnitRules<Scalar>, _ weights: [LayerWeights<Number>], _ values: [LayerValues<Number>],
        _ count: Int
    ) {
        for l in weights.indices.reversed() {
            let (w, input) = (weights[l], values[l])
            let layer = w.layer
            input.derive(count)
            for u in 0..<layer.units {
                for k in 0..<layer.inputs {
                    let j = layer.weights + u * layer.inputs + k
                    derivatives[j] = derivatives[j] + input.dw[u, k].extended
                    terms.add(input.dwErrors[u, k], input.dwSizes[u, k], to: j)
                }
                let j = layer.biases + u
                for i in 0..<count {
                    derivatives[j] = derivatives[j] + input.dz[i, u].extended
                    terms.add(input.dzErrors[i, u], input.dzSize[i, u], to: j)
                }
            }
            guard l > 0 else { break }
            input.propagate(w, count)
            let before = values[l - 1]
            for i in 0..<count {
                for k in 0..<layer.inputs {
                    let size = input.daSizes[i, k]
                    terms.note(size)
                    let error = rules.backwardError(w, k, size, input.daErrors[i, k])
                    let (da, g) = (input.da[i, k], input.slope[i, k])
                    let dz = da * g
                    before.set(
                        dz: dz,
                        error: rules.productError(
                            da.high.magnitude, error, g.high.magnitude, input.slopeErrors[i, k], dz.high),
                        rules.rounding, i, k)
                }
            }
        }
    }
}

/// W and b of a layer, in the forms that the products take.
struct LayerWeights<Number: NetworkNumber> {
    let layer: Layer
    let w, transposed: Matrix<Number>
    /// |W|, and the powers of it that errors add up with.
    let size, sizeTransposed, power, powerTransposed: Matrix<Double>
    let biases: [Double]
    /// γ of each unit forward and of each input backward, and how many terms the sums have.
    let forward, backward: [(gamma: Double, count: Double)]

    @inline(__always)
    init<Scalar: RealScalar>(_ layer: Layer, _ model: Model<Scalar>, _ rounding: Rounding) {
        let (units, inputs) = (layer.units, layer.inputs)
        self.layer = layer
        (w, transposed) = (Matrix(units, inputs), Matrix(inputs, units))
        (size, sizeTransposed) = (Matrix(units, inputs), Matrix(inputs, units))
        (power, powerTransposed) = (Matrix(units, inputs), Matrix(inputs, units))
        biases = (0..<units).map { Double(model.parameters[layer.biases + $0]) }
        var rows = Array(repeating: SumLength(), count: units)
        var columns = Array(repeating: SumLength(), count: inputs)
        for u in 0..<units {
            if biases[u] != 0 { rows[u].add(.nan) }
            for k in 0..<inputs {
                let value = Double(model.parameters[layer.weights + u * inputs + k])
                (w[u, k], transposed[k, u]) = (Number(value), Number(value))
                (size[u, k], sizeTransposed[k, u]) = (value.magnitude, value.magnitude)
                let power = rounding.power(value.magnitude)
                (self.power[u, k], powerTransposed[k, u]) = (power, power)
                guard value != 0 else { continue }
                rows[u].add(value)
                columns[k].add(value)
            }
        }
        forward = rows.map { (rounding.gamma($0.roundings, Scalar.kind), Double($0.count)) }
        backward = columns.map { (rounding.gamma($0.roundings, Scalar.kind), Double($0.count)) }
    }

    /// How many terms a sum has that are not 0.
    private struct SumLength {
        private(set) var count = 0
        private var isPowerOfTwo = true

        mutating func add(_ weight: Double) {
            count += 1
            isPowerOfTwo = isPowerOfTwo && weight.significand.magnitude == 1
        }

        /// A product with a power of two alone is exact.
        var roundings: Int { count == 1 && isPowerOfTwo ? 0 : count }
    }
}

/// A block of samples in one layer: its inputs, and what the products make of them; one row for each sample.
struct LayerValues<Number: NetworkNumber> {
    /// a of the layer before, its |a|, |a| + e, e, and the power of e that adds up.
    let a: Matrix<Number>
    let size, greatest, error, errorPower: Matrix<Double>
    /// g′ there, and how far off it may be.
    let slope: Matrix<Number>
    let slopeErrors: Matrix<Double>
    let z: Matrix<Number>
    let sizes, errors: Matrix<Double>
    let dz: Matrix<Number>
    let dzSize, dzGreatest, dzErrors, dzPower: Matrix<Double>
    let da: Matrix<Number>
    let daSizes, daErrors: Matrix<Double>
    let dw: Matrix<Number>
    let dwErrors, dwSizes: Matrix<Double>
    private let layer: Layer
    private let isFirst: Bool

    /// How many samples a block has.
    static func blockSize(inputs: Int, m: Int) -> Int { max(8, min(256, (1 << 21) / inputs, m)) }

    @inline(__always)
    init(_ layer: Layer, _ block: Int) {
        let (units, inputs, isFirst) = (layer.units, layer.inputs, layer.weights == 0)
        (self.layer, self.isFirst) = (layer, isFirst)
        func number(_ rows: Int, _ columns: Int) -> Matrix<Number> { Matrix(rows, columns) }
        func double(_ rows: Int, _ columns: Int) -> Matrix<Double> { Matrix(rows, columns) }
        /// Not needed in the first layer, whose inputs are exact and have no derivatives.
        let later = isFirst ? 0 : block
        a = number(block, inputs)
        size = double(block, inputs)
        (greatest, error) = isFirst ? (size, size) : (double(block, inputs), double(block, inputs))
        (errorPower, slope, slopeErrors) = (
            double(later, inputs), number(later, inputs), double(later, inputs)
        )
        (z, sizes, errors) = (number(block, units), double(block, units), double(block, units))
        dz = number(block, units)
        (dzSize, dzGreatest) = (double(block, units), double(block, units))
        (dzErrors, dzPower) = (double(block, units), double(block, units))
        (da, daSizes, daErrors) = (number(later, inputs), double(later, inputs), double(later, inputs))
        (dw, dwErrors, dwSizes) = (number(units, inputs), double(units, inputs), double(units, inputs))
    }

    /// Sets the inputs of the first layer.
    @inline(__always)
    func set<Scalar: RealScalar>(_ x: UnsafeBufferPointer<Scalar>, _ i: Int) {
        for k in 0..<layer.inputs {
            let value = Double(x[k])
            (a[i, k], size[i, k]) = (Number(value), value.magnitude)
        }
    }

    /// Z without b, and what bounds its error.
    @inline(__always)
    func linear(_ w: LayerWeights<Number>, _ count: Int) {
        z.setProduct(a, rows: count, w.transposed, depth: layer.inputs)
        sizes.setProduct(greatest, rows: count, w.sizeTransposed, depth: layer.inputs)
        guard !isFirst else { return }
        errors.setProduct(errorPower, rows: count, w.powerTransposed, depth: layer.inputs)
    }

    /// dW of the block, undivided.
    @inline(__always)
    func derive(_ count: Int) {
        dw.setProduct(dz, isTransposed: true, rows: layer.units, a, depth: count)
        dwSizes.setProduct(dzSize, isTransposed: true, rows: layer.units, size, depth: count)
        dwErrors.setProduct(dzErrors, isTransposed: true, rows: layer.units, greatest, depth: count)
        guard !isFirst else { return }
        dwErrors.setProduct(
            dzSize, isTransposed: true, rows: layer.units, error, depth: count, adding: true)
    }

    /// dA of the layer before.
    @inline(__always)
    func propagate(_ w: LayerWeights<Number>, _ count: Int) {
        da.setProduct(dz, rows: count, w.w, depth: layer.units)
        daSizes.setProduct(dzGreatest, rows: count, w.size, depth: layer.units)
        daErrors.setProduct(dzPower, rows: count, w.power, depth: layer.units)
    }

    @inline(__always)
    func set(dz value: Number, error: Double, _ rounding: Rounding, _ i: Int, _ u: Int) {
        let size = value.high.magnitude
        dz[i, u] = value
        (dzSize[i, u], dzGreatest[i, u]) = (size, size + error)
        (dzErrors[i, u], dzPower[i, u]) = (error, rounding.power(error))
    }
}
