import Foundation
import Problems

extension Case {
    /// What data and models may hold at worst.
    static func hostile(_ shape: Shape, seed: UInt64) -> [Case] {
        let greatest = Double(Scalar.greatestFiniteMagnitude).squareRoot() * 0x1p40
        let bounded: [(String, () -> (Dataset<Scalar>, Model<Scalar>))] = [
            // |z| up to some thousands: a is 0 or 1, and the textbook formulas fail.
            ("saturated", { (scaled(shape, seed, by: 100), .random(shape.nx, seed: seed, scale: 30)) }),
            // Every sample far on its side: e^(−|z|) is much of L, and nearly lost in 1 + e^(−|z|).
            (
                "small losses",
                {
                    var model = Model<Scalar>.random(shape.nx, seed: seed)
                    model.b = Scalar(-0.75 * log(Scalar.kind.unitRoundoff))
                    return (scaled(shape, seed, by: 1, label: 1), model)
                }
            ),
            // Features so great that their products with w only just are moderate.
            (
                "huge features",
                { (scaled(shape, seed, by: greatest), .random(shape.nx, seed: seed, scale: 1 / greatest)) }
            ),
            // Subnormal features: dw is subnormal too.
            (
                "subnormal features",
                {
                    (
                        scaled(shape, seed, by: 64 * Double(Scalar.leastNonzeroMagnitude)),
                        .random(shape.nx, seed: seed, scale: 1)
                    )
                }
            ),
            // Sums beyond the greatest finite scalar: nothing is promised but that nothing traps.
            (
                "overflowing sums",
                {
                    let most = Double(Scalar.greatestFiniteMagnitude) / 64
                    return (scaled(shape, seed, by: most), .random(shape.nx, seed: seed, scale: 1000))
                }
            ),
            // Thirty orders of magnitude side by side.
            ("mixed features", { (mixed(shape, seed), .random(shape.nx, seed: seed, scale: 0x1p-50)) }),
        ]
        return bounded.map { name, make in
            Case.bounded(name, .hostile, shape, seed: seed, threads: 3, make)
        } + [repeated(shape, seed: seed), notANumber(shape, seed: seed), infinite(shape, seed: seed)]
    }

    /// Standard-normal features times a factor.
    ///
    /// - Parameter label: of every sample; nil for those that the data have.
    private static func scaled(
        _ shape: Shape, _ seed: UInt64, by factor: Double, label: Scalar? = nil
    ) -> Dataset<Scalar> {
        let data = Case<Double>.synthetic(shape, seed: seed)
        return Dataset(shape) {
            Scalar(data.x.base[$0 * shape.nx + $1] * factor)
        } label: {
            label ?? Scalar(data.y.base[$0])
        }
    }

    /// Features of many magnitudes, from 2⁻⁵⁰ to 2⁵⁰.
    private static func mixed(_ shape: Shape, _ seed: UInt64) -> Dataset<Scalar> {
        let data = Case<Double>.synthetic(shape, seed: seed)
        return Dataset(shape) { i, j in
            let exponent = (i * 7 + j * 13) % 101 - 50
            let scale = Double(sign: .plus, exponent: exponent, significand: 1)
            return Scalar(data.x.base[i * shape.nx + j] * scale)
        } label: {
            Scalar(data.y.base[$0])
        }
    }

    /// One prepared instance, called again and again with other models: nothing may stay behind.
    private static func repeated(_ shape: Shape, seed: UInt64) -> Case {
        Case(name: "called again") {
            let data = synthetic(shape, seed: seed)
            let models = [1.0, 30, 0].map { Model<Scalar>.random(shape.nx, seed: seed, scale: $0) }
            let references = models.map { Reference(data, $0) }
            return { type in
                let trial = Trial(
                    rung: type.info, scalar: Scalar.kind, kind: .hostile, name: "called again", m: shape.m,
                    nx: shape.nx, seed: seed, threads: 3)
                let implementation = type.prepare(data, threads: 3)
                // What stands in the gradient before must not matter either.
                var gradient = Gradient<Scalar>(zeros: shape.nx)
                gradient.J = .nan
                for j in gradient.dw.indices { gradient.dw[j] = Scalar(j) }
                var worst: Comparison?
                for n in [0, 1, 0, 2, 2, 1, 0] {
                    implementation.gradient(at: models[n], into: &gradient)
                    let bound = ErrorBound(references[n], type.info)
                    let comparison = Comparison(gradient, references[n], bound)
                    if comparison.ratio >= worst?.ratio ?? 0 { worst = comparison }
                }
                return worst.map { [Verdict(trial, $0)] } ?? []
            }
        }
    }

    /// A NaN in w or b must give NaN in J, db and every dw.
    private static func notANumber(_ shape: Shape, seed: UInt64) -> Case {
        Case(name: "NaN in the model") {
            let data = synthetic(shape, seed: seed)
            var models: [Model<Scalar>] = [
                .random(shape.nx, seed: seed, scale: 1), .random(shape.nx, seed: seed, scale: 1),
            ]
            models[0].w[shape.nx - 1] = .nan
            models[1].b = .nan
            return { [models] type in
                let trial = Trial(
                    rung: type.info, scalar: Scalar.kind, kind: .hostile, name: "NaN in the model",
                    m: shape.m,
                    nx: shape.nx, seed: seed, threads: 3)
                let implementation = type.prepare(data, threads: 3)
                for model in models {
                    let gradient = implementation.gradient(at: model)
                    let numbers =
                        [gradient.J, gradient.db].filter { !$0.isNaN } + gradient.dw.filter { !$0.isNaN }
                    guard numbers.isEmpty else {
                        return [
                            Verdict(
                                trial, outcome: .failed,
                                message:
                                    "\(numbers.count) of J, db and dw are numbers where the model holds NaN;"
                                    + " all should be NaN")
                        ]
                    }
                }
                return [Verdict(trial, outcome: .passed, message: "")]
            }
        }
    }

    /// An infinite bias: z = ±∞, a is its limit, dz is −1, 0 or 1, so integer data leave nothing to round.
    /// An infinite weight: nothing traps.
    private static func infinite(_ shape: Shape, seed: UInt64) -> Case {
        Case(name: "infinite model") {
            let data = integers(shape, seed: seed, greatest: 100)
            return { type in
                let trial = Trial(
                    rung: type.info, scalar: Scalar.kind, kind: .hostile, name: "infinite model", m: shape.m,
                    nx: shape.nx, seed: seed, threads: 3)
                let implementation = type.prepare(data, threads: 3)
                for b in [Scalar.infinity, -Scalar.infinity] {
                    let model = Model(w: Array(repeating: 1, count: shape.nx), b: b)
                    let gradient = implementation.gradient(at: model)
                    let comparison = Comparison(gradient, equals: limit(data, b: b), includingJ: true)
                    guard comparison.holds else { return [Verdict(trial, comparison, note: "b = \(b)")] }
                }
                var model = Model<Scalar>(zeros: shape.nx)
                model.w[0] = .infinity
                _ = implementation.gradient(at: model)
                return [Verdict(trial, outcome: .passed, message: "")]
            }
        }
    }

    /// The gradient for z = b = ±∞: J is ∞ if any sample is on the wrong side, else 0.
    private static func limit(_ data: Dataset<Scalar>, b: Scalar) -> Gradient<Scalar> {
        var gradient = Gradient<Scalar>(zeros: data.nx)
        let a: Scalar = b > 0 ? 1 : 0
        for i in 0..<data.m {
            let dz = a - data.y.base[i]
            if dz != 0 { gradient.J = Scalar.infinity }
            for j in 0..<data.nx { gradient.dw[j] += data.sample(i)[j] * dz }
            gradient.db += dz
        }
        gradient.divide(by: data.m)
        return gradient
    }
}
