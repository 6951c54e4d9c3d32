/// Something that makes numbers less sure than they look, with what to do about it.
package struct Advice: Codable, Sendable, Equatable {
    /// What it is about.
    package enum Kind: String, Codable, Sendable, CaseIterable {
        /// The program was not optimized.
        case debugBuild
        /// Other programs were running before it began.
        case load
        /// Something else had the processor while samples were taken.
        case disturbed
        /// There are too few rounds or blocks for the intervals and comparisons that rest on them.
        case fewSamples
        /// Intervals are wide.
        case spread
        /// Times went one way in the course of the run.
        case drift
        /// More threads were asked for than there are processors.
        case threads
        /// A large X lay on small pages.
        case smallPages
        /// The two controls of a cell differ from what they repeat.
        case controls
        /// An implementation was faster than what should bound it.
        case ceiling
        /// Looking at the clock takes a part of the time that it tells.
        case clock
        /// Cells ended early, when their time was over.
        case budget
        /// Cells are not complete.
        case incomplete
        /// There are times of implementations that no judge has seen.
        case notJudged
    }

    /// What it is about.
    package let kind: Kind

    /// What was seen, and what to do, in a sentence or two.
    package let message: String

    /// Advice.
    package init(_ kind: Kind, _ message: String) { (self.kind, self.message) = (kind, message) }

    /// All that `results` give reason for, the gravest first.
    package static func all(of results: Results) -> [Advice] {
        ofTheBuild(results) + ofTheMachine(results) + ofTheSamples(results) + ofTheTimes(results)
    }
}
