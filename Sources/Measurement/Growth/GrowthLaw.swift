import Foundation

/// The law T(m, n_x) = c₀ + c₁·m + c₂·n_x + c₃·m·n_x of one implementation, scalar, number of threads and
/// cache regime, fitted to the times of cells.
///
/// No coefficient is negative, as each is the cost of something. The fit makes the relative residuals small
/// (weights 1 / T²), so that small cells count as much as large ones. The law holds where all of this does:
/// - it rests on at least 6 cells of different shape (so on more cells than coefficients);
/// - with at least two m and two n_x, placed so that all four terms can be told apart;
/// - it is off by 15 % at most in each of the cells.
package struct GrowthLaw: Sendable, Equatable {
    /// The least number of cells of different shape.
    package static let fewestCells = 6

    /// The greatest relative residual with which a law holds.
    package static let greatestAllowedResidual = 0.15

    /// The coefficients, none negative.
    package struct Terms: Sendable, Equatable {
        /// c₀, of each step.
        package let nanoseconds: Double

        /// c₁, of each sample.
        package let nanosecondsPerSample: Double

        /// c₂, of each feature, once a step.
        package let nanosecondsPerFeature: Double

        /// c₃, of each value of X.
        package let nanosecondsPerValue: Double

        /// The time of a step by the law.
        package func nanoseconds(m: Int, nx: Int) -> Double {
            let (m, nx) = (Double(m), Double(nx))
            return nanoseconds + nanosecondsPerSample * m + nanosecondsPerFeature * nx
                + nanosecondsPerValue * m * nx
        }
    }

    /// The error of the law in one cell.
    package struct Residual: Sendable, Equatable {
        package let cell: Cell

        /// The time by the law less the measured time, in parts of the measured one.
        package let relative: Double
    }

    /// The coefficients; nil where the cells do not determine them.
    package let terms: Terms?

    /// One for each cell, in the order that they were given in; empty without coefficients.
    package let residuals: [Residual]

    /// The reason why the law does not hold; nil where it does.
    package let doubt: Doubt?

    /// The number of cells.
    package let count: Int

    package init(_ points: [GrowthPoint]) {
        count = points.count
        let terms = Doubt(before: points) == nil ? Terms(points) : nil
        self.terms = terms
        guard let terms else {
            (residuals, doubt) = ([], Doubt(before: points) ?? .ambiguous)
            return
        }
        residuals = points.map { point in
            let time = terms.nanoseconds(m: point.cell.m, nx: point.cell.nx)
            return Residual(cell: point.cell, relative: (time - point.nanoseconds) / point.nanoseconds)
        }
        doubt = Doubt(of: residuals)
    }

    /// Whether the measured times bear the law out.
    package var holds: Bool { doubt == nil }

    /// The relative residual of the greatest magnitude, without its sign; nil without coefficients.
    package var greatestResidual: Double? { residuals.map { $0.relative.magnitude }.max() }

    /// The root of the mean square of the relative residuals; nil without coefficients.
    package var rootMeanSquareResidual: Double? {
        guard !residuals.isEmpty else { return nil }
        return (residuals.reduce(0) { $0 + $1.relative * $1.relative } / Double(residuals.count)).squareRoot()
    }
}

extension GrowthLaw.Terms {
    /// The fit; nil where the points do not determine all coefficients.
    fileprivate init?(_ points: [GrowthPoint]) {
        let rows = points.map {
            [1, Double($0.cell.m), Double($0.cell.nx), Double($0.cell.m) * Double($0.cell.nx)]
        }
        let times = points.map { $0.nanoseconds }
        let weights = times.map { 1 / ($0 * $0) }
        guard let fit = LeastSquares(rows: rows, values: times, weights: weights), fit.isDetermined else {
            return nil
        }
        (nanoseconds, nanosecondsPerSample) = (fit.coefficients[0], fit.coefficients[1])
        (nanosecondsPerFeature, nanosecondsPerValue) = (fit.coefficients[2], fit.coefficients[3])
    }
}

extension GrowthLaw {
    /// A reason why a law does not hold.
    package enum Doubt: Sendable, Equatable, CustomStringConvertible {
        /// Too few cells of different shape.
        case fewCells(Int)
        /// All cells have one m, or one n_x.
        case oneSize(GrowthAxis)
        /// A time that is not positive or not finite.
        case unusable(Cell, nanoseconds: Double)
        /// Other coefficients fit as well, as with cells that all have one m·n_x.
        case ambiguous
        /// A residual that is too great.
        case off(Residual)

        /// The reason why points cannot be fitted.
        init?(before points: [GrowthPoint]) {
            if let point = points.first(where: { !$0.isUsable }) {
                self = .unusable(point.cell, nanoseconds: point.nanoseconds)
                return
            }
            let shapes = Set(points.map { [$0.cell.m, $0.cell.nx] })
            if shapes.count < GrowthLaw.fewestCells {
                self = .fewCells(shapes.count)
                return
            }
            let flat = GrowthAxis.allCases.first { axis in
                Set(points.map { axis.size(of: $0.cell) }).count < 2
            }
            guard let flat else { return nil }
            self = .oneSize(flat)
        }

        /// Doubt from the residuals of a fit.
        init?(of residuals: [GrowthLaw.Residual]) {
            let worst = residuals.max { $0.relative.magnitude < $1.relative.magnitude }
            guard let worst, !(worst.relative.magnitude <= GrowthLaw.greatestAllowedResidual) else {
                return nil
            }
            self = .off(worst)
        }

        /// In words, such as `off by 31 % at m = 1000, n_x = 8`.
        package var description: String {
            switch self {
            case .fewCells(let count): "only \(count) \(count == 1 ? "cell" : "cells")"
            case .oneSize(let axis): "only one \(axis == .samples ? "m" : "n_x")"
            case .unusable(let cell, let nanoseconds):
                "a time of \(nanoseconds) ns at m = \(cell.m), n_x = \(cell.nx)"
            case .ambiguous: "its cells do not tell the terms apart"
            case .off(let residual):
                String(format: "off by %.0f %% at ", 100 * residual.relative.magnitude)
                    + "m = \(residual.cell.m), n_x = \(residual.cell.nx)"
            }
        }
    }
}

/// The time of a step in one cell.
package struct GrowthPoint: Sendable, Equatable {
    package let cell: Cell

    /// A median, as a rule.
    package let nanoseconds: Double

    package init(cell: Cell, nanoseconds: Double) { (self.cell, self.nanoseconds) = (cell, nanoseconds) }

    var isUsable: Bool { nanoseconds > 0 && nanoseconds.isFinite }
}
