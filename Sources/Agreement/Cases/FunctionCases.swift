import Foundation
import Problems

/// The elementary functions on arrays that kernels are made of: what the judge holds to ulps.
package struct VectorFunctions<Scalar: RealScalar> {
    /// Arguments, and room for as many results.
    package typealias Function = (UnsafeBufferPointer<Scalar>, UnsafeMutableBufferPointer<Scalar>) -> Void

    /// z, labels, and room for as many activations and losses.
    package typealias LogisticFunction =
        (
            UnsafeBufferPointer<Scalar>, UnsafeBufferPointer<Scalar>, UnsafeMutableBufferPointer<Scalar>,
            UnsafeMutableBufferPointer<Scalar>
        ) -> Void

    fileprivate let exp, log1p, sigmoid: Function
    fileprivate let logistic: LogisticFunction

    /// e^x, log(1 + x) and σ, which may be asked to write over their arguments; and σ with the loss.
    package init(
        exp: @escaping Function, log1p: @escaping Function, sigmoid: @escaping Function,
        logistic: @escaping LogisticFunction
    ) {
        (self.exp, self.log1p, self.sigmoid, self.logistic) = (exp, log1p, sigmoid, logistic)
    }
}

extension Judge {
    /// Holds the functions to values in extended precision, on special and random arguments, in arrays of every
    /// length and at every offset.
    package func verdicts(on functions: VectorFunctions<Scalar>) -> [Verdict] {
        FunctionTrial.all(functions).flatMap { $0.verdicts(seed: seed, isThorough: suite.isThorough) }
    }
}

/// A function of one argument, and what it should be.
private struct FunctionTrial<Scalar: RealScalar> {
    let name: String
    let arguments: Arguments

    /// The greatest error allowed, in units in the last place.
    let ulps: Double
    var mayWriteInPlace = true
    let exact: (Scalar) -> DoubleDouble
    let function: VectorFunctions<Scalar>.Function

    /// Where a function changes its ways.
    enum Arguments { case exponents, positive }

    static func all(_ functions: VectorFunctions<Scalar>) -> [FunctionTrial] {
        [
            FunctionTrial(
                name: "exp", arguments: .exponents, ulps: 1.1, exact: exponential, function: functions.exp),
            FunctionTrial(
                name: "log1p", arguments: .positive, ulps: 1.1, exact: logarithm, function: functions.log1p),
            FunctionTrial(
                name: "sigmoid", arguments: .exponents, ulps: 2, exact: { logistic($0, label: 0).a },
                function: functions.sigmoid),
        ]
            + [0.0, 1].flatMap { label in
                [false, true].map { isLoss in
                    FunctionTrial(
                        name: (isLoss ? "loss" : "activation") + ", y = \(Int(label))", arguments: .exponents,
                        ulps: 2,
                        mayWriteInPlace: false,
                        exact: {
                            let values = logistic($0, label: label)
                            return isLoss ? values.loss : values.a
                        },
                        function: { z, results in
                            let labels = Array(repeating: Scalar(label), count: z.count)
                            var others = labels
                            labels.withUnsafeBufferPointer { y in
                                others.withUnsafeMutableBufferPointer { others in
                                    functions.logistic(
                                        z, y, isLoss ? others : results, isLoss ? results : others)
                                }
                            }
                        })
                }
            }
    }

    func verdicts(seed: UInt64, isThorough: Bool) -> [Verdict] {
        let x = arguments(seed: seed, count: isThorough ? 1500 : 200)
        var y = x
        x.withUnsafeBufferPointer { x in y.withUnsafeMutableBufferPointer { function(x, $0) } }
        let rung = RungInfo("functions.\(name)", after: nil, "a function on arrays", sums: .running)
        func verdict(_ name: String, _ finding: Finding) -> Verdict {
            Verdict(Case<Scalar>(.functions, name, Shape(x.count, 1), seed: seed), rung, finding)
        }
        return [verdict("ulps", accuracy(x, y)), verdict("lengths and offsets", wholeness(x, y, isThorough))]
    }

    // MARK: How exact

    private func accuracy(_ x: [Scalar], _ y: [Scalar]) -> Finding {
        var worst = (error: 0.0, index: 0)
        for i in x.indices {
            let error = Self.ulps(y[i], exact(x[i]))
            // A NaN or an infinity that should be none is infinitely wrong.
            if error > worst.error { worst = (error, i) }
        }
        let (argument, value) = (x[worst.index], y[worst.index])
        var finding = Finding(worst.error <= ulps ? .passed : .failed)
        finding.element = "\(name)(\(argument))"
        finding.error = min(worst.error, .greatestFiniteMagnitude)
        finding.bound = ulps
        if worst.error > ulps {
            finding.message =
                "\(name)(\(argument)) is \(value), should be \(exact(argument).high): "
                + "difference \(worst.error) ulp, tolerance \(ulps)"
        }
        return finding
    }

    /// |value − exact| in units in the last place of the rounded exact value; infinite where a NaN, an infinity or
    /// the sign of a zero is wrong.
    private static func ulps(_ value: Scalar, _ exact: DoubleDouble) -> Double {
        if value.isNaN || exact.high.isNaN { return value.isNaN && exact.high.isNaN ? 0 : .infinity }
        let rounded = Scalar(exact.high)
        if value == 0, rounded == 0, value.sign != rounded.sign { return .infinity }
        guard value.isFinite, rounded.isFinite else {
            if value == rounded { return 0 }
            guard exact.high.isFinite, value.sign == rounded.sign else { return .infinity }
            // An infinity counts as the number that would follow the greatest.
            let (greatest, size) = (Scalar.greatestFiniteMagnitude, exact.high.magnitude)
            let distance = value.isFinite ? size - Double(value.magnitude) : Double(greatest) - size
            return distance / Double(greatest.ulp) + (value.isFinite ? 0 : 1)
        }
        return (DoubleDouble(Double(value)) - exact).high.magnitude / Double(rounded.ulp)
    }

    private static func exponential(_ x: Scalar) -> DoubleDouble { DoubleDouble.exp(DoubleDouble(Double(x))) }

    private static func logarithm(_ x: Scalar) -> DoubleDouble {
        let x = Double(x)
        if x < -1 || x.isNaN { return DoubleDouble(.nan) }
        if x == -1 || x == .infinity || x == 0 { return DoubleDouble(x == -1 ? -.infinity : x) }
        return DoubleDouble.log1p(DoubleDouble(x))
    }

    private static func logistic(_ z: Scalar, label: Double) -> (a: DoubleDouble, loss: DoubleDouble) {
        let z = Double(z)
        guard z.isFinite else {
            let t = label == 1 ? -z : z
            return (DoubleDouble(z.isNaN ? z : z > 0 ? 1 : 0), DoubleDouble(t.isNaN || t > 0 ? t : 0))
        }
        let values = DoubleDouble.logistic(DoubleDouble(z), label: label)
        return (values.a, values.loss)
    }

    // MARK: Whatever the array

    /// Every element by itself: the results of any part of the arguments, wherever it lies, are those of all of
    /// them; nothing is written beyond it; and where the results may overwrite the arguments, they do.
    private func wholeness(_ x: [Scalar], _ y: [Scalar], _ isThorough: Bool) -> Finding {
        let lengths =
            isThorough ? (0...67) + [127, 128, 129, 255, 256, 257, 300, 515] : [0, 1, 7, 16, 33, 257]
        let sentinel = Scalar(-12_345)
        var room = Array(repeating: sentinel, count: 640)
        var source = room
        for (n, length) in lengths.enumerated() {
            for offset in isThorough ? Array(0...16) : [0, 3] {
                let first = (n * 131 + offset * 37) % (x.count - length)
                let place = offset..<offset + length
                for isInPlace in mayWriteInPlace ? [false, true] : [false] {
                    source.replaceSubrange(place, with: x[first..<first + length])
                    room.withUnsafeMutableBufferPointer { room in
                        source.withUnsafeMutableBufferPointer { source in
                            let from = UnsafeBufferPointer(rebasing: source[place])
                            function(
                                from,
                                UnsafeMutableBufferPointer(rebasing: isInPlace ? source[place] : room[place]))
                        }
                    }
                    let results = isInPlace ? source : room
                    for i in max(0, offset - 20)..<min(results.count, place.upperBound + 20) {
                        let expected = place.contains(i) ? y[first + i - offset] : sentinel
                        guard results[i] != expected || results[i].sign != expected.sign,
                            !(results[i].isNaN && expected.isNaN)
                        else { continue }
                        let what =
                            place.contains(i) ? "\(name)(\(x[first + i - offset]))" : "beyond the array"
                        return Finding(
                            .failed,
                            "element \(i - offset) of \(length), \(what), is \(results[i]), should be \(expected)"
                                + (isInPlace ? ", written over the arguments" : ""))
                    }
                    for i in place { (source[i], room[i]) = (sentinel, sentinel) }
                }
            }
        }
        return Finding(.passed)
    }

    // MARK: Arguments

    private func arguments(seed: UInt64, count: Int) -> [Scalar] {
        let (greatest, tiny) = (Double(Scalar.greatestFiniteMagnitude), Double(Scalar.leastNonzeroMagnitude))
        let normal = Double(Scalar.leastNormalMagnitude)
        let roundoff = Scalar.kind.unitRoundoff
        let limit = Scalar.kind == .float ? 110.0 : 750
        // Where e^x overflows, where it becomes subnormal and where it vanishes.
        let turns = [log(greatest), log(normal), log(tiny), log(tiny) - log(2.0), log(2.0), log(2.0) / 2]
        let values =
            [
                0, tiny, normal, normal / 2, roundoff, roundoff / 2, 1e-3, 0.25, 0.5, 0.75, 1, 1.5, 2, 10,
                greatest, .infinity,
            ]
            + turns
        var result: [Scalar] = [.nan]
        for value in values.map({ Scalar($0) }) {
            for near in [value, value.nextUp, value.nextDown] { result += [near, -near] }
        }
        var random = SplitMix64(seed: seed)
        for n in 0..<count {
            let u = 2 * random.uniform() - 1
            switch arguments {
            case .exponents: result += [limit, 40, 2].map { Scalar(u * $0) }
            case .positive: result += [Scalar(u.magnitude), Scalar(u), Scalar(u.magnitude * 1000)]
            }
            // Any exponent.
            let bits = Scalar.kind == .float ? (n % 254) - 126 : (n * 7 % 2046) - 1022
            result.append(
                Scalar(
                    Double(sign: n % 2 == 0 ? .plus : .minus, exponent: bits, significand: 1 + u.magnitude)))
        }
        return result
    }
}
