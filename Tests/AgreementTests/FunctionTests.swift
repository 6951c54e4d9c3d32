import Agreement
import Foundation
import Ladders
import Problems
import Testing

@Suite("The judge of functions")
struct FunctionTests {
    /// The verdicts on the library's functions, with others in place of some.
    ///
    /// - Parameter changed: what else an array of exponentials goes through.
    private func verdicts<S: RealScalar>(
        exp: @escaping (S) -> S = { S.exp($0) }, log1p: @escaping (S) -> S = { S.log1p($0) },
        loss: @escaping (S, S) -> S = { Problems.logistic($0, label: $1).loss },
        changed: @escaping (UnsafeMutableBufferPointer<S>) -> Void = { _ in }
    ) -> [Verdict] {
        func each(_ f: @escaping (S) -> S) -> VectorFunctions<S>.Function {
            { x, y in
                for i in x.indices { y[i] = f(x[i]) }
            }
        }
        let functions = VectorFunctions<S> { x, y in
            each(exp)(x, y)
            changed(y)
        } log1p: {
            each(log1p)($0, $1)
        } sigmoid: {
            each { Problems.sigmoid($0) }($0, $1)
        } logistic: { z, y, a, losses in
            for i in z.indices { (a[i], losses[i]) = (Problems.sigmoid(z[i]), loss(z[i], y[i])) }
        }
        return Judge<S>(suite: .small).verdicts(on: functions)
    }

    private func rejected(_ verdicts: [Verdict]) -> Set<String> {
        Set(verdicts.filter { $0.outcome == .failed }.map { "\($0.implementation) \($0.name)" })
    }

    private func expectAgreement(_ verdicts: [Verdict]) {
        #expect(!verdicts.isEmpty)
        for verdict in verdicts {
            #expect(verdict.outcome == .passed, "\(verdict.place): \(verdict.message)")
            #expect(verdict.kind == .functions)
        }
    }

    @Test("The library's functions pass, in both scalars")
    func library() {
        expectAgreement(verdicts(exp: { (x: Float) in Foundation.exp(x) }))
        expectAgreement(verdicts(exp: { (x: Double) in Foundation.exp(x) }))
    }

    @Test("So do the ladder's own")
    func vectors() {
        func check<S: LaneScalar>(_: S.Type) {
            let functions = VectorFunctions<S> {
                VectorMath.exp($0, into: $1)
            } log1p: {
                VectorMath.log1p($0, into: $1)
            } sigmoid: {
                VectorMath.sigmoid($0, into: $1)
            } logistic: {
                VectorMath.logistic($0, labels: $1, activations: $2, losses: $3)
            }
            expectAgreement(Judge<S>(suite: .small).verdicts(on: functions))
        }
        check(Float.self)
        check(Double.self)
    }

    private let inexactExp: Set = ["functions.exp ulps"]

    @Test("An exponential that is off by eight units in the last place is rejected, with the place")
    func inexact() throws {
        let found = verdicts(exp: { (x: Double) in Foundation.exp(x) * (1 + 8 * Double.ulpOfOne) })
        #expect(rejected(found) == inexactExp)
        let failed = found.filter { $0.outcome == .failed }
        #expect(failed.allSatisfy { $0.message.contains("should be") && ($0.error ?? 0) > 3 })
        let float = verdicts(exp: { (x: Float) in Foundation.exp(x) * (1 + 8 * Float.ulpOfOne) })
        #expect(rejected(float) == inexactExp)
    }

    @Test("A wrong special value is rejected")
    func specialValues() {
        let noNaN = verdicts(exp: { (x: Float) in x.isNaN ? 1 : Foundation.exp(x) })
        #expect(rejected(noNaN) == inexactExp)
        let finite = verdicts(exp: { (x: Double) in min(.greatestFiniteMagnitude, Foundation.exp(x)) })
        #expect(rejected(finite) == inexactExp)
        let flushed = verdicts(exp: { (x: Double) in x < -708.4 ? 0 : Foundation.exp(x) })
        #expect(rejected(flushed) == inexactExp)
        let unsigned = verdicts(log1p: { (x: Double) in x == 0 ? 0 : Foundation.log1p(x) })
        #expect(rejected(unsigned) == ["functions.log1p ulps"])
    }

    @Test("So is a logarithm or a loss that loses its small terms, and labels that are not told apart")
    func smallTerms() {
        let rounded = verdicts(log1p: { (x: Double) in Foundation.log(1 + x) })
        #expect(rejected(rounded) == ["functions.log1p ulps"])
        let losses = verdicts(
            loss: { (z: Float, y: Float) in
                let t = y == 1 ? -z : z
                return max(t, 0) + Foundation.log(1 + Foundation.exp(-t.magnitude))
            })
        #expect(rejected(losses) == ["functions.loss, y = 0 ulps", "functions.loss, y = 1 ulps"])
        let labels = verdicts(loss: { (z: Double, _) in Problems.logistic(z, label: 0).loss })
        #expect(rejected(labels) == ["functions.loss, y = 1 ulps"])
    }

    @Test("So is a result that depends on the length of the array, and one that is written beyond it")
    func arrays() {
        let wrong: Set = ["functions.exp lengths and offsets"]
        let tail = verdicts(changed: { (y: UnsafeMutableBufferPointer<Float>) in
            if y.count == 33 { y[32] = -1 }
        })
        #expect(rejected(tail) == wrong)
        let beyond = verdicts(changed: { (y: UnsafeMutableBufferPointer<Double>) in
            if y.count == 7 { y.baseAddress?.advanced(by: 7).pointee = 0 }
        })
        #expect(rejected(beyond) == wrong)
    }
}
