import Problems

/// `simd.packed` of networks: weights are packed once a step, in the order in which a product reads them.
///
///     rows:    Wᵀ_k of a tile of units:  one scalar in each of the rows of W, or the vectors of its panel
///     pieces:  so many inputs at a time that their piece of the panel stays in the second-level cache
///
/// Changes from `simd.tiled`: a panel holds as many columns of Wᵀ (W backward) as a tile has lanes, row after row. A
/// lane is then a unit, no sum goes across lanes, and each load of a vector serves eight samples.
struct NetworkPacked<Scalar: LaneScalar>: NetworkKernel {
    static var info: RungInfo {
        RungInfo(
            "simd.packed", after: "simd.tiled", "weights packed into panels",
            why:
                "A product reads its panel from front to back, and a lane is a unit: no sum goes across lanes. For that "
                + "the weights are copied once a step.",
            sums: .running, passes: 2, sweeps: 8)
    }

    static func size(_ shape: Shape, samples: Int) -> Int { samples }
    static var form: NetworkLayout<Scalar>.Form { .panels }
    static var appliesInTiles: Bool { false }
}
