import LogisticRegression

/// An array of n scalars that is worked on as a whole.
///
/// Elementwise operations take a vector register of it at a time (`map`), the last of them too: there is
/// always room for a whole register at the last element, and operations leave zeros behind it.
///
/// Like NumPy's arrays, and unlike Swift's, it has reference semantics: operations that are given a
/// place `into` which to write allocate nothing.
struct Vector<Scalar: LaneScalar>: Sendable {
    typealias Lanes = Scalar.Lanes

    private let storage: AlignedBuffer<Scalar>
    private let range: Range<Int>

    private init(_ storage: AlignedBuffer<Scalar>, _ range: Range<Int>) {
        precondition(range.upperBound <= storage.count, "a slice behind the end of its buffer")
        (self.storage, self.range) = (storage, range)
    }

    /// `count` zeros.
    init(zeros count: Int) {
        self.init(AlignedBuffer(zeros: count), 0..<count)
    }

    /// A copy of an array.
    init(_ values: [Scalar]) {
        self.init(AlignedBuffer(values), 0..<values.count)
    }

    /// Part of a buffer, without a copy: reading and writing it is reading and writing the buffer.
    init(sharing storage: AlignedBuffer<Scalar>, _ range: Range<Int>) {
        self.init(storage, range)
    }

    /// The first `count` elements, without a copy.
    func prefix(_ count: Int) -> Vector { Vector(storage, 0..<count) }

    var count: Int { range.count }

    /// The first element.
    var base: UnsafeMutablePointer<Scalar> { storage.base + range.lowerBound }

    var byteCount: Int { storage.byteCount }

    /// All elements. Valid as long as the vector, or another that shares its memory, is held.
    var elements: UnsafeMutableBufferPointer<Scalar> {
        UnsafeMutableBufferPointer(start: base, count: count)
    }

    /// A copy. Not `Array(elements)`: of a vector that is no longer used, such as the result of an
    /// expression, the memory may be gone before it is copied.
    var copy: [Scalar] { withExtendedLifetime(storage) { Array(elements) } }

    /// Whether zeros stand behind the last element up to a whole register, as they do unless the vector
    /// is a part of a longer one.
    var endsInZeros: Bool {
        let tail = count % Lanes.scalarCount
        return tail == 0 || (0..<Lanes.scalarCount - tail).allSatisfy { base[count + $0] == 0 }
    }

    /// out_i = f(a_i) for every i; `out` may be `a`.
    @inline(__always)
    static func map(_ a: Vector, into out: Vector, _ f: (Lanes) -> Lanes) {
        precondition(a.count == out.count, "\(a.count) elements into \(out.count)")
        let (a, end, out) = (a.base, a.count, out.base)
        var i = 0
        while i &+ Lanes.scalarCount <= end {
            f(.load(a + i)).store(out + i)
            i &+= Lanes.scalarCount
        }
        if i < end { f(.load(a + i)).firstLanes(end &- i).store(out + i) }
    }

    /// out_i = f(a_i, b_i) for every i; `out` may be one of the two.
    @inline(__always)
    static func map(_ a: Vector, _ b: Vector, into out: Vector, _ f: (Lanes, Lanes) -> Lanes) {
        precondition(a.count == b.count && b.count == out.count, "vectors of different lengths")
        let (a, b, end, out) = (a.base, b.base, a.count, out.base)
        var i = 0
        while i &+ Lanes.scalarCount <= end {
            f(.load(a + i), .load(b + i)).store(out + i)
            i &+= Lanes.scalarCount
        }
        if i < end { f(.load(a + i), .load(b + i)).firstLanes(end &- i).store(out + i) }
    }

    /// Sets every element to `value`.
    func fill(_ value: Scalar) { Self.map(self, into: self) { _ in Lanes(repeating: value) } }

    /// Σ a_i, in spans of 1024 elements that are summed apart (`Summation.blocks`).
    func sum() -> Scalar {
        var total: Scalar = 0
        Spans.forEach(0..<count) { span in
            var lanes = Lanes(repeating: 0)
            var i = span.lowerBound
            while i &+ Lanes.scalarCount <= span.upperBound {
                lanes += .load(base + i)
                i &+= Lanes.scalarCount
            }
            if i < span.upperBound { lanes += .load(base + i).firstLanes(span.upperBound &- i) }
            total += lanes.horizontalSum()
        }
        return total
    }
}
