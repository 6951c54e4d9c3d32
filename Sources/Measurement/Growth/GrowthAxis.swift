/// What grows while the other stays as it is.
package enum GrowthAxis: String, Sendable, CaseIterable {
    /// Samples, m.
    case samples
    /// Features of a sample, n_x.
    case features

    /// The size of a cell that grows.
    package func size(of cell: Cell) -> Int { self == .samples ? cell.m : cell.nx }

    /// The size of a cell that stays as it is.
    package func fixedSize(of cell: Cell) -> Int { self == .samples ? cell.nx : cell.m }
}
