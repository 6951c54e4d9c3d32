import Problems
import Reporting
import Testing

@Suite("The page of a training is made from plain numbers")
struct TrainingPageTests {
    func page(_ costs: [Double], data: String = "d", isValidated: Bool = true) -> TrainingPage {
        TrainingPage(
            data: data,
            course: costs.enumerated().map { updates, cost in
                .init(
                    updates: updates, cost: cost, gradient: cost / 2,
                    validationCost: isValidated ? cost * 2 : nil)
            },
            scores: [.init("training set", Evaluation(z: [-1, 1, 2], labels: [0, 1, 0]))],
            facts: [("data", data), ("scalar", "float")])
    }

    @Test("It says the cost at both ends, and has a curve for each kind of samples and one for the gradient")
    func curves() {
        let text = page([0.7, 0.5, 0.25]).html
        #expect(Markup(text).faults == [])
        #expect(text.contains("On d J went from 0.700 to <strong>0.250</strong> in 2 updates"))
        #expect(text.contains("finds the label of 66.67\u{A0}% of the training set."))
        #expect(text.contains("Validation set: from 1.40 to 0.500 after 2 updates."))
        #expect(text.contains("Length of the gradient: from 0.350 to 0.125 after 2 updates."))
        #expect(Markup(text).elements.count { $0 == "svg" } == 2)
        #expect(!page([0.7, 0.5], isValidated: false).html.contains("validation set"))
    }

    @Test("What cannot be drawn is left out, and names are text and nothing else")
    func odd() {
        for costs in [[], [0.7], [0.7, .nan], [0.7, .infinity, .nan], [0, 0, 0]] as [[Double]] {
            let markup = Markup(page(costs, data: Pages.hostile).html)
            #expect(markup.faults == [], "\(costs)")
            #expect(!markup.elements.contains("svg") && !markup.elements.contains("script"), "\(costs)")
        }
    }
}
