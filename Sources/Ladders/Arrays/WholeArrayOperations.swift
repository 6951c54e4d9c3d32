import Problems

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

    /// b where a < 0, c elsewhere
    static func select(_ b: Vector, whereNegative a: Vector, else c: Scalar) -> Vector {
        a.result { Ladders.select(b, whereNegative: a, else: c, into: $0) }
    }

    /// e^a
    static func exp(_ a: Vector) -> Vector { a.result { Ladders.exp(a, into: $0) } }

    /// log(1 + a)
    static func log1p(_ a: Vector) -> Vector { a.result { Ladders.log1p(a, into: $0) } }
}
