import LogisticRegression

/// Σ L and Σ dz of a span of samples, a lane for each sample.
///
/// With t = −z where y = 1 and t = z where y = 0, and e = e^(−|z|),
///
///     Σ L = Σ max(t, 0) + Σ log(1 + e)
///         = Σ max(t, 0) + log Π(1 + e)                  one logarithm for a span, not for each sample
///
/// Where e is small, 1 + e has lost it. Therefore q = Π(1 + e) − 1 is kept, and its logarithm is log1p(q):
///
///     q := (q + e) + e·q                                all terms positive: nothing cancels
///
/// 1 + e ≤ 2 and a span has at most 128 vectors, so that q ≤ 2^64: it cannot overflow. Each vector rounds q
/// twice, and log1p(q) is relatively no further off than q; of two q that take turns each is rounded at most
/// 128 times in a span, no more than `Summation.blocks` of the rungs allows.
struct ForwardSums<Scalar: LaneScalar> {
    typealias Lanes = Scalar.Lanes

    /// Σ max(t, 0).
    private var linear = Lanes(repeating: 0)
    /// Π(1 + e) − 1 of every other vector, and of those between.
    private var q = Lanes(repeating: 0), other = Lanes(repeating: 0)
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
        // A copy stays in registers; the caller's would be written to memory in every turn.
        var (sums, i) = (self, 0)
        let bias = Lanes(repeating: b)
        while i < count {
            let zi = Lanes.load(z + i) + bias
            zi.store(z + i)
            Lanes.exponential(ofMinusMagnitude: zi).store(e + i)
            i &+= Lanes.scalarCount
        }
        i = 0
        while i < count {
            let dz = sums.add(
                .load(z + i), exponential: .load(e + i), labels: .load(y + i), first: count &- i)
            dz.store(z + i)
            i &+= Lanes.scalarCount
        }
        self = sums
    }

    /// Adds what a vector of samples gives, and returns its dz: 0 behind the first `count` samples.
    ///
    /// - Parameters:
    ///   - z: wᵀx + b.
    ///   - e: e^(−|z|).
    @inline(__always)
    mutating func add(_ z: Lanes, exponential e: Lanes, labels y: Lanes, first count: Int) -> Lanes {
        var (e, growth) = (e, Lanes.max(.zero, Lanes.logit(z, against: y)))
        var dz = Lanes.sigmoid(z, exponential: e) - y
        if count < Lanes.scalarCount {
            e = e.firstLanes(count)
            growth = growth.firstLanes(count)
            dz = dz.firstLanes(count)
        }
        linear += growth
        (q, other) = (other, (q + e).addingProduct(e, times: q))
        db += dz
        return dz
    }

    /// Adds both to `sums`. Not inlined, since it is called once for a span and the logarithms are long.
    @inline(never)
    func add(to sums: Sums<Scalar>) {
        sums.loss += (linear + (Lanes.log1p(q) + Lanes.log1p(other))).horizontalSum()
        sums.db += db.horizontalSum()
    }
}
