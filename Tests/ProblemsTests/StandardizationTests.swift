import Foundation
import Problems
import Testing

@Suite("Standardization brings every finite column to mean 0 and deviation 1")
struct StandardizationTests {
    func standardization(_ column: [Double]) throws -> Standardization {
        try Standardization(try Dataset(samples: column.map { [$0] }, labels: column.map { _ in 0 }))
    }

    static let column = [1.5, -2, 0.25, 7, 3.125]

    @Test(
        "A power of two as factor is one of mean and deviation, bit for bit",
        arguments: [-1000, -540, 500, 1020])
    func powersOfTwo(exponent: Int) throws {
        let factor = Double(sign: .plus, exponent: exponent, significand: 1)
        let (plain, scaled) = (
            try standardization(Self.column), try standardization(Self.column.map { $0 * factor })
        )
        #expect(scaled.means[0] == plain.means[0] * factor)
        #expect(scaled.deviations[0] == plain.deviations[0] * factor)
    }

    @Test(
        "A power of ten as factor changes standardized values by some roundings",
        arguments: [-305, -162, 154, 307])
    func powersOfTen(exponent: Int) throws {
        let column = Self.column.map { Double("\($0)e\(exponent)") ?? .nan }
        let (plain, scaled) = (try standardization(Self.column), try standardization(column))
        for (x, y) in zip(Self.column, column) {
            let (a, b) = (plain.applied(to: x, feature: 0), scaled.applied(to: y, feature: 0))
            #expect((a - b).magnitude < 1e-13, "\(x): \(a), \(b)")
        }
    }

    @Test("Values whose sum is beyond the greatest Double")
    func sumBeyond() throws {
        let column = [1e308, 1.5e308, 1.2e308]
        let found = try standardization(column)
        #expect((found.means[0] / 1.2333333333333333e308 - 1).magnitude < 1e-15)
        // √(19/450)·10³⁰⁸.
        #expect((found.deviations[0] / 2.0548046676563256e307 - 1).magnitude < 1e-15)
        let values = column.map { found.applied(to: $0, feature: 0) }
        for (value, expected) in zip(values, [-1.1355, 1.2978, -0.1622]) {
            #expect((value - expected).magnitude < 5e-5)
        }
    }

    @Test("The greatest numbers of both signs, whose difference is beyond the greatest Double")
    func greatest() throws {
        let greatest = Double.greatestFiniteMagnitude
        let found = try standardization([greatest, -greatest])
        #expect(found.means == [0] && found.deviations == [greatest])
        let skewed = try standardization([greatest, -greatest, -greatest, -greatest])
        #expect((skewed.applied(to: greatest, feature: 0) - 3.0.squareRoot()).magnitude < 1e-15)
    }

    @Test("The deviation of neighbours, whose mean is no Double")
    func neighbours() throws {
        #expect(try standardization([1, 1.0.nextUp]).deviations == [0x1p-53])
    }

    @Test("A deviation that is no number is an error, and that of a constant is 0")
    func tooSmall() throws {
        let least = Double.leastNonzeroMagnitude
        #expect(throws: DatasetError.deviation(feature: 0)) {
            try standardization([least] + Array(repeating: 0, count: 99))
        }
        #expect(try standardization([least, least]).deviations == [0])
        #expect(try standardization([0.1, 0.1, 0.1]).deviations == [0])
    }
}
