import Foundation

extension GrowthLaw {
    /// Why a law does not hold.
    package enum Doubt: Sendable, Equatable {
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
    }
}

extension GrowthLaw.Doubt {
    /// What keeps points from being fitted.
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
        let flat = GrowthAxis.allCases.first { axis in Set(points.map { axis.size(of: $0.cell) }).count < 2 }
        guard let flat else { return nil }
        self = .oneSize(flat)
    }

    /// What the residuals of a fit tell against it.
    init?(of residuals: [GrowthLaw.Residual]) {
        let worst = residuals.max { $0.relative.magnitude < $1.relative.magnitude }
        guard let worst, !(worst.relative.magnitude <= GrowthLaw.greatestAllowedResidual) else { return nil }
        self = .off(worst)
    }
}

extension GrowthLaw.Doubt: CustomStringConvertible {
    /// In words, such as `off by 31 % at m = 1000, n_x = 8`.
    package var description: String {
        switch self {
        case .fewCells(let count): "only \(count) \(count == 1 ? "cell" : "cells")"
        case .oneSize(let axis): "only one \(axis == .samples ? "m" : "n_x")"
        case .unusable(let cell, let nanoseconds):
            "a time of \(nanoseconds) ns at m = \(cell.m), n_x = \(cell.nx)"
        case .ambiguous: "its cells do not tell the terms apart"
        case .off(let residual):
            """
            off by \(Self.percent(residual.relative)) % \
            at m = \(residual.cell.m), n_x = \(residual.cell.nx)
            """
        }
    }

    /// The magnitude in whole percent.
    private static func percent(_ relative: Double) -> String {
        String(format: "%.0f", 100 * relative.magnitude)
    }
}
