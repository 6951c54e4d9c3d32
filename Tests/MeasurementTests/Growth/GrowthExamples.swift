import Problems
import Measurement

/// Cells and points made up for tests.
enum GrowthExamples {
    static func cell(_ m: Int, _ nx: Int) -> Cell { Cell(m: m, nx: nx, scalar: .float, threads: 2) }

    /// Points over each m and n_x with the times that `time` gives.
    static func points(_ m: [Int], _ nx: [Int], _ time: (Double, Double) -> Double) -> [GrowthPoint] {
        nx.flatMap { nx in
            m.map { GrowthPoint(cell: cell($0, nx), nanoseconds: time(Double($0), Double(nx))) }
        }
    }

    /// Factors along m at n_x = 8, each with its interval.
    static func factors(_ factors: [(m: Int, low: Double, median: Double, high: Double)]) -> [FactorPoint] {
        factors.map { FactorPoint(cell: cell($0.m, 8), median: $0.median, low: $0.low, high: $0.high) }
    }
}

/// Whether two numbers agree to that part of the second.
func isNear(_ value: Double?, _ reference: Double, within part: Double = 1e-9) -> Bool {
    value.map { ($0 - reference).magnitude <= part * reference.magnitude } ?? false
}
