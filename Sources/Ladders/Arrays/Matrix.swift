import Problems

/// X as a matrix, n_x × m, one sample (column) after another; a view of the data set's memory.
struct Matrix<Scalar: LaneScalar>: Sendable {
    let data: Dataset<Scalar>
    let samples: Range<Int>

    /// Some columns of X.
    init(_ data: Dataset<Scalar>, samples: Range<Int>) {
        self.data = data
        self.samples = samples
    }

    /// All of X.
    init(_ data: Dataset<Scalar>) {
        self.init(data, samples: 0..<data.m)
    }

    /// out := Xᵀw, one inner product for each column.
    ///
    ///     for i in 1…m:  for j in 1…n_x:  out_i += x_j⁽ⁱ⁾ · w_j
    func transposeProduct(_ w: Vector<Scalar>, into out: Vector<Scalar>) {
        precondition(w.count == data.nx && out.count == samples.count, "a product of other shapes")
        precondition(w.endsInZeros, "weights that are part of a longer vector")
        let out = out.base - samples.lowerBound
        for block in SampleBlocks(samples, of: data) {
            block.products(with: UnsafePointer(w.base), to: out + block.first)
        }
    }

    /// out := X·v, a weighted sum of the columns, in spans that are summed apart.
    ///
    ///     for i in 1…m:  for j in 1…n_x:  out_j += x_j⁽ⁱ⁾ · v_i
    ///
    /// - Parameter part: scratch of n_x scalars.
    func product(_ v: Vector<Scalar>, into out: Vector<Scalar>, part: Vector<Scalar>) {
        precondition(v.count == samples.count && out.count == data.nx, "a product of other shapes")
        let v = v.base - samples.lowerBound
        out.fill(0)
        for span in Chunks(samples) {
            part.fill(0)
            for block in SampleBlocks(span, of: data) {
                block.addProducts(with: v + block.first, to: part.base)
            }
            add(out, part, into: out)
        }
    }

    /// Xᵀw as a new vector of m elements.
    func transposeProduct(_ w: Vector<Scalar>) -> Vector<Scalar> {
        let out = Vector<Scalar>(zeros: samples.count)
        transposeProduct(w, into: out)
        return out
    }

    /// X·v as a new vector of n_x elements.
    func product(_ v: Vector<Scalar>) -> Vector<Scalar> {
        let out = Vector<Scalar>(zeros: data.nx)
        product(v, into: out, part: Vector(zeros: data.nx))
        return out
    }
}
