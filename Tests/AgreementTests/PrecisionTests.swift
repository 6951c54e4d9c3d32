import Agreement
import Foundation
import Problems
import Testing

@Suite("Extended precision")
struct PrecisionTests {
    /// |a − b| / |b|
    private func relative(_ a: DoubleDouble, _ b: DoubleDouble) -> Double {
        b.high == 0 ? a.high.magnitude : ((a - b) / b).high.magnitude
    }

    @Test("1/3 and 1/7 have more than a hundred bits")
    func divides() {
        let third = DoubleDouble(1) / DoubleDouble(3)
        #expect((third * DoubleDouble(3) - DoubleDouble(1)).high.magnitude < 0x1p-103)
        let sum = third + DoubleDouble(1) / DoubleDouble(7)
        #expect((sum * DoubleDouble(21) - DoubleDouble(10)).high.magnitude < 0x1p-98)
    }

    @Test("Sums and products of two Doubles are exact")
    func isExact() {
        let a = DoubleDouble(0x1p60) + DoubleDouble(0x1p-40)
        #expect(a.high == 0x1p60 && a.low == 0x1p-40)
        let x = DoubleDouble(1 + 0x1p-52) * DoubleDouble(1 + 0x1p-52)
        #expect(x.high == 1 + 0x1p-51 && x.low == 0x1p-104)
        var y = DoubleDouble(0)
        y.add(1 + 0x1p-52, times: 1 + 0x1p-52)
        #expect(y == x)
    }

    @Test("e and ln 2 are right to a hundred bits")
    func knowsConstants() {
        // From tables: e = 2.718281828459045 + 1.4456468917292502e-16, and e^(−1).
        let e = DoubleDouble.exp(DoubleDouble(1))
        #expect(relative(e, DoubleDouble(2.718281828459045) + DoubleDouble(1.4456468917292502e-16)) < 1e-30)
        let ln2 = DoubleDouble.log1p(DoubleDouble(1))
        #expect(
            relative(ln2, DoubleDouble(0.6931471805599453) + DoubleDouble(2.3190468138462996e-17)) < 1e-30)
    }

    @Test("exp and log1p undo each other", arguments: [1e-12, 1e-6, 0.01, 0.3, 1, 7.5, 40])
    func invert(_ x: Double) {
        let y = DoubleDouble.exp(DoubleDouble(x)) - DoubleDouble(1)
        #expect((DoubleDouble.log1p(y) - DoubleDouble(x)).high.magnitude < 1e-29)
    }

    @Test("exp has its limits")
    func limits() {
        #expect(DoubleDouble.exp(DoubleDouble(1000)).high == .infinity)
        #expect(DoubleDouble.exp(DoubleDouble(-1000)).high == 0)
        #expect(DoubleDouble.exp(DoubleDouble(.nan)).high.isNaN)
        #expect(DoubleDouble.exp(DoubleDouble(-745)).high == Foundation.exp(-745.0))
    }

    @Test("The reference gives J, dw and db that were computed outside of Swift")
    func matchesFixtures() throws {
        func check<S: RealScalar>(_: S.Type, _ set: Fixture.Set) throws {
            let data = try Dataset<S>(samples: set.x.map { $0.map { S($0) } }, labels: set.y.map { S($0) })
            let m = DoubleDouble(Double(data.m))
            for values in set.models {
                let model = Model(w: values.w.map { S($0) }, b: S(values.b))
                let reference = Reference(data, model, isPrecise: true)
                // A subnormal J has few digits; those of a small one begin behind those of 1.
                let digits = values.J.high < 1e-290 ? 1e-10 : values.J.high < 1e-3 ? 1e-22 : 1e-26
                #expect(relative(reference.J, values.J) < digits)
                for (found, exact) in zip(reference.derivatives, values.dw + [values.db]) {
                    #expect((found / m - exact).high.magnitude < 1e-27)
                }
            }
        }
        for set in try Fixture.samples().sets {
            if set.scalar == .float { try check(Float.self, set) } else { try check(Double.self, set) }
        }
    }

    @Test("σ and L of both scalars are within 2 ulp of values computed outside of Swift")
    func matchesPoints() throws {
        func ulps<S: RealScalar>(_ value: S, _ exact: DoubleDouble) -> Double {
            (DoubleDouble(Double(value)) - exact).high.magnitude / Double(S(exact.high).ulp)
        }
        for point in try Fixture.points() {
            let double = logistic(point.z, label: point.y)
            #expect(ulps(double.a, point.a) <= 2 && ulps(double.loss, point.loss) <= 2, "z = \(point.z)")
            let float = logistic(Float(point.z), label: Float(point.y))
            #expect(ulps(float.a, point.a) <= 2 && ulps(float.loss, point.loss) <= 2, "z = \(point.z)")
        }
    }

    @Test("The analytic gradient is the numeric one")
    func isTheDerivative() throws {
        let data = try Dataset<Double>.synthetic(m: 20, nx: 3, seed: 11)
        let model = Model<Double>(w: [0.5, -1, 2], b: 0.25)
        let (reference, numeric) = (Reference(data, model), NumericGradient(data, model))
        for j in 0...3 {
            let difference = (reference.derivatives[j] - numeric.derivatives[j]).high.magnitude / 20
            #expect(difference <= numeric.truncation[j])
            #expect(numeric.truncation[j] < 1e-14)
        }
    }
}
