import Problems

/// An array of n scalars that is worked on as a whole.
///
/// Elementwise operations take a vector register of it at a time, the last one too: there is always room for a
/// whole register at the last element, and operations leave zeros after it.
///
/// Like NumPy's arrays, and unlike Swift's, it has reference semantics: operations that are given a
/// place `into` which to write allocate nothing.
struct Vector<Scalar: LaneScalar>: Sendable {
    typealias Lanes = Scalar.Lanes

    private let storage: AlignedBuffer<Scalar>
    private let range: Range<Int>

    private init(_ storage: AlignedBuffer<Scalar>, _ range: Range<Int>) {
        precondition(range.upperBound <= storage.count, "a slice past the end of its buffer")
        (self.storage, self.range) = (storage, range)
    }

    /// `count` zeros.
    init(zeros count: Int) {
        self.init(AlignedBuffer(zeros: count), 0..<count)
    }

    /// A copy of `count` elements of an array, from its element `first` on.
    init(_ values: [Scalar], first: Int = 0, count: Int) {
        self.init(zeros: count)
        for i in 0..<count { base[i] = values[first + i] }
    }

    /// Part of a buffer, without a copy: reading and writing it is reading and writing the buffer.
    init(sharing storage: AlignedBuffer<Scalar>, _ range: Range<Int>) {
        self.init(storage, range)
    }

    /// The first `count` elements, without a copy.
    func prefix(_ count: Int) -> Vector { Vector(storage, 0..<count) }

    var count: Int { range.count }

    /// The first element. Valid as long as the vector is held.
    var base: UnsafeMutablePointer<Scalar> { storage.base + range.lowerBound }

    /// All elements. Valid as long as the vector is held.
    var elements: UnsafeMutableBufferPointer<Scalar> {
        UnsafeMutableBufferPointer(start: base, count: count)
    }

    /// Copies all elements to an array, from its element `first` on.
    func copy(to array: inout [Scalar], at first: Int = 0) {
        // The vector may be the last reference to its memory: keep it until the elements are copied.
        withExtendedLifetime(storage) {
            for i in 0..<count { array[first + i] = base[i] }
        }
    }

    /// Whether zeros follow the last element up to a whole register, as they do unless the vector
    /// is a part of a longer one.
    var endsInZeros: Bool {
        let tail = count % Lanes.scalarCount
        return tail == 0 || (0..<Lanes.scalarCount - tail).allSatisfy { base[count + $0] == 0 }
    }

    /// Sets every element to `value`.
    func fill(_ value: Scalar) { elements.update(repeating: value) }

    /// Σ a_i, in spans of 1024 elements that are summed apart (`Summation.blocks`).
    func sum() -> Scalar {
        var total: Scalar = 0
        for span in Chunks(0..<count) {
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
