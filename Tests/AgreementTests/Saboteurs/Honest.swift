import Problems

/// One honest, plain implementation with a number of places where it can be sabotaged.
///
/// It works in blocks of 16 samples and parts of 32 blocks, like the real ones, so that there are tails
/// and parts to get wrong.
class Honest<Scalar: RealScalar> {
    class var sums: Summation { .running }
    class var isThreaded: Bool { false }
    class var storage: Storage { .scalar }
    class var name: String { "test.honest" }
    /// The shapes that it says take its paths.
    class var shapes: [Shape] { [] }

    let data: Dataset<Scalar>
    let threads: Int
    private(set) var workers = 1

    required init(_ data: Dataset<Scalar>, threads: Int) {
        (self.data, self.threads) = (data, threads)
    }

    static var rung: Rung<Scalar> {
        let info = RungInfo(name, after: nil, "a test", sums: sums, storage: storage, isThreaded: isThreaded)
        let type = self
        return Rung(info, shapes: { type.shapes }) { _, _ in
            0
        } prepare: { problem, threads in
            type.init(problem.data, threads: threads).prepared
        }
    }
    var prepared: Prepared<Scalar> {
        Prepared {
            self.workersInLatestGradient
        } gradient: {
            self.gradient(at: $0, into: &$1)
        }
    }
    var workersInLatestGradient: Int { Self.isThreaded ? threads : 1 }

    // What saboteurs replace.

    /// The samples that are added up, in order.
    func samples() -> [Int] { Array(0..<data.m) }
    /// z of a sample.
    func linear(_ x: UnsafeBufferPointer<Scalar>, _ model: Model<Scalar>) -> Scalar { model.linear(x) }
    /// a and L.
    func logistic(_ z: Scalar, _ y: Scalar) -> (Scalar, Scalar) {
        let (a, loss) = Problems.logistic(z, label: y)
        return (a, loss)
    }
    /// dz.
    func difference(_ a: Scalar, _ y: Scalar) -> Scalar { a - y }
    /// Features that the backward pass takes.
    func backward() -> Range<Int> { 0..<data.nx }
    /// What stands in the sums before.
    func start(_ gradient: inout Gradient<Scalar>) { gradient.reset() }
    /// The division by m.
    func finish(_ gradient: inout Gradient<Scalar>) { gradient.divide(by: data.m) }
    /// The model that is used.
    func model(_ model: Model<Scalar>) -> Model<Scalar> { model }

    func gradient(at given: Model<Scalar>, into gradient: inout Gradient<Scalar>) {
        let model = self.model(given)
        start(&gradient)
        for i in samples() {
            let x = data.sample(i)
            let y = data.y.elements[i]
            let (a, loss) = logistic(linear(x, model), y)
            let dz = difference(a, y)
            gradient.J += loss
            for j in backward() { gradient.dw[j] += x[j] * dz }
            gradient.db += dz
        }
        finish(&gradient)
    }
}

/// The honest one itself: the judge must accept it.
final class Blameless<Scalar: RealScalar>: Honest<Scalar> {}
