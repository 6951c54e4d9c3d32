import Problems

extension Case {
    /// Every partial sum of the backward pass is exact: w = 0 and b = 0, so that dz = ±½, and integer X
    /// with m·max|x| below 2²⁴ (`Float`) or 2⁵³ (`Double`), and |x| ≤ 256, which 8 significant bits hold.
    ///
    /// A sample or feature that is dropped or used twice changes dw, since no x is 0. J = ln 2 is not
    /// exact, and judged by its bound.
    static func exactBackward(_ shape: Shape, seed: UInt64, threads: Int) -> Case {
        Case(.exact, "backward", shape, seed: seed, threads: threads) {
            let limit = Scalar.kind == .float ? 1 << 24 : 1 << 53
            let greatest = max(1, min(256, limit / (shape.m + 1) - 1))
            let data = integers(shape, seed: seed, greatest: greatest)
            let model = Model<Scalar>(zeros: shape.nx)
            let reference = Reference(data, model)
            let exact = reference.exactGradient
            return { rung in
                let gradient = rung.prepare(data, threads: threads).gradient(at: model)
                let equal = Comparison(gradient, equals: exact, shape, includingJ: false)
                let J = Comparison(gradient, reference, ErrorBound(reference, rung.info))
                return [Finding(equal.holds && !J.holds ? J : equal)]
            }
        }
    }

    /// Every partial sum of the forward pass is exact: integer w, x and b with |z| ≥ 128 (`Float`) or 800
    /// (`Double`), where e^(−|z|) vanishes, a is 0 or 1, and L = max(t, 0) is an integer.
    ///
    /// b is so large that it decides the sign of z, and labels are random, so about half of the samples
    /// are mislabelled and show their z in J. With −b the other half does: over both, a product that is
    /// left out anywhere in the forward pass changes J.
    static func exactForward(_ shape: Shape, seed: UInt64, bias sign: Int, threads: Int) -> Case {
        Case(.exact, sign > 0 ? "forward" : "forward, −b", shape, seed: seed, threads: threads) {
            let vanishing = Scalar.kind == .float ? 128 : 800
            // Small values for large shapes: Σ L ≤ m·(2·n_x·greatest² + vanishing) stays below 2²⁴.
            let greatest = shape.m * (2 * shape.nx * 9 + vanishing) < 1 << 23 ? 3 : 1
            let data = integers(shape, seed: seed, greatest: greatest)
            var random = SplitMix64(seed: seed &+ 1)
            let w = (0..<shape.nx).map { _ in Scalar(integer(&random, greatest)) }
            let b = sign * (shape.nx * greatest * greatest + vanishing)
            let model = Model(w: w, b: Scalar(b))
            let exact = Reference(data, model).exactGradient
            return { rung in
                let gradient = rung.prepare(data, threads: threads).gradient(at: model)
                return [Finding(Comparison(gradient, equals: exact, shape, includingJ: true))]
            }
        }
    }

    /// Samples of integers from ±1 to ±greatest, and random labels.
    static func integers(_ shape: Shape, seed: UInt64, greatest: Int) -> Dataset<Scalar> {
        var random = SplitMix64(seed: seed)
        return Dataset(shape) { _, _ in
            Scalar(integer(&random, greatest))
        } label: { i in
            // Sample 0 and the last one differ, whatever the seed.
            i == 0 ? 1 : i == shape.m - 1 ? 0 : Scalar(random.next() & 1)
        }
    }

    static func integer(_ random: inout SplitMix64, _ greatest: Int) -> Int {
        let magnitude = Int(random.next(upperBound: UInt64(greatest))) + 1
        return random.next() & 1 == 0 ? magnitude : -magnitude
    }
}

extension Dataset {
    /// A data set of a case: values by sample and feature, labels by sample.
    init(
        _ shape: Shape, value: (_ i: Int, _ j: Int) -> Scalar, label: (_ i: Int) -> Scalar
    ) {
        let x = AlignedBuffer<Scalar>(zeros: shape.m * shape.nx)
        let y = AlignedBuffer<Scalar>(zeros: shape.m)
        for i in 0..<shape.m {
            for j in 0..<shape.nx { x.base[i * shape.nx + j] = value(i, j) }
            y.base[i] = label(i)
        }
        do {
            try self.init(x: x, y: y, nx: shape.nx)
        } catch {
            preconditionFailure("a case with data that no data set may have: \(error)")
        }
    }
}
