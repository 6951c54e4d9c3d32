import Problems

/// A matrix in memory of its own, row after row. Like NumPy's arrays, and unlike Swift's, it has reference semantics.
///
/// Its products are three plain loops, in the order in which the innermost one walks along rows, so that the compiler
/// uses vectors for it: no tile, no panel, nothing that knows of caches.
struct DenseMatrix<Scalar: LaneScalar>: Sendable {
    let rows: Int, columns: Int

    /// All elements, for elementwise operations.
    let elements: Vector<Scalar>

    /// Of `elements`, which are rows · columns.
    init(_ elements: Vector<Scalar>, columns: Int) {
        (rows, self.columns, self.elements) = (elements.count / columns, columns, elements)
    }

    /// Zeros.
    init(zeros rows: Int, _ columns: Int) {
        self.init(Vector(zeros: rows * columns), columns: columns)
    }

    /// The first `count` rows, without a copy.
    func prefix(_ count: Int) -> DenseMatrix {
        DenseMatrix(elements.prefix(count * columns), columns: columns)
    }

    private var base: UnsafeMutablePointer<Scalar> { elements.base }

    // Products. `into` is none of the operands.

    /// c := self·b.
    ///
    ///     for i in rows:  for k:  for j in columns:  c_ij += a_ik · b_kj
    func product(_ b: DenseMatrix, into c: DenseMatrix) {
        precondition(
            columns == b.rows && c.rows == rows && c.columns == b.columns, "a product of other shapes")
        c.elements.fill(0)
        let (a, b, c, n) = (base, b.base, c.base, c.columns)
        for i in 0..<rows {
            for k in 0..<columns {
                let factor = a[i &* columns &+ k]
                let (from, to) = (b + k &* n, c + i &* n)
                for j in 0..<n { to[j] += factor * from[j] }
            }
        }
    }

    /// c := selfᵀ·b.
    ///
    ///     for k in rows:  for i:  for j in columns:  c_ij += a_ki · b_kj
    func transposeProduct(_ b: DenseMatrix, into c: DenseMatrix) {
        precondition(
            rows == b.rows && c.rows == columns && c.columns == b.columns, "a product of other shapes")
        c.elements.fill(0)
        let (a, b, c, n) = (base, b.base, c.base, c.columns)
        for k in 0..<rows {
            for i in 0..<columns {
                let factor = a[k &* columns &+ i]
                let (from, to) = (b + k &* n, c + i &* n)
                for j in 0..<n { to[j] += factor * from[j] }
            }
        }
    }

    /// out := selfᵀ.
    func transpose(into out: DenseMatrix) {
        precondition(out.rows == columns && out.columns == rows, "a transpose of another shape")
        let (from, to) = (base, out.base)
        for i in 0..<rows {
            for j in 0..<columns { to[j &* rows &+ i] = from[i &* columns &+ j] }
        }
    }

    /// Adds `row` to each row, in place.
    func addToRows(_ row: Vector<Scalar>) {
        precondition(row.count == columns, "a row of another length")
        for i in 0..<rows {
            let (to, from) = (base + i &* columns, row.base)
            for j in 0..<columns { to[j] += from[j] }
        }
    }

    /// out := the sum of all rows.
    func sumOfRows(into out: Vector<Scalar>) {
        precondition(out.count == columns, "a row of another length")
        out.fill(0)
        for i in 0..<rows {
            let (from, to) = (base + i &* columns, out.base)
            for j in 0..<columns { to[j] += from[j] }
        }
    }

    // The same as expressions: each allocates its result, as in NumPy.

    static func * (a: DenseMatrix, b: DenseMatrix) -> DenseMatrix {
        let c = DenseMatrix(zeros: a.rows, b.columns)
        a.product(b, into: c)
        return c
    }

    /// selfᵀ·b as a new matrix.
    func transposeProduct(_ b: DenseMatrix) -> DenseMatrix {
        let c = DenseMatrix(zeros: columns, b.columns)
        transposeProduct(b, into: c)
        return c
    }

    /// selfᵀ as a new matrix.
    var transposed: DenseMatrix {
        let out = DenseMatrix(zeros: columns, rows)
        transpose(into: out)
        return out
    }

    /// `row` added to each row.
    static func + (a: DenseMatrix, row: Vector<Scalar>) -> DenseMatrix {
        let out = DenseMatrix(a.elements + 0, columns: a.columns)
        out.addToRows(row)
        return out
    }

    /// The sum of all rows as a new vector.
    var sumOfRows: Vector<Scalar> {
        let out = Vector<Scalar>(zeros: columns)
        sumOfRows(into: out)
        return out
    }
}
