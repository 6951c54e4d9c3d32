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
            let dz = add(.load(z + i), exponential: .load(e + i), labels: .load(y + i), first: count &- i)
            dz.store(z + i)
            i &+= Lanes.scalarCount
        }
    }

    /// Adds what a vector of samples gives, and returns its dz: 0 behind the first `count` samples.
    ///
    /// - Parameters:
    ///   - z: wᵀx + b.
    ///   - e: e^(−|z|).
    @inline(__always)
    mutating func add(_ z: Lanes, exponential e: Lanes, labels y: Lanes, first count: Int) -> Lanes {
        var l = Lanes.loss(z, label: y, exponential: e)
        var dz = Lanes.sigmoid(z, exponential: e) - y
        if count < Lanes.scalarCount {
            l = l.firstLanes(count)
            dz = dz.firstLanes(count)
        }
        loss += l
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
