import Foundation
import Problems
import Testing

@Suite("Measures of a classification are what scikit-learn computes")
struct EvaluationTests {
    struct Case: Decodable, CustomTestStringConvertible {
        struct Measures: Decodable {
            let truePositives, falsePositives, trueNegatives, falseNegatives: Int
            let accuracy, precision, recall, f1, logLoss, rocAUC: Double
        }
        let name: String
        let z, y: [Double]
        let measures: Measures
        var testDescription: String { name }
    }

    /// Those of `Fixtures/make_metrics.py`.
    static let cases: [Case] = {
        let file = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
            .appendingPathComponent("Fixtures/metrics.json")
        let cases = try? JSONDecoder().decode([Case].self, from: Data(contentsOf: file))
        return (cases ?? []).filter { !$0.z.isEmpty }
    }()

    func near(_ value: Double?, _ expected: Double) -> Bool {
        guard let value else { return false }
        return abs(value - expected) <= 1e-12 * max(1, abs(expected))
    }

    @Test("There are fixtures") func fixtures() { #expect(Self.cases.count == 9) }

    @Test("Each measure is scikit-learn's to 1e-12", arguments: cases)
    func measures(of fixture: Case) {
        let found = Evaluation(z: fixture.z, labels: fixture.y)
        let (confusion, expected) = (found.confusion, fixture.measures)
        #expect(confusion.truePositives == expected.truePositives)
        #expect(confusion.falsePositives == expected.falsePositives)
        #expect(confusion.trueNegatives == expected.trueNegatives)
        #expect(confusion.falseNegatives == expected.falseNegatives)
        #expect(near(confusion.accuracy, expected.accuracy))
        // Where nothing is in the denominator, scikit-learn takes 0.
        #expect(near(confusion.precision ?? 0, expected.precision))
        #expect(near(confusion.recall ?? 0, expected.recall))
        #expect(near(confusion.f1 ?? 0, expected.f1))
        #expect(near(found.logLoss, expected.logLoss), "\(found.logLoss)")
        #expect(near(found.rocAUC, expected.rocAUC), "\(found.rocAUC ?? .nan)")
    }

    @Test("A tie counts one half, and order alone counts otherwise")
    func rocAUC() {
        #expect(Evaluation.rocAUC([1, 2, 3, 4], [0, 0, 1, 1]) == 1)
        #expect(Evaluation.rocAUC([4, 3, 2, 1], [0, 0, 1, 1]) == 0)
        #expect(Evaluation.rocAUC([0, 0, 0, 0], [0, 1, 0, 1]) == 0.5)
        // Of the four pairs, two are right, one is wrong and one is a tie.
        #expect(Evaluation.rocAUC([1, 2, 2, 0.5], [0, 0, 1, 1]) == 0.375)
        #expect(Evaluation.rocAUC([1e-300, 2e-300, 1e300], [0, 1, 1]) == 1)
    }

    @Test("What divides by nothing is nil")
    func undefined() {
        let none = Evaluation(z: [-1, -2], labels: [0, 0])
        #expect(none.confusion.precision == nil)
        #expect(none.confusion.recall == nil)
        #expect(none.confusion.f1 == nil)
        #expect(none.rocAUC == nil)
        #expect(none.confusion.accuracy == 1)
        #expect(Confusion().accuracy == nil)
    }

    @Test("A sample that is wrong with certainty counts in full")
    func saturated() {
        #expect(Evaluation(z: [1000, -1000], labels: [0, 1]).logLoss == 1000)
        #expect(Evaluation(z: [.infinity], labels: [0]).logLoss == .infinity)
        #expect(Evaluation(z: [.infinity], labels: [1]).logLoss == 0)
    }

    @Test("One half is predicted as 1, as Model decides")
    func half() {
        let confusion = Evaluation(z: [0, -0.0, -1e-9], labels: [1, 1, 1]).confusion
        #expect((confusion.truePositives, confusion.falseNegatives) == (2, 1))
    }
}
