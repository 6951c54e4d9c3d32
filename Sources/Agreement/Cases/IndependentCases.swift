import LogisticRegression

extension Case {
    /// dw and db against central differences of J: (J(w_j + h) − J(w_j − h)) / 2h in extended precision.
    ///
    /// J is all that goes into it, so it also checks the formulas of the gradient. Beside the bound of the
    /// implementation it allows the truncation error h²/6·max|∂³J/∂w_j³| ≤ h²/6·(1/m) Σ|x_j|³·⅛, since
    /// |σ″| < ⅛, and the rounding of J, 2⁻⁹⁰ of it, over h.
    static func numericGradient(_ shape: Suite.Shape, seed: UInt64) -> Case {
        Case(name: "numeric gradient") {
            let data = synthetic(shape, seed: seed)
            let model = Model<Scalar>.random(shape.nx, seed: seed, scale: 1)
            let reference = Reference(data, model, isPrecise: true)
            let numeric = NumericGradient(data, model)
            return { type in
                let trial = Trial(
                    rung: type.rung, scalar: Scalar.kind, kind: .independent, name: "numeric gradient",
                    m: shape.m, nx: shape.nx, seed: seed)
                let gradient = type.init(data, threads: 1).gradient(at: model)
                let comparison = Comparison(
                    gradient, reference.replacing(dw: numeric.dw, db: numeric.db),
                    ErrorBound(reference, type.rung.sums), addition: numeric.truncation)
                return [Verdict(trial, comparison)]
            }
        }
    }

    /// The small data sets of a fixture that are in this scalar, at each of their models.
    static func fixture(_ fixture: Fixture) -> [Case] {
        fixture.sets.filter { $0.scalar == Scalar.kind }.flatMap { set in
            set.models.enumerated().map { n, values in
                let name = "fixture \(set.name) \(n)"
                return Case(name: name) {
                    let shape = Suite.Shape(set.x.count, set.x.first?.count ?? 0)
                    let data = Dataset<Scalar>(shape) {
                        Scalar(set.x[$0][$1])
                    } label: {
                        Scalar(set.y[$0])
                    }
                    let model = Model(w: values.w.map { Scalar($0) }, b: Scalar(values.b))
                    let reference = Reference(data, model)
                    let m = DoubleDouble(Double(shape.m))
                    let outside = reference.replacing(
                        dw: values.dw.map { $0 * m }, db: values.db * m, loss: values.J * m)
                    return { type in
                        let trial = Trial(
                            rung: type.rung, scalar: Scalar.kind, kind: .independent, name: name, m: shape.m,
                            nx: shape.nx, seed: 0)
                        let gradient = type.init(data, threads: 1).gradient(at: model)
                        let bound = ErrorBound(reference, type.rung.sums)
                        return [Verdict(trial, Comparison(gradient, outside, bound))]
                    }
                }
            }
        }
    }
}

/// The gradient of m·J by central differences, which know nothing of its formula.
public struct NumericGradient: Sendable {
    /// m·∂J/∂w_j for each feature.
    public private(set) var dw: [DoubleDouble] = []
    /// m·∂J/∂b.
    public let db: DoubleDouble
    /// How far each dw_j/m may be from the derivative, from the size of the step.
    public let truncation: [Double]

    /// Differences of J about `model`, which is moved by exact steps of about 2⁻³⁰.
    public init<Scalar: RealScalar>(_ data: Dataset<Scalar>, _ model: Model<Scalar>) {
        let h = 0x1p-30
        // In Double, so that w ± h is exact enough to be divided by the step that was made.
        let wide = Dataset<Double>(Suite.Shape(data.m, data.nx)) {
            Double(data.x.base[$0 * data.nx + $1])
        } label: {
            Double(data.y.base[$0])
        }
        let w = model.w.map { Double($0) }
        let b = Double(model.b)
        func loss(_ w: [Double], _ b: Double) -> DoubleDouble {
            Reference(wide, Model(w: w, b: b)).loss
        }
        for j in w.indices {
            var (up, down) = (w, w)
            up[j] += h
            down[j] -= h
            dw.append((loss(up, b) - loss(down, b)) / DoubleDouble(up[j] - down[j]))
        }
        let (up, down) = (b + h, b - h)
        db = (loss(w, up) - loss(w, down)) / DoubleDouble(up - down)
        // The step that was made differs from h, and its middle from w, by a rounding of w: 2⁻⁵³ of it,
        // which moves the derivative by |w| 2⁻⁵³·¼ x².
        truncation = w.indices.map { j in
            let x = (0..<data.m).map { Double(data.sample($0)[j]).magnitude }
            let cubes = x.reduce(0) { $0 + $1 * $1 * $1 } / Double(data.m)
            let squares = x.reduce(0) { $0 + $1 * $1 } / Double(data.m)
            return h * h / 48 * cubes + squares * (w[j].magnitude + h) * 0x1p-54 + 0x1p-60
        }
    }
}

extension Reference {
    /// The same bounds about other values: sums that were made elsewhere.
    func replacing(dw: [DoubleDouble], db: DoubleDouble, loss: DoubleDouble? = nil) -> Reference {
        Reference(m: m, nx: nx, loss: loss ?? self.loss, dw: dw, db: db, terms: terms)
    }
}
