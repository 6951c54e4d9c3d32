import LogisticRegression

/// Σ L and Σ dz of a span of samples, a lane for each sample of a block.
struct ForwardSums<Scalar: LaneScalar> {
    typealias Lanes = Scalar.Lanes

    private var loss = Lanes(repeating: 0)
    private var db = Lanes(repeating: 0)

    /// From z of a block to its dz, adding up the loss and db on the way.
    ///
    /// - Parameters:
    ///   - y: the labels of the block; a whole vector may be read there.
    ///   - count: samples in the block. Lanes behind them come back as 0 and are not added.
    @inline(__always)
    mutating func addLogistic(_ z: Lanes, labels y: UnsafePointer<Scalar>, count: Int) -> Lanes {
        let y = Lanes.load(y)
        var (a, loss) = Lanes.logistic(z, label: y)
        var dz = a - y
        if count < Lanes.scalarCount {
            loss = loss.firstLanes(count)
            dz = dz.firstLanes(count)
        }
        self.loss += loss
        db += dz
        return dz
    }

    /// Adds both to `sums`.
    @inline(__always)
    func add(to sums: Sums<Scalar>) {
        sums.loss += loss.horizontalSum()
        sums.db += db.horizontalSum()
    }
}
