import Problems

/// What a pass over rows keeps of a block of samples.
struct BlockScratch<Scalar: LaneScalar>: Sendable {
    /// z, and then dz.
    let dz = AlignedBuffer<Scalar>(zeros: SampleBlock<Scalar>.greatestSize)
    /// e^(−|z|).
    let e = AlignedBuffer<Scalar>(zeros: SampleBlock<Scalar>.greatestSize)
    /// A vector for each sample, whose lanes add up to wᵀx.
    let rows = AlignedBuffer<Scalar>(zeros: SampleBlock<Scalar>.greatestRowCount)

    /// Bytes that it takes.
    static var byteCount: Int {
        2 * AlignedBuffer<Scalar>.byteCount(for: SampleBlock<Scalar>.greatestSize)
            + AlignedBuffer<Scalar>.byteCount(for: SampleBlock<Scalar>.greatestRowCount)
    }
}
