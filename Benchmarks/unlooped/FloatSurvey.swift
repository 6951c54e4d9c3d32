import Agreement
import Foundation
import Ladders
import Problems
import Synchronization

/// A progress line that several threads may write.
private final class SharedProgress: Sendable {
    private let line = Mutex(ProgressLine())

    func update(_ text: String) { line.withLock { $0.update(text) } }

    func finish() { line.withLock { $0.finish() } }
}

/// `unlooped verify --every-float`: the vectorized functions at each of the 2³² values of `Float`.
struct FloatSurvey {
    /// What every function must keep to.
    static let greatestUlps = 2.0

    let json: Bool

    private struct Row: Encodable {
        let function: String
        let ulps: Double
        let argument: Float
        let mistakes: Int
        let arguments: Int
        let holds: Bool
    }

    func run() throws -> ExitCode {
        let line = SharedProgress()
        func survey(_ name: String) -> UlpSurvey {
            UlpSurvey { done in
                line.update("\(name): \(Int(done * 100)) %")
                return !Interrupt.isRequested
            }
        }
        var rows: [Row] = []
        func add(_ name: String, _ result: UlpSurveyResult) {
            rows.append(
                Row(
                    function: name, ulps: result.greatestError, argument: result.argumentOfGreatestError,
                    mistakes: result.specialValueMistakes, arguments: result.arguments,
                    holds: result.isComplete && result.holds(within: Self.greatestUlps)))
        }
        add("exp", survey("exp").exp { VectorMath.exp($0, into: $1) })
        add("log1p", survey("log1p").log1p { VectorMath.log1p($0, into: $1) })
        add("sigmoid", survey("sigmoid").sigmoid { VectorMath.sigmoid($0, into: $1) })
        for label in [Float(0), 1] {
            let result = survey("logistic, y = \(Int(label))").logistic(label: label) {
                VectorMath.logistic($0, labels: $1, activations: $2, losses: $3)
            }
            add("a, y = \(Int(label))", result.activation)
            add("L, y = \(Int(label))", result.loss)
        }
        line.finish()
        if json {
            print(try JSONText.line(rows))
        } else {
            print("function   arguments    ulp    at               wrong special values")
            for row in rows {
                print(
                    row.function.padded(to: 10), "\(row.arguments)".padded(to: 12),
                    String(format: "%.3f", row.ulps).padded(to: 6), "\(row.argument)".padded(to: 16),
                    row.mistakes)
            }
        }
        if Interrupt.isRequested { return .interrupted }
        for row in rows where !row.holds {
            Terminal.fail("\(row.function) is not within \(Self.greatestUlps) ulp everywhere")
        }
        return rows.allSatisfy(\.holds) ? .success : .failure
    }
}
