/// What was measured of a target in one place.
package struct LimitFinding: Sendable, Equatable {
    /// What it was measured of.
    package enum Subject: Sendable, Equatable {
        /// The fastest implementation of a cell, and what it is measured by, in the same rounds.
        case rung(RungResult, beside: RungResult, in: CellResult)
        /// A function.
        case function(FunctionResult)
        /// One implementation over cells of growing size.
        case growth(rung: String, [CellResult])
    }

    /// The target.
    package let target: LimitTarget

    /// What it was measured of.
    package let subject: Subject

    /// What is to be at least, or at most, what the target asks for.
    package let value: Double

    /// Its interval; nil of what is counted, not timed.
    package let interval: Interval?

    /// How far the target is reached here.
    package var answer: LimitTarget.Answer { target.answer(value, interval) }

    /// Of several findings of one target the one that is farthest from what is asked for; nil of none.
    package static func worst(_ findings: [LimitFinding]) -> LimitFinding? {
        findings.first?.target.isUpperBound == true
            ? findings.max { $0.value < $1.value } : findings.min { $0.value < $1.value }
    }
}
