import Problems

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
/// After 128 vectors at most the logarithm is taken and the sums are set aside, so that each of two q that take
/// turns has at most 64 factors, none greater than 2, and cannot overflow. Each factor rounds q twice, and
/// log1p(q) is relatively no further off than q: at most 128 roundings, as many as the additions of `linear`,
/// and no more than `Summation.blocks` of the rungs allows. (Without fused multiply-add e·q is rounded too, but
/// a term of the sum goes through no more than two roundings still.)
struct LogisticSums<Scalar: LaneScalar> {
    typealias Lanes = Scalar.Lanes

    /// As many vectors as a span has in `Double`; blocks that fill their vectors in part have more of them.
    static var mostVectors: Int { 128 }

    /// Σ max(t, 0).
    private var linear = Lanes(repeating: 0)
    /// Π(1 + e) − 1 of every other vector, and of those between.
    private var q = Lanes(repeating: 0), other = Lanes(repeating: 0)
    private var db = Lanes(repeating: 0)

    /// How many vectors these have taken in `addLogistic`.
    private var vectors = 0
    /// Σ L and Σ dz of the vectors before.
    private var lossBefore = Lanes(repeating: 0), dbBefore = Lanes(repeating: 0)

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
        let more = count.dividedRoundingUp(by: Lanes.scalarCount)
        if vectors &+ more > Self.mostVectors { setAside() }
        vectors &+= more
        // A copy stays in registers; the caller's would be written to memory in every turn.
        var (sums, plain, i) = (self, PlainExponentials<Lanes>(), 0)
        let bias = Lanes(repeating: b)
        while i < count {
            let zi = Lanes.load(z + i) + bias
            zi.store(z + i)
            plain.exponential(ofMinusMagnitude: zi).store(e + i)
            i &+= Lanes.scalarCount
        }
        plain.correct(e, of: UnsafePointer(z), count: count)
        i = 0
        while i < count {
            let dz = sums.add(
                .load(z + i), exponential: .load(e + i), labels: .load(y + i), first: count &- i)
            dz.store(z + i)
            i &+= Lanes.scalarCount
        }
        self = sums
    }

    /// Adds the terms of a vector of samples and returns its dz, 0 after the first `count` samples. To be called
    /// for at most 128 vectors.
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

    /// Adds both to `sums`.
    @inline(__always)
    mutating func add(to sums: Sums<Scalar>) {
        let totals = totals()
        sums.loss += totals.loss
        sums.db += totals.db
    }

    /// Σ L and Σ dz.
    @inline(__always)
    mutating func totals() -> (loss: Scalar, db: Scalar) {
        setAside()
        return (lossBefore.horizontalSum(), dbBefore.horizontalSum())
    }

    /// Takes the logarithm and begins new sums. Not inlined, since it is long and seldom called.
    @inline(never)
    private mutating func setAside() {
        lossBefore += linear + (Lanes.log1p(q) + Lanes.log1p(other))
        dbBefore += db
        linear = Lanes(repeating: 0)
        (q, other, db, vectors) = (linear, linear, linear, 0)
    }
}
