import LogisticRegression

/// Σ L and Σ dz of a span of samples, a lane for each sample.
struct ForwardSums<Scalar: LaneScalar> {
    typealias Lanes = Scalar.Lanes

    private var loss = Lanes(repeating: 0)
    private var db = Lanes(repeating: 0)

    /// From wᵀx of some samples to their dz, in place, adding up the loss and db on the way.
    ///
    ///     for i in samples:
    ///         z = wᵀx⁽ⁱ⁾ + b;  a = σ(z);  J += L(a, y⁽ⁱ⁾);  dz_i = a − y⁽ⁱ⁾;  db += dz_i
    ///
    /// In two loops, first e^(−|z|), then the rest: one vector from end to end is a chain of some 25
    /// instructions that each wait for the one before; of two shorter chains several are in flight.
    /// Not inlined: in the midst of a kernel the vectors would be split to pass them.
    ///
    /// - Parameters:
    ///   - z: wᵀx of each sample, dz afterwards; room up to a whole vector.
    ///   - y: the labels; a whole vector may be read at the last one.
    ///   - e: scratch as large as z.
    @inline(never)
    mutating func addLogistic(
        _ z: UnsafeMutablePointer<Scalar>, plus b: Scalar, labels y: UnsafePointer<Scalar>, count: Int,
        scratch e: UnsafeMutablePointer<Scalar>
    ) {
        let bias = Lanes(repeating: b)
        var i = 0
        while i < count {
            let zi = Lanes.load(z + i) + bias
            zi.store(z + i)
            Lanes.exponential(ofMinusMagnitude: zi).store(e + i)
            i &+= Lanes.scalarCount
        }
        i = 0
        while i < count {
            let (zi, yi, ei) = (Lanes.load(z + i), Lanes.load(y + i), Lanes.load(e + i))
            var l = Lanes.loss(zi, label: yi, exponential: ei)
            var dz = Lanes.sigmoid(zi, exponential: ei) - yi
            if i &+ Lanes.scalarCount > count {
                l = l.firstLanes(count &- i)
                dz = dz.firstLanes(count &- i)
            }
            loss += l
            db += dz
            dz.store(z + i)
            i &+= Lanes.scalarCount
        }
    }

    /// Adds both to `sums`.
    @inline(__always)
    func add(to sums: Sums<Scalar>) {
        sums.loss += loss.horizontalSum()
        sums.db += db.horizontalSum()
    }
}
