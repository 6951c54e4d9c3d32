import Ladders
import Testing

/// Evaluations in one dense sample: a debug build runs vectors a hundred times slower.
#if DEBUG
let sampleSize = 4_000
#else
let sampleSize = 400_000
#endif

typealias ArrayFunction<S: LaneScalar> = (UnsafeBufferPointer<S>, UnsafeMutableBufferPointer<S>) -> Void

/// f at every x.
func values<S: LaneScalar>(_ f: ArrayFunction<S>, at x: [S]) -> [S] {
    [S](unsafeUninitializedCapacity: x.count) { room, count in
        room.initialize(repeating: 0)
        x.withUnsafeBufferPointer { f($0, UnsafeMutableBufferPointer(rebasing: room[..<x.count])) }
        count = x.count
    }
}

/// The activation and the loss at every z.
func logisticValues<S: LaneScalar>(at z: [S], label: S) -> (activations: [S], losses: [S]) {
    var activations = z
    var losses = z
    let labels = [S](repeating: label, count: z.count)
    activations.withUnsafeMutableBufferPointer { a in
        losses.withUnsafeMutableBufferPointer { l in
            z.withUnsafeBufferPointer { z in
                labels.withUnsafeBufferPointer { y in
                    VectorMath.logistic(z, labels: y, activations: a, losses: l)
                }
            }
        }
    }
    return (activations, losses)
}

@Suite("The vectorized functions in Double")
struct VectorMathDoubleTests {
    /// The greatest error against the exact values, which were made with 2400 bits.
    func greatestError(_ references: [ReferenceValue], _ f: ArrayFunction<Double>) -> Double {
        let results = values(f, at: references.map(\.x))
        return zip(references, results).map { $0.error(of: $1) }.max() ?? .infinity
    }

    @Test("The exponential is within 1.1 ulp of exact values, overflow and underflow included")
    func exponential() {
        #expect(greatestError(VectorMathReference.exp) { VectorMath.exp($0, into: $1) } <= 1.1)
    }

    @Test("log1p is within 1.1 ulp of exact values, from the least subnormal to the greatest number")
    func log1p() {
        #expect(greatestError(VectorMathReference.log1p) { VectorMath.log1p($0, into: $1) } <= 1.1)
    }

    @Test("The sigmoid is within 2 ulp of exact values, subnormal results included")
    func sigmoid() {
        #expect(greatestError(VectorMathReference.sigmoid) { VectorMath.sigmoid($0, into: $1) } <= 2)
    }

    @Test("Activation and loss are within 2 ulp of exact values, for both labels")
    func logistic() {
        let z = VectorMathReference.sigmoid.map(\.x)
        let label0 = logisticValues(at: z, label: 0)
        let label1 = logisticValues(at: z.map { -$0 }, label: 1)  // the same loss, by symmetry
        for i in z.indices {
            #expect(VectorMathReference.sigmoid[i].error(of: label0.activations[i]) <= 2)
            #expect(VectorMathReference.lossOfLabel0[i].error(of: label0.losses[i]) <= 2)
            #expect(VectorMathReference.lossOfLabel0[i].error(of: label1.losses[i]) <= 2)
        }
    }

    #if arch(x86_64)
    /// The greatest error in ulps of `results` against f, computed with 64 bits of precision.
    func greatestError(_ results: [Double], _ x: [Double], _ f: (Float80) -> Float80) -> Double {
        zip(results, x).map { result, x in
            let exact = f(Float80(x))
            return Double(abs(Float80(result) - exact) / Float80(Double(exact).ulp))
        }.max() ?? .infinity
    }

    @Test("All functions are within 2 ulp on a dense sample of doubles")
    func denseSample() {
        let count = sampleSize / 4
        // Evenly from −40 to 40, where everything happens, and through all magnitudes.
        let even = (0..<count).map { -40 + 80 * (Double($0) + 0.37) / Double(count) }
        let bits = (0..<count).map {
            Double(bitPattern: UInt64($0) &* 0x9e37_79b9_7f4a_7c15).magnitude
        }.filter { $0.isFinite && $0 > 1e-300 }
        let z = even + bits.filter { $0 < 700 } + bits.filter { $0 < 700 }.map { -$0 }
        let x = even.filter { $0 > -1 } + bits

        #expect(greatestError(values({ VectorMath.exp($0, into: $1) }, at: z), z, extendedExp) <= 1.1)
        #expect(greatestError(values({ VectorMath.log1p($0, into: $1) }, at: x), x, extendedLog1p) <= 1.1)
        let (activations, losses) = logisticValues(at: z, label: 1)
        #expect(greatestError(activations, z) { 1 / (1 + extendedExp(-$0)) } <= 2)
        #expect(greatestError(losses, z) { max(-$0, 0) + extendedLog1p(extendedExp(-$0.magnitude)) } <= 2)
    }
    #endif
}

@Suite("The vectorized functions at the ends")
struct VectorMathLimitTests {
    @Test("Special arguments have their limits, signs and NaN, in both precisions")
    func specialValues() {
        checkSpecialValues(Float.self)
        checkSpecialValues(Double.self)
    }

    func checkSpecialValues<S: LaneScalar>(_: S.Type) {
        let x: [S] = [
            .infinity, -.infinity, .nan, 0, -0.0, S.greatestFiniteMagnitude, -S.greatestFiniteMagnitude,
        ]
        let exp = values({ VectorMath.exp($0, into: $1) }, at: x)
        #expect(exp[0] == .infinity && exp[1] == 0 && exp[2].isNaN && exp[3] == 1 && exp[4] == 1)
        #expect(exp[5] == .infinity && exp[6] == 0 && exp[6].sign == .plus)

        let log1p = values(
            { VectorMath.log1p($0, into: $1) }, at: x + [-1, -1 - S.ulpOfOne, .leastNonzeroMagnitude])
        #expect(log1p[0] == .infinity && log1p[1].isNaN && log1p[2].isNaN && log1p[5].isFinite)
        #expect(log1p[3] == 0 && log1p[3].sign == .plus && log1p[4] == 0 && log1p[4].sign == .minus)
        #expect(log1p[7] == -.infinity && log1p[8].isNaN && log1p[9] == .leastNonzeroMagnitude)

        let sigmoid = values({ VectorMath.sigmoid($0, into: $1) }, at: x)
        let label0 = logisticValues(at: x, label: 0)
        let label1 = logisticValues(at: x, label: 1)
        for a in [sigmoid, label0.activations, label1.activations] {
            #expect(a[0] == 1 && a[1] == 0 && a[2].isNaN && a[3] == 0.5 && a[4] == 0.5)
            #expect(a[5] == 1 && a[6] == 0)
        }
        #expect(label0.losses[0] == .infinity && label0.losses[1] == 0 && label0.losses[2].isNaN)
        #expect(label1.losses[0] == 0 && label1.losses[1] == .infinity && label1.losses[2].isNaN)
        #expect(label0.losses[5] == .greatestFiniteMagnitude && label0.losses[6] == 0)
    }

    @Test("Underflow is gradual: subnormal results, and at last the least of them")
    func gradualUnderflow() {
        let float: [Float] = [-87.5, -90, -100, -103, -103.9, -104]
        let double: [Double] = [-708.5, -720, -740, -744, -745.1, -746]
        checkUnderflow(float)
        checkUnderflow(double)
    }

    func checkUnderflow<S: LaneScalar>(_ z: [S]) {
        let results = [
            values({ VectorMath.exp($0, into: $1) }, at: z),
            values({ VectorMath.sigmoid($0, into: $1) }, at: z),
            logisticValues(at: z, label: 0).activations, logisticValues(at: z, label: 0).losses,
        ]
        for result in results {
            #expect(result.dropLast().allSatisfy { $0 > 0 && $0.isSubnormal }, "\(result)")
            #expect(result.map { $0 } == result.sorted(by: >))
            #expect(result[4] == .leastNonzeroMagnitude && result[5] == 0)
        }
    }

    @Test("Every length from 0 to 40 gives the values of a long array, and nothing is written behind")
    func tails() {
        checkTails(Float.self)
        checkTails(Double.self)
    }

    func checkTails<S: LaneScalar>(_: S.Type) {
        let x: [S] = (0..<48).map { S($0) / 8 - 3 }
        let functions: [ArrayFunction<S>] = [
            { VectorMath.exp($0, into: $1) }, { VectorMath.log1p($0, into: $1) },
            { VectorMath.sigmoid($0, into: $1) },
            { z, a in logisticTail(z, a) { a, _ in a } },
            { z, losses in logisticTail(z, losses) { _, losses in losses } },
        ]
        for f in functions {
            let all = values(f, at: x)
            for length in 0...40 {
                var room = [S](repeating: -77, count: 41)
                room.withUnsafeMutableBufferPointer { room in
                    x.withUnsafeBufferPointer { x in
                        f(
                            UnsafeBufferPointer(rebasing: x[..<length]),
                            UnsafeMutableBufferPointer(rebasing: room[..<length]))
                    }
                }
                #expect(zip(room, all).prefix(length).allSatisfy { $0 == $1 || $0.isNaN && $1.isNaN })
                #expect(room[length...].allSatisfy { $0 == -77 })
            }
        }
    }

    @Test("A value is the same whatever extremes stand beside it, and where it replaces its argument")
    func neighbours() {
        checkNeighbours(Float.self)
        checkNeighbours(Double.self)
    }

    func checkNeighbours<S: LaneScalar>(_: S.Type) {
        let extremes: [S] = [.infinity, -.infinity, .nan, -1000, 1000, -.nan]
        let functions: [ArrayFunction<S>] = [
            { VectorMath.exp($0, into: $1) }, { VectorMath.sigmoid($0, into: $1) },
            { z, a in logisticTail(z, a) { a, _ in a } },
            { z, losses in logisticTail(z, losses) { _, losses in losses } },
        ]
        // More than a block; the extremes come one at a time, each in another place.
        let plain: [S] = (0..<300).map { S($0) / 2 - 75 }
        for f in functions {
            let expected = values(f, at: plain)
            for (i, extreme) in extremes.enumerated() {
                let place = 40 * i + 3
                var x = plain
                x[place] = extreme
                var found = values(f, at: x)
                found[place] = expected[place]
                #expect(found == expected, "beside \(extreme)")
            }
        }
        for f in functions.prefix(2) {
            var inPlace = plain + extremes
            let expected = values(f, at: inPlace)
            inPlace.withUnsafeMutableBufferPointer { f(UnsafeBufferPointer($0), $0) }
            #expect(zip(inPlace, expected).allSatisfy { $0 == $1 || $0.isNaN && $1.isNaN })
        }
    }

    /// `VectorMath.logistic` as a function with one result.
    func logisticTail<S: LaneScalar>(
        _ z: UnsafeBufferPointer<S>, _ result: UnsafeMutableBufferPointer<S>, pick: ([S], [S]) -> [S]
    ) {
        let (activations, losses) = logisticValues(at: Array(z), label: 1)
        _ = result.update(fromContentsOf: pick(activations, losses))
    }
}
