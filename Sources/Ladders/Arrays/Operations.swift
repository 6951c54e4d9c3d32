import Problems

/// A function of up to three operands, lane by lane.
///
/// A type and not a closure: a loop that takes it is compiled once for each function, which is then part of
/// the loop. A closure over 16 lanes was seen to stay a call, with its vectors split to pass them.
protocol LaneFunction {
    static func value<V: LaneVector>(_ a: V, _ b: V, _ c: V) -> V
}

/// An operand of an elementwise operation: a vector, or a scalar that is repeated.
protocol Operand<Lanes> {
    associatedtype Lanes: LaneVector

    /// The elements from `i` on.
    func lanes(at i: Int) -> Lanes

    /// Whether it has so many elements.
    func has(_ count: Int) -> Bool
}

extension Vector: Operand {
    @inline(__always) func lanes(at i: Int) -> Lanes { .load(base + i) }
    @inline(__always) func has(_ count: Int) -> Bool { self.count == count }
}

/// A scalar in every lane.
struct Repeated<Lanes: LaneVector>: Operand {
    private let value: Lanes

    @inline(__always) init(_ value: Lanes.Scalar) { self.value = Lanes(repeating: value) }
    @inline(__always) func lanes(at i: Int) -> Lanes { value }
    @inline(__always) func has(_ count: Int) -> Bool { true }
}

extension Vector {
    /// self_i := f(a_i, b_i, c_i) for every i; operands may be the vector itself.
    ///
    ///     for i in 1…n:  self_i = f(a_i, b_i, c_i)
    @inline(__always)
    func set<F: LaneFunction>(
        _: F.Type, _ a: some Operand<Lanes>, _ b: some Operand<Lanes>, _ c: some Operand<Lanes>
    ) {
        precondition(a.has(count) && b.has(count) && c.has(count), "operands of other lengths")
        let (out, end) = (base, count)
        var i = 0
        while i < end {
            // One call of f for whole registers and the last alike: of several not all are inlined.
            var value = F.value(a.lanes(at: i), b.lanes(at: i), c.lanes(at: i))
            if i &+ Lanes.scalarCount > end { value = value.firstLanes(end &- i) }
            value.store(out + i)
            i &+= Lanes.scalarCount
        }
    }

    /// self_i := f(a_i, b_i) for every i.
    @inline(__always)
    func set<F: LaneFunction>(_: F.Type, _ a: some Operand<Lanes>, _ b: some Operand<Lanes>) {
        set(F.self, a, b, b)
    }
}

/// a + b
enum Sum: LaneFunction {
    @inline(__always) static func value<V: LaneVector>(_ a: V, _ b: V, _: V) -> V { a + b }
}

/// a − b
enum Difference: LaneFunction {
    @inline(__always) static func value<V: LaneVector>(_ a: V, _ b: V, _: V) -> V { a - b }
}

/// a · b
enum Product: LaneFunction {
    @inline(__always) static func value<V: LaneVector>(_ a: V, _ b: V, _: V) -> V { a * b }
}

/// a / b
enum Quotient: LaneFunction {
    @inline(__always) static func value<V: LaneVector>(_ a: V, _ b: V, _: V) -> V { a / b }
}

/// max(a, b)
enum Maximum: LaneFunction {
    @inline(__always) static func value<V: LaneVector>(_ a: V, _ b: V, _: V) -> V { .max(a, b) }
}

/// b where a > 0, c elsewhere
enum PositiveSelection: LaneFunction {
    @inline(__always) static func value<V: LaneVector>(_ a: V, _ b: V, _ c: V) -> V {
        c.replacing(with: b, where: .zero, isLessThan: a)
    }
}

/// tanh(a)
enum HyperbolicTangent: LaneFunction {
    @inline(__always) static func value<V: LaneVector>(_ a: V, _: V, _: V) -> V { .tanh(a) }
}

/// −|a|
enum NegativeMagnitude: LaneFunction {
    @inline(__always) static func value<V: LaneVector>(_ a: V, _: V, _: V) -> V { a.negativeMagnitude }
}

/// b where a < 0, c elsewhere
enum Selection: LaneFunction {
    @inline(__always) static func value<V: LaneVector>(_ a: V, _ b: V, _ c: V) -> V {
        c.replacing(with: b, where: a, isLessThan: V(repeating: 0))
    }
}

// Elementwise operations, each in one sweep over its operands. `into` may be an operand itself.

/// out := a + b
func add<S>(_ a: Vector<S>, _ b: Vector<S>, into out: Vector<S>) { out.set(Sum.self, a, b) }

/// out := a + b, b a scalar
func add<S>(_ a: Vector<S>, _ b: S, into out: Vector<S>) { out.set(Sum.self, a, Repeated(b)) }

/// out := a − b
func subtract<S>(_ a: Vector<S>, _ b: Vector<S>, into out: Vector<S>) { out.set(Difference.self, a, b) }

/// out := a − b, a a scalar
func subtract<S>(_ a: S, _ b: Vector<S>, into out: Vector<S>) { out.set(Difference.self, Repeated(a), b) }

/// out := a · b, element by element
func multiply<S>(_ a: Vector<S>, _ b: Vector<S>, into out: Vector<S>) { out.set(Product.self, a, b) }

/// out := a · b, b a scalar
func multiply<S>(_ a: Vector<S>, _ b: S, into out: Vector<S>) { out.set(Product.self, a, Repeated(b)) }

/// out := a / b, element by element
func divide<S>(_ a: Vector<S>, _ b: Vector<S>, into out: Vector<S>) { out.set(Quotient.self, a, b) }

/// out := a / b, b a scalar
func divide<S>(_ a: Vector<S>, _ b: S, into out: Vector<S>) { out.set(Quotient.self, a, Repeated(b)) }

/// out := −|a|
func negativeMagnitude<S>(_ a: Vector<S>, into out: Vector<S>) { out.set(NegativeMagnitude.self, a, a) }

/// out := max(a, b), b a scalar
func maximum<S>(_ a: Vector<S>, _ b: S, into out: Vector<S>) { out.set(Maximum.self, a, Repeated(b)) }

/// out := max(a, b), a a scalar; NaN where b is
func maximum<S>(_ a: S, _ b: Vector<S>, into out: Vector<S>) { out.set(Maximum.self, Repeated(a), b) }

/// out := max(a, b), element by element; NaN where b is
func maximum<S>(_ a: Vector<S>, _ b: Vector<S>, into out: Vector<S>) { out.set(Maximum.self, a, b) }

/// out := b where a > 0, c elsewhere; b and c scalars
func select<S>(_ b: S, wherePositive a: Vector<S>, else c: S, into out: Vector<S>) {
    out.set(PositiveSelection.self, a, Repeated(b), Repeated(c))
}

/// out := tanh(a)
func tanh<S>(_ a: Vector<S>, into out: Vector<S>) { out.set(HyperbolicTangent.self, a, a) }

/// out := b where a < 0, c elsewhere; c a scalar
func select<S>(_ b: Vector<S>, whereNegative a: Vector<S>, else c: S, into out: Vector<S>) {
    out.set(Selection.self, a, b, Repeated(c))
}

/// out := e^a
func exp<S>(_ a: Vector<S>, into out: Vector<S>) {
    VectorMath.exp(UnsafeBufferPointer(a.elements), into: out.elements)
}

/// out := log(1 + a)
func log1p<S>(_ a: Vector<S>, into out: Vector<S>) {
    VectorMath.log1p(UnsafeBufferPointer(a.elements), into: out.elements)
}

// The same operations as expressions: each allocates its result, as in NumPy.

extension Vector {
    /// A new vector as long as this one, filled by `write`.
    @inline(__always)
    private func result(_ write: (Vector) -> Void) -> Vector {
        let out = Vector(zeros: count)
        write(out)
        return out
    }

    static func + (a: Vector, b: Vector) -> Vector { a.result { add(a, b, into: $0) } }
    static func + (a: Vector, b: Scalar) -> Vector { a.result { add(a, b, into: $0) } }
    static func + (a: Scalar, b: Vector) -> Vector { b + a }
    static func - (a: Vector, b: Vector) -> Vector { a.result { subtract(a, b, into: $0) } }
    static func - (a: Scalar, b: Vector) -> Vector { b.result { subtract(a, b, into: $0) } }
    static func * (a: Vector, b: Vector) -> Vector { a.result { multiply(a, b, into: $0) } }
    static func * (a: Scalar, b: Vector) -> Vector { b.result { multiply(b, a, into: $0) } }
    static func / (a: Vector, b: Vector) -> Vector { a.result { divide(a, b, into: $0) } }
    static func / (a: Vector, b: Scalar) -> Vector { a.result { divide(a, b, into: $0) } }

    /// −|a|
    static func negativeMagnitude(_ a: Vector) -> Vector {
        a.result { Ladders.negativeMagnitude(a, into: $0) }
    }

    /// max(a, b)
    static func maximum(_ a: Vector, _ b: Scalar) -> Vector {
        a.result { Ladders.maximum(a, b, into: $0) }
    }

    /// max(a, b); NaN where b is
    static func maximum(_ a: Scalar, _ b: Vector) -> Vector {
        b.result { Ladders.maximum(a, b, into: $0) }
    }

    /// max(a, b); NaN where b is
    static func maximum(_ a: Vector, _ b: Vector) -> Vector {
        a.result { Ladders.maximum(a, b, into: $0) }
    }

    /// b where a > 0, c elsewhere
    static func select(_ b: Scalar, wherePositive a: Vector, else c: Scalar) -> Vector {
        a.result { Ladders.select(b, wherePositive: a, else: c, into: $0) }
    }

    /// tanh(a)
    static func tanh(_ a: Vector) -> Vector { a.result { Ladders.tanh(a, into: $0) } }

    /// b where a < 0, c elsewhere
    static func select(_ b: Vector, whereNegative a: Vector, else c: Scalar) -> Vector {
        a.result { Ladders.select(b, whereNegative: a, else: c, into: $0) }
    }

    /// e^a
    static func exp(_ a: Vector) -> Vector { a.result { Ladders.exp(a, into: $0) } }

    /// log(1 + a)
    static func log1p(_ a: Vector) -> Vector { a.result { Ladders.log1p(a, into: $0) } }
}
