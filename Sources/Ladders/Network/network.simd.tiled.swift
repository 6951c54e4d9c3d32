import Problems

/// `simd.tiled` of networks: the three products of a layer over all samples, in tiles of registers.
///
///     for l in 1…L:  for i in 1…m:  Z⁽ˡ⁾ = W⁽ˡ⁾A⁽ˡ⁻¹⁾ + b⁽ˡ⁾;  A⁽ˡ⁾ = g(Z⁽ˡ⁾)
///     for l in L…1:  for i in 1…m:  dW⁽ˡ⁾ += dZ⁽ˡ⁾A⁽ˡ⁻¹⁾ᵀ;  dZ⁽ˡ⁻¹⁾ = W⁽ˡ⁾ᵀdZ⁽ˡ⁾ ∗ g′
///
/// Changes from `simd.lanes`: a layer takes all samples at once, and a product is made a tile at a time: 16 or 24 vectors
/// of sums stay in registers, and each value that is loaded serves several of them.
struct NetworkTiled<Scalar: LaneScalar>: NetworkKernel {
    static var info: RungInfo {
        RungInfo(
            "simd.tiled", after: "simd.lanes", "a tile of sums in registers",
            why:
                "A value that is loaded serves several sums, which stay in registers until they are complete: the loads "
                + "of a multiply-add fall from two to less than one half.",
            sums: .running, passes: 2, sweeps: 8)
    }

    static func size(_ shape: Shape, samples: Int) -> Int { samples }
    static var form: NetworkLayout<Scalar>.Form { .rows }
    static var appliesInTiles: Bool { false }
}
