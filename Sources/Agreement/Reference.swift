import Problems

/// J, dw and db of a model on a data set in extended precision, and what is needed to say how far a
/// correct implementation may be from them.
///
/// Sums are kept undivided: where they are exact, dividing them by m in the scalar gives the bits that
/// every implementation must give.
package struct Reference<Scalar: RealScalar>: Sendable {
    /// The number of samples.
    package let m: Int

    /// The number of features.
    package let nx: Int

    /// Σ L.
    package let loss: DoubleDouble

    /// Σ x·dz for each feature.
    package let dw: [DoubleDouble]

    /// Σ dz.
    package let db: DoubleDouble

    /// What the bounds are made from, for each way to store X that was asked for.
    private let terms: [ErrorTerms]

    /// Computes everything for `model` on `data`.
    ///
    /// `Float` is judged in `Double` (29 bits more) unless `isPrecise`, `Double` in `DoubleDouble`.
    ///
    /// - Parameter storages: how those store X that are judged by it. The values do not depend on that, only
    ///   how far one may be from them.
    @specialized(where Scalar == Float)
    @specialized(where Scalar == Double)
    package init(
        _ data: Dataset<Scalar>, _ model: Model<Scalar>, storages: [Storage] = Storage.all(in: Scalar.kind),
        isPrecise: Bool = false
    ) {
        if Scalar.kind == .float && !isPrecise {
            self.init(Accumulation<Double>(data, model, storages), data, loss: { DoubleDouble($0) })
        } else {
            self.init(Accumulation<DoubleDouble>(data, model, storages), data, loss: { $0 })
        }
    }

    /// The same in plain `Double`: good enough for bounds, which need few digits, and quick.
    @specialized(where Scalar == Float)
    @specialized(where Scalar == Double)
    init(rough data: Dataset<Scalar>, _ model: Model<Scalar>, storage: Storage) {
        self.init(Accumulation<Double>(data, model, [storage]), data, loss: { DoubleDouble($0) })
    }

    private init<Extended>(
        _ sums: Accumulation<Extended>, _ data: Dataset<Scalar>, loss convert: (Extended) -> DoubleDouble
    ) {
        (m, nx) = (data.m, data.nx)
        loss = convert(sums.loss)
        dw = sums.dw.map(convert)
        db = convert(sums.db)
        terms = sums.terms
    }

    /// The same bounds about other values: sums that were made elsewhere.
    init(_ reference: Reference, dw: [DoubleDouble], db: DoubleDouble, loss: DoubleDouble? = nil) {
        (m, nx, terms) = (reference.m, reference.nx, reference.terms)
        (self.dw, self.db, self.loss) = (dw, db, loss ?? reference.loss)
    }

    /// What the bounds are made from, where X is stored so.
    func terms(_ storage: Storage) -> ErrorTerms {
        guard let found = terms.first(where: { $0.storage == storage }) else {
            preconditionFailure("a reference without the bounds of \(storage)")
        }
        return found
    }

    /// J in extended precision.
    package var J: DoubleDouble { loss / DoubleDouble(Double(m)) }

    /// The gradient that an implementation must give to the bit where all its sums are exact.
    package var exactGradient: Gradient<Scalar> {
        var gradient = Gradient<Scalar>(zeros: nx)
        gradient.J = Scalar(loss.double)
        for j in 0..<nx { gradient.dw[j] = Scalar(dw[j].double) }
        gradient.db = Scalar(db.double)
        gradient.divide(by: m)
        return gradient
    }
}

/// The sums of one pass over the data in extended precision.
private struct Accumulation<Extended: ExtendedReal> {
    var loss = Extended(0)
    var dw: [Extended]
    var db = Extended(0)
    var terms: [ErrorTerms]

    @specialized(where Extended == Double, Scalar == Float)
    @specialized(where Extended == Double, Scalar == Double)
    @specialized(where Extended == DoubleDouble, Scalar == Float)
    @specialized(where Extended == DoubleDouble, Scalar == Double)
    init<Scalar: RealScalar>(_ data: Dataset<Scalar>, _ model: Model<Scalar>, _ storages: [Storage]) {
        let nx = data.nx
        dw = Array(repeating: Extended(0), count: nx)
        terms = storages.map { ErrorTerms(nx: nx, scalar: Scalar.kind, storage: $0) }
        let (w, b) = (model.w.map { Double($0) }, Double(model.b))
        let weights = w.reduce(0) { $0 + $1.magnitude }
        var x = Array(repeating: 0.0, count: nx)
        for i in 0..<data.m {
            let sample = data.x.base + i * nx
            let y = Double(data.y.base[i])
            var z = Extended(b)
            var magnitude = 0.0
            for j in 0..<nx {
                x[j] = Double(sample[j])
                z.add(x[j], times: w[j])
                magnitude += (x[j] * w[j]).magnitude
            }
            let (a, dz, l) = Extended.logistic(z, label: y)
            loss = loss + l
            db = db + dz
            for k in terms.indices {
                terms[k].add(
                    x, products: magnitude, weights: weights, b: b.magnitude, z: z.double, a: a.double,
                    dz: dz.double, loss: l.double)
            }
            for j in 0..<nx { dw[j].add(x[j], times: dz) }
        }
    }
}
