import Problems

/// The JSON object that `unlooped train --json` prints. A NaN or an infinity is `null` in it.
struct TrainingResult<Scalar: RealScalar>: Encodable {
    /// J after some of the updates.
    struct Point: Encodable {
        let updates: Int
        let cost: JSONNumber<Scalar>
    }

    /// How the samples that were kept aside fare.
    struct Validation: Encodable {
        let m: Int
        let cost: JSONNumber<Double>
        let accuracy: Double
    }

    let implementation: String
    let scalar = Scalar.kind
    let m: Int
    let nx: Int
    let alpha: JSONNumber<Scalar>
    let iterations: Int
    let end: TrainingRun<Scalar>.End
    let cost: JSONNumber<Scalar>
    let accuracy: Double
    let validation: Validation?
    let b: JSONNumber<Scalar>
    let w: [JSONNumber<Scalar>]
    let features: [String]
    let costs: [Point]

    init(_ report: TrainingReport<Scalar>, _ run: TrainingRun<Scalar>) {
        let data = report.data.training
        (implementation, features) = (report.implementation, report.data.names.features)
        (m, nx, alpha) = (data.m, data.nx, JSONNumber(report.descent.learningRate))
        (iterations, end, cost) = (run.iterations, run.end, JSONNumber(run.finalCost))
        accuracy = run.model.accuracy(on: data)
        validation = report.data.validation.map {
            Validation(
                m: $0.m, cost: JSONNumber(run.model.cost(on: $0)), accuracy: run.model.accuracy(on: $0))
        }
        (b, w) = (JSONNumber(run.model.b), run.model.w.map(JSONNumber.init))
        costs = run.costs.indices.filter { TrainingReport<Scalar>.isMilestone($0) || $0 == run.iterations }
            .map {
                Point(updates: $0, cost: JSONNumber(run.costs[$0]))
            }
    }
}
