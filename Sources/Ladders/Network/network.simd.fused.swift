import Problems

/// `simd.fused` of networks: a block of samples goes through all layers, forward and backward, while it is in the
/// cache.
///
///     for l in 1…L:  for i in 1…m:  A⁽ˡ⁾ = g(W⁽ˡ⁾A⁽ˡ⁻¹⁾ + b⁽ˡ⁾)        layer by layer, all samples
///     for l in L…1:  for i in 1…m:  dW⁽ˡ⁾ += dZ⁽ˡ⁾A⁽ˡ⁻¹⁾ᵀ;  dZ⁽ˡ⁻¹⁾ = W⁽ˡ⁾ᵀdZ⁽ˡ⁾ ∗ g′
///
/// Changes from `simd.packed`: the loop over samples is the outer one, block by block,
///
///     for block in samples:
///         for l in 1…L:  A⁽ˡ⁾ = g(W⁽ˡ⁾A⁽ˡ⁻¹⁾ + b⁽ˡ⁾)                  b starts the sums of a tile, g ends it
///         for l in L…1:  dW⁽ˡ⁾ += dZ⁽ˡ⁾A⁽ˡ⁻¹⁾ᵀ;  dZ⁽ˡ⁻¹⁾ = W⁽ˡ⁾ᵀdZ⁽ˡ⁾ ∗ g′
///
/// and g and g′ are applied to a tile while it is in registers. Layers of few units take inner products with the rows
/// of W where a panel would leave too many lanes empty.
struct NetworkFused<Scalar: LaneScalar>: NetworkKernel {
    static var info: RungInfo {
        RungInfo(
            "simd.fused", after: "simd.packed", "a block of samples through all layers",
            why:
                "X is read once, what a layer hands to the next stays in the cache, and g is applied in registers.",
            sums: .blocks(greatestSize))
    }

    typealias Pass = FusedPass<Scalar>

    private static var greatestSize: Int { 128 }

    /// At most 512 KiB of X, which with the activations is what a second-level cache holds.
    static func size(_ shape: Shape, samples: Int) -> Int {
        var size = greatestSize
        while size > 16, size * shape.nx * MemoryLayout<Scalar>.stride > 512 << 10 { size /= 2 }
        return min(size, samples)
    }

    static var form: NetworkLayout<Scalar>.Form { .best }
    static var appliesInTiles: Bool { true }
}

/// Takes a lane for each unit or input, or for each sample where the layers are narrow.
enum FusedPass<Scalar: LaneScalar>: NetworkSummation {
    case wide(NetworkPass<Scalar>)
    case narrow(NarrowNetworkPass<Scalar>)

    init(_ input: NetworkInput<Scalar>, size: Int, appliesInTiles: Bool) {
        self =
            if let columns = input.columns {
                .narrow(NarrowNetworkPass(input, columns))
            } else {
                .wide(NetworkPass(input, size: size, appliesInTiles: appliesInTiles))
            }
    }

    static func byteCount(_ layout: NetworkLayout<Scalar>, m: Int, size: Int) -> Int {
        layout.isNarrow
            ? NarrowNetworkPass.byteCount(layout, m: m) : NetworkPass.byteCount(layout, m: m, size: size)
    }

    func sum(
        over samples: Range<Int>, packed: UnsafePointer<Scalar>, into sums: UnsafeMutablePointer<Scalar>
    ) {
        switch self {
        case .wide(let pass): pass.sum(over: samples, packed: packed, into: sums)
        case .narrow(let pass): pass.sum(over: samples, packed: packed, into: sums)
        }
    }
}
