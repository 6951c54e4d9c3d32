extension UlpSurveyResult {
    /// Counts one result in.
    @inline(__always)
    mutating func count(_ result: Float, exact: Double, at argument: Float) {
        arguments += 1
        if result.isNaN || exact.isNaN {
            if result.isNaN != exact.isNaN { noteMistake(at: argument) }
            return
        }
        let rounded = Float(exact)
        if !(result.isFinite && rounded.isFinite) || result == 0 {
            countLimit(result, exact: exact, rounded: rounded, at: argument)
        } else {
            note(error: Self.error(of: Double(result), exact: exact, rounded: rounded), at: argument)
        }
    }

    /// Adds what another part of the survey found.
    mutating func merge(_ other: UlpSurveyResult) {
        arguments += other.arguments
        let tie = other.greatestError == greatestError
        if other.greatestError > greatestError
            || tie && other.argumentOfGreatestError.bitPattern < argumentOfGreatestError.bitPattern
        {
            greatestError = other.greatestError
            argumentOfGreatestError = other.argumentOfGreatestError
        }
        specialValueMistakes += other.specialValueMistakes
        if let mistake = other.firstMistake, mistake.bitPattern < firstMistake?.bitPattern ?? .max {
            firstMistake = mistake
        }
    }

    /// Counts a result that is zero or infinite, or should be infinite.
    private mutating func countLimit(_ result: Float, exact: Double, rounded: Float, at argument: Float) {
        if result == 0 {
            // Underflow to zero is an error like every other; the sign must be right.
            if result.sign != exact.sign { noteMistake(at: argument) }
            if exact.isFinite {
                note(error: Self.error(of: 0, exact: exact, rounded: rounded), at: argument)
                return
            }
        }
        if exact.isInfinite || result.sign != exact.sign {
            if Double(result) != exact { noteMistake(at: argument) }
        } else if result != rounded {
            // Overflow too early or too late: infinity counts as the number that would follow.
            let clamp = { (value: Double) in max(-0x1p128, min(0x1p128, value)) }
            let error = abs(clamp(Double(result)) - clamp(exact)) / 0x1p104
            note(error: error, at: argument)
            if error > 16 { noteMistake(at: argument) }
        }
    }

    /// |result − exact| in units in the last place of `rounded`, at the least 2⁻¹⁴⁹.
    @inline(__always)
    private static func error(of result: Double, exact: Double, rounded: Float) -> Double {
        // The reciprocal of the unit, 2^(150 − E) for the biased exponent E, made from its bits: `ulp`
        // would be a function call for each of billions of arguments.
        let exponent = max(1, (rounded.bitPattern >> 23) & 0xff)
        let unitsPerOne = Double(bitPattern: UInt64(1023 + 150 - exponent) << 52)
        return abs(result - exact) * unitsPerOne
    }

    @inline(__always)
    private mutating func note(error: Double, at argument: Float) {
        if error > greatestError {
            greatestError = error
            argumentOfGreatestError = argument
        }
    }

    private mutating func noteMistake(at argument: Float) {
        specialValueMistakes += 1
        if firstMistake == nil { firstMistake = argument }
    }
}
