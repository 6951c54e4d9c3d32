/// The calling thread, and no other.
struct Alone: Workers {
    static var wakingNanoseconds: Double { .infinity }

    private let parts: Int

    init(workers: Int, parts: Int) { self.parts = parts }

    @inline(__always)
    func run<Step: SharedStep>(_ step: Step) {
        for part in 0..<parts {
            step.sum(part, as: 0)
            step.add(part)
        }
    }

    var workersInLatestStep: Int { 1 }
}
