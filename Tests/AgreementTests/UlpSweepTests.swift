import Agreement
import Foundation
import Problems
import Testing

@Suite("A sweep in Double finds the greatest error")
struct UlpSweepTests {
    private let sweep = UlpSweep(count: 200, seed: 3)

    private func each(_ f: @escaping (Double) -> Double) -> UlpSweep.Function {
        { x, y in for i in x.indices { y[i] = f(x[i]) } }
    }

    @Test("The C library's functions are within the few ulp that they are known to be off")
    func library() {
        let exp = sweep.exp(each { Foundation.exp($0) })
        #expect(exp > 0.3 && exp < 0.6)
        #expect(sweep.sigmoid(each { sigmoid($0) }) < 3)
        for label in [0.0, 1] {
            let loss = sweep.loss(label: label) { z, y, _, losses in
                for i in z.indices { losses[i] = logistic(z[i], label: y[i]).loss }
            }
            #expect(loss > 0.3 && loss < 3)
        }
    }

    @Test("Three units too many at a single argument are three units, and no number is an infinite error")
    func wrong() {
        var count = 0
        let off = sweep.exp { x, y in
            for i in x.indices { y[i] = Foundation.exp(x[i]) }
            y[117] += 3 * y[117].ulp
            count = x.count
        }
        #expect(count == 200 && off > 2.4 && off < 3.6)
        #expect(sweep.sigmoid(each { $0 > 500 ? .nan : sigmoid($0) }) == .infinity)
    }

    @Test("Labels are told apart")
    func labels() {
        let wrong = sweep.loss(label: 1) { z, _, _, losses in
            for i in z.indices { losses[i] = logistic(z[i], label: 0).loss }
        }
        #expect(wrong > 1e6)
    }
}
