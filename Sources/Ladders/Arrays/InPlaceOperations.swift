import Problems

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
