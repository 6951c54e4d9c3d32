import Problems

/// A function of up to three operands, lane by lane.
///
/// A type and not a closure: a loop that takes it is compiled once for each function, which is then part of
/// the loop. A closure over 16 lanes was seen to stay a call, with its vectors split to pass them.
protocol LaneFunction {
    static func value<V: LaneVector>(_ a: V, _ b: V, _ c: V) -> V
}

/// What an elementwise operation takes: a vector, or a scalar that stands for a vector of equals.
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
