import Agreement
import Foundation
import Ladders
import Problems
import Testing

@Suite("Error bounds")
struct BoundTests {
    @Test("An error just above its bound is found, one just below is not")
    func isSharp() throws {
        let data = try Dataset<Float>.synthetic(m: 40, nx: 5, seed: 2)
        let model = Model<Float>(w: [1, 2, -1, 0.5, -2], b: 0.1)
        let reference = Reference(data, model)
        let bound = ErrorBound(reference, .running)
        func gradient(_ change: (inout Gradient<Float>) -> Void) -> Gradient<Float> {
            var gradient = reference.exactGradient
            change(&gradient)
            return gradient
        }
        #expect(Comparison(reference.exactGradient, reference, bound).holds)
        for j in 0..<5 {
            let above = Comparison(
                gradient { $0.dw[j] += Float(bound.derivatives[j] * 1.2) }, reference, bound)
            #expect(!above.holds && above.element == "dw[\(j)]" && above.ratio > 1)
            #expect(
                Comparison(gradient { $0.dw[j] += Float(bound.derivatives[j] * 0.8) }, reference, bound).holds
            )
        }
        let J = try #require(bound.J)
        #expect(!Comparison(gradient { $0.J += Float(J * 1.2) }, reference, bound).holds)
        #expect(Comparison(gradient { $0.J -= Float(J * 0.8) }, reference, bound).holds)
        #expect(!Comparison(gradient { $0.db -= Float(bound.derivatives[5] * 1.2) }, reference, bound).holds)
        #expect(!Comparison(gradient { $0.db = .nan }, reference, bound).holds)
        #expect(!Comparison(gradient { $0.dw[3] = .infinity }, reference, bound).holds)
    }

    @Test("The tolerance is never above the worst case, and grows with the additions")
    func isOrdered() throws {
        let data = try Dataset<Float>.synthetic(m: 5000, nx: 3, seed: 2)
        let reference = Reference(data, Model<Float>(w: [1, 2, -1], b: 0.1))
        let running = ErrorBound(reference, .running)
        let blocks = ErrorBound(reference, .blocks(16, 1024))
        for j in 0..<3 {
            #expect(running.derivatives[j] <= running.worstCase[j])
            #expect(blocks.derivatives[j] < running.derivatives[j])
        }
        #expect(try #require(blocks.J) < #require(running.J))
    }

    @Test("Where no bound exists for J it says so")
    func hasLimits() throws {
        let data = try Dataset<Float>.synthetic(m: 10, nx: 1, seed: 2)
        let reference = Reference(data, Model<Float>(zeros: 1))
        #expect(ErrorBound(reference, .running).J != nil)
        // As many parts as there are samples count at most m additions, so m itself must be great.
        #expect(Summation.running.additions(m: 1 << 24) == 1 << 24)
    }

    /// A feature with λmax(X̃X̃ᵀ)/m known: x = ±1 in equal numbers has X̃X̃ᵀ/m = I.
    @Test("L is a quarter of the greatest eigenvalue")
    func knowsTheEigenvalue() throws {
        let data = try Dataset<Double>(samples: [[1], [-1], [1], [-1]], labels: [1, 0, 0, 1])
        let bound = RunBound(data, learningRate: 0.1, steps: 10, sums: .running)
        #expect(bound.lipschitz >= 0.25 && bound.lipschitz < 0.253)
        #expect(bound.isStable)
        #expect(!RunBound(data, learningRate: 100, steps: 1, sums: .running).isStable)
    }

    @Test("Longer runs may be farther apart")
    func growsWithSteps() throws {
        let data = try Dataset<Float>.synthetic(m: 60, nx: 3, seed: 5)
        let few = RunBound(data, learningRate: 0.1, steps: 10, sums: .running)
        let many = RunBound(data, learningRate: 0.1, steps: 100, sums: .running)
        #expect(0 < few.distance && few.distance < many.distance)
    }
}
