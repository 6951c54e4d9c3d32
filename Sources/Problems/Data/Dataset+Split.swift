extension Dataset {
    /// Some of the samples, in the order of `indices`.
    ///
    /// - Parameter indices: from 0 up to m − 1; at least one.
    @specialized(where Scalar == Float)
    @specialized(where Scalar == Double)
    public func subset(_ indices: [Int]) throws(DatasetError) -> Dataset {
        let x = AlignedBuffer<Scalar>(zeros: indices.count * nx)
        for (i, index) in indices.enumerated() {
            (x.base + i * nx).update(from: self.x.base + index * nx, count: nx)
        }
        return try Dataset(x: x, y: AlignedBuffer(indices.map { y.elements[$0] }), nx: nx)
    }

    /// Which of m samples are for training and which for validation: drawn at random, the same for the
    /// same seed, each part in the order of the data.
    ///
    /// - Parameter fraction: the part for validation, between 0 and 1; it is rounded to whole samples, at
    ///   least one, and all but one at the most.
    /// - Throws: `DatasetError.noSamples` where m is less than 2, too few for two parts.
    public static func split(
        m: Int, validation fraction: Double, seed: UInt64
    ) throws(DatasetError) -> (training: [Int], validation: [Int]) {
        guard m > 1 else { throw .noSamples }
        let count = min(m - 1, max(1, Int((fraction * Double(m)).rounded())))
        var random = SplitMix64(seed: seed)
        var order = Array(0..<m)
        // The first draws of the shuffle of R. A. Fisher and F. Yates.
        for i in 0..<count {
            order.swapAt(i, i + Int(random.next() % UInt64(m - i)))
        }
        return (order[count...].sorted(), order[..<count].sorted())
    }
}
