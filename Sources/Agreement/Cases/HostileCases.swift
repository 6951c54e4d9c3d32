import Foundation
import Problems

extension Case {
    /// The worst that data and models may hold.
    static func hostile(_ shape: Shape, seed: UInt64) -> [Case] {
        func bounded(
            _ name: String, _ model: @autoclosure @escaping () -> Model<Scalar>,
            _ data: @autoclosure @escaping () -> Dataset<Scalar>
        ) -> Case {
            Case.bounded(.hostile, name, shape, seed: seed, threads: threads) { (data(), model()) }
        }
        func model(_ scale: Double) -> Model<Scalar> { .random(shape.nx, seed: seed, scale: scale) }
        var biased: Model<Scalar> {
            var result = model(1)
            result.b = Scalar(-0.75 * log(Scalar.kind.unitRoundoff))
            return result
        }
        let greatest = Double(Scalar.greatestFiniteMagnitude)
        let huge = greatest.squareRoot() * 0x1p40
        let least = Double(Scalar.leastNonzeroMagnitude)
        return [
            // |z| up to some thousands: a is 0 or 1, and the textbook formulas fail.
            bounded("saturated", model(30), scaled(shape, seed, by: 100)),
            // Every sample far on its side: e^(−|z|) is much of L, and nearly lost in 1 + e^(−|z|).
            bounded("small losses", biased, scaled(shape, seed, by: 1, label: 1)),
            // Features so great that their products with w only just are moderate.
            bounded("huge features", model(1 / huge), scaled(shape, seed, by: huge)),
            // dw is subnormal too.
            bounded("subnormal features", model(1), scaled(shape, seed, by: 64 * least)),
            // Sums beyond the greatest finite scalar: nothing is promised but that nothing traps.
            bounded("overflowing sums", model(1000), scaled(shape, seed, by: greatest / 64)),
            // Thirty orders of magnitude side by side.
            bounded("mixed features", model(0x1p-50), mixed(shape, seed)),
            repeated(shape, seed: seed), notANumber(shape, seed: seed), infinite(shape, seed: seed),
        ]
    }

    static var threads: Int { 3 }

    /// Standard-normal features times a factor.
    ///
    /// - Parameter label: of every sample; nil for those that the data have.
    static func scaled(
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

    /// One prepared rung, called again and again with other models: no call may leave a trace in the next.
    static func repeated(_ shape: Shape, activation: Activation = .relu, seed: UInt64) -> Case {
        Case(.hostile, "called again", shape, activation: activation, seed: seed, threads: threads) {
            let problem = problem(shape, activation, seed: seed)
            let models = [1.0, 30, 0].map { Model(judging: problem, seed: seed, scale: $0) }
            let references = models.map { Reference(problem, $0) }
            return { rung in
                let prepared = rung.prepare(problem, threads: threads)
                // The values that the gradient holds before must not matter either.
                var gradient = Gradient<Scalar>(parameters: shape.parameterCount)
                gradient.J = .nan
                for j in gradient.derivatives.indices { gradient.derivatives[j] = Scalar(j) }
                var worst: Comparison?
                for n in [0, 1, 0, 2, 2, 1, 0] {
                    prepared.gradient(at: models[n], into: &gradient)
                    let bound = ErrorBound(references[n], rung.info)
                    let comparison = Comparison(gradient, references[n], bound)
                    if comparison.ratio >= worst?.ratio ?? 0 { worst = comparison }
                    let workers = prepared.workersInLatestGradient
                    guard (1...(rung.info.isThreaded ? threads : 1)).contains(workers) else {
                        return [
                            Finding(
                                .failed, "\(workers) workers, should be from 1 up to the \(threads) threads")
                        ]
                    }
                }
                return worst.map { [Finding($0)] } ?? []
            }
        }
    }

    /// A NaN in W or b of a layer must give NaN in J and every derivative: it may not vanish in max(0, z) either.
    static func notANumber(_ shape: Shape, activation: Activation = .relu, seed: UInt64) -> Case {
        Case(.hostile, "NaN in the model", shape, activation: activation, seed: seed, threads: threads) {
            let problem = problem(shape, activation, seed: seed)
            let models = shape.layers.flatMap { [$0.biases - 1, $0.biases] }.map { j in
                var model = Model(judging: problem, seed: seed)
                model.parameters[j] = .nan
                return model
            }
            return { rung in
                let prepared = rung.prepare(problem, threads: threads)
                for model in models {
                    let gradient = prepared.gradient(at: model)
                    let numbers = ([gradient.J] + gradient.derivatives).count { !$0.isNaN }
                    guard numbers == 0 else {
                        return [
                            Finding(
                                .failed,
                                "\(numbers) of J and the derivatives are numbers where the model holds NaN;"
                                    + " all should be NaN")
                        ]
                    }
                }
                return [Finding(.passed)]
            }
        }
    }

    /// An infinite bias: z = ±∞, a is its limit, dz is −1, 0 or 1, so integer data leave nothing to round.
    /// An infinite weight: nothing traps.
    private static func infinite(_ shape: Shape, seed: UInt64) -> Case {
        Case(.hostile, "infinite model", shape, seed: seed, threads: threads) {
            let data = integers(shape, seed: seed, greatest: 100)
            return { rung in
                let prepared = rung.prepare(data, threads: threads)
                for b in [Scalar.infinity, -Scalar.infinity] {
                    let gradient = prepared.gradient(at: Model(w: Array(repeating: 1, count: shape.nx), b: b))
                    let comparison = Comparison(
                        gradient, equals: limit(data, b: b), shape, includingJ: true)
                    guard comparison.holds else { return [Finding(comparison, note: "b = \(b)")] }
                }
                var model = Model<Scalar>(zeros: shape.nx)
                model.parameters[0] = .infinity
                _ = prepared.gradient(at: model)
                return [Finding(.passed)]
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
            for (j, x) in data.sample(i).enumerated() { gradient.derivatives[j] += x * dz }
            gradient.db += dz
        }
        gradient.divide(by: data.m)
        return gradient
    }
}
