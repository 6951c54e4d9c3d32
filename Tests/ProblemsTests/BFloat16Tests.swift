import Problems
import Testing

@Suite("Numbers in 16 bits")
struct BFloat16Tests {
    func rounded(_ x: Float) -> Float { BFloat16(saturating: x).float }

    /// All patterns of finite numbers that are not negative, in order of size.
    static let finite = (0...UInt16(0x7f7f)).map { BFloat16(bits: $0) }

    @Test("Each of them is itself again, with either sign")
    func keepsItself() {
        for number in Self.finite {
            #expect(BFloat16(saturating: number.float) == number)
            #expect(BFloat16(saturating: -number.float).bits == number.bits | 0x8000)
        }
    }

    @Test(
        "Between any two neighbours the nearer one is taken, half-way the even one; subnormals are no exception"
    )
    func takesTheNearest() {
        for (low, high) in zip(Self.finite, Self.finite.dropFirst()) {
            // Exact: the halves of both are Floats, or both are subnormal with more than one place to spare.
            let middle = low.float + (high.float - low.float) / 2
            let even = low.bits % 2 == 0 ? low : high
            #expect(BFloat16(saturating: middle) == even, "\(middle)")
            #expect(BFloat16(saturating: middle.nextDown) == low, "\(middle.nextDown)")
            #expect(BFloat16(saturating: middle.nextUp) == high, "\(middle.nextUp)")
            #expect(rounded(-middle) == -even.float && rounded(-middle.nextUp) == -high.float)
        }
    }

    @Test("Ties by hand")
    func ties() {
        #expect(rounded(1 + 0x1p-8) == 1)
        #expect(rounded(1 + 0x1.8p-7) == 1 + 0x1p-6)
        #expect(rounded(256) == 256 && rounded(257) == 256 && rounded(259) == 260)
        #expect(rounded(0x1p-134) == 0 && rounded(0x1.8p-133) == 0x1p-132)
        #expect(rounded(.leastNonzeroMagnitude) == 0 && rounded(-0.0).sign == .minus)
    }

    @Test("What is too great becomes the greatest, a NaN stays one")
    func saturates() {
        let greatest = BFloat16.greatestFiniteMagnitude
        #expect(greatest == Self.finite.last?.float && greatest < .greatestFiniteMagnitude)
        for x in [greatest.nextUp, .greatestFiniteMagnitude, .infinity] {
            #expect(rounded(x) == greatest && rounded(-x) == -greatest)
        }
        #expect(rounded(.nan).isNaN && rounded(-.nan).isNaN)
        // A NaN whose fraction is all in the lower half.
        #expect(rounded(Float(bitPattern: 0x7f80_0001)).isNaN)
    }

    @Test("No finite Float is farther from what is stored than the judge allows, and some are as far")
    func keepsToTheBound() {
        func error(_ x: Float) -> Double {
            (Double(Storage.bfloat16.stored(x)) - Double(x)).magnitude
        }
        func bound(_ x: Float) -> Double {
            Storage.bfloat16.unitRoundoff * Double(x.magnitude) + Storage.bfloat16.subnormalError
        }
        var random = SplitMix64(seed: 3)
        let drawn = (0..<10_000).map { _ in Float(bitPattern: UInt32(truncatingIfNeeded: random.next())) }
        let edges: [Float] = [
            .greatestFiniteMagnitude, .leastNormalMagnitude.nextDown, .leastNonzeroMagnitude, 0x1p-134,
            1.0 / 3,
        ]
        for x in drawn.filter({ $0.isFinite }) + edges { #expect(error(x) <= bound(x), "\(x)") }
        #expect(error(1 + 0x1p-8) > 0.99 * bound(1 + 0x1p-8))
        #expect(error(0x1p-134) > 0.99 * bound(0x1p-134))
    }

    @Test("A data set is stored value by value, its labels as they are")
    func storesData() throws {
        let data = try Dataset<Float>(
            samples: [[1 + 0x1p-8, 3], [.greatestFiniteMagnitude, -257]], labels: [1, 0])
        let stored = data.stored(as: .bfloat16)
        #expect(Array(stored.x.elements) == [1, 3, BFloat16.greatestFiniteMagnitude, -256])
        #expect(Array(stored.y.elements) == [1, 0] && (stored.m, stored.nx) == (2, 2))
        #expect(data.stored(as: .scalar).x === data.x)
    }
}
