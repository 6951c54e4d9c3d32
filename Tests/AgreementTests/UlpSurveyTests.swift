import Agreement
import Foundation
import Ladders
import Testing

/// The stride of a sample that takes a moment: a debug build runs vectors a hundred times slower.
#if DEBUG
let sampleStride = 1_000_003
#else
let sampleStride = 8_191
#endif

@Suite("The survey of a Float function in ulps")
struct UlpSurveyTests {
    let survey = UlpSurvey(stride: sampleStride)

    @Test("The exponential is within 1 ulp on a dense sample of floats")
    func exponential() {
        #expect(survey.exp { VectorMath.exp($0, into: $1) }.holds(within: 1))
    }

    @Test("log1p is within 1 ulp on a dense sample of floats")
    func log1p() {
        #expect(survey.log1p { VectorMath.log1p($0, into: $1) }.holds(within: 1))
    }

    @Test("The sigmoid is within 2 ulp on a dense sample of floats")
    func sigmoid() {
        #expect(survey.sigmoid { VectorMath.sigmoid($0, into: $1) }.holds(within: 2))
    }

    @Test("Activation and loss are within 2 ulp on a dense sample of floats", arguments: [Float(0), 1])
    func logistic(label: Float) {
        let result = survey.logistic(label: label) {
            VectorMath.logistic($0, labels: $1, activations: $2, losses: $3)
        }
        #expect(result.activation.holds(within: 2))
        #expect(result.loss.holds(within: 2))
    }

    @Test("Rounding the value in Double correctly has an error of at most half an ulp")
    func correctRounding() {
        let result = survey.exp { x, y in
            for i in x.indices { y[i] = Float(Foundation.exp(Double(x[i]))) }
        }
        #expect(result.holds(within: 0.5))
        #expect(result.greatestError > 0.49)
        #expect(result.arguments == ((1 << 32) + sampleStride - 1) / sampleStride)
    }

    @Test("A function that is one ulp off is flagged, with an argument where it is")
    func oneUlpOff() {
        let result = survey.exp { x, y in
            for i in x.indices { y[i] = Float(Foundation.exp(Double(x[i]))).nextUp }
        }
        #expect(!result.holds(within: 1))
        #expect(result.greatestError > 1 && result.greatestError <= 1.5)
        let x = result.argumentOfGreatestError
        #expect(Float(Foundation.exp(Double(x))).nextUp > Float(Foundation.exp(Double(x))))
    }

    @Test("Underflow to zero before its time is flagged")
    func flushedToZero() {
        let result = survey.exp { x, y in
            for i in x.indices {
                let value = Float(Foundation.exp(Double(x[i])))
                y[i] = value.isSubnormal ? 0 : value
            }
        }
        #expect(result.greatestError > 1000)
    }

    @Test("A wrong NaN, a wrong infinity and a wrong sign of zero are special-value mistakes")
    func specialValueMistakes() {
        let noNaN = survey.exp { x, y in
            for i in x.indices { y[i] = x[i].isNaN ? 1 : Float(Foundation.exp(Double(x[i]))) }
        }
        #expect(noNaN.specialValueMistakes > 0 && noNaN.firstMistake?.isNaN == true)

        let finite = survey.exp { x, y in
            for i in x.indices { y[i] = min(.greatestFiniteMagnitude, Float(Foundation.exp(Double(x[i])))) }
        }
        #expect(finite.specialValueMistakes > 0 && finite.firstMistake ?? 0 > 88)

        let unsigned = UlpSurvey(stride: 1 << 24).log1p { x, y in
            for i in x.indices { y[i] = x[i] == 0 ? 0 : Float(Foundation.log1p(Double(x[i]))) }
        }
        #expect(unsigned.specialValueMistakes == 1 && unsigned.firstMistake?.sign == .minus)
    }

    @Test("The textbook loss, without its safe form, is flagged")
    func textbookLoss() {
        let result = survey.logistic(label: 1) { z, _, activations, losses in
            for i in z.indices {
                activations[i] = 1 / (1 + Foundation.exp(-z[i]))
                losses[i] = -Foundation.log(activations[i])
            }
        }
        #expect(!result.loss.holds(within: 2))
    }

    @Test("A survey that is stopped says that it is not complete")
    func cancellation() {
        let survey = UlpSurvey(stride: sampleStride) { fraction in fraction > 0.5 }
        let result = survey.exp { VectorMath.exp($0, into: $1) }
        #expect(!result.isComplete && !result.holds(within: 2))
    }
}
