import Problems

/// Vectors whose lanes add up to wᵀx of four samples, group by group in step.
struct FourSamples {
    typealias Lanes = SIMD16<Float>

    private var firstTwo = TwoGroups()
    private var lastTwo = TwoGroups()

    /// Adds the products of a group of each sample.
    ///
    /// - Parameters:
    ///   - x: the group of the first sample, the next one's `stride` bytes further on.
    ///   - w: the weights of the group.
    @inline(__always)
    mutating func addProducts(of x: UnsafeRawPointer, stride: Int, with w: UnsafePointer<Float>) {
        let weights = (even: Lanes.load(w), odd: Lanes.load(w + Lanes.scalarCount))
        firstTwo.addGroup(of: x, times: weights)
        firstTwo.addSecondGroup(of: x + stride, times: weights)
        lastTwo.addGroup(of: x + 2 &* stride, times: weights)
        lastTwo.addSecondGroup(of: x + 3 &* stride, times: weights)
    }

    /// Writes a vector for each sample.
    @inline(__always)
    func store(_ rows: UnsafeMutablePointer<Float>) {
        firstTwo.firstTotal.store(rows)
        firstTwo.secondTotal.store(rows + Lanes.scalarCount)
        lastTwo.firstTotal.store(rows + 2 &* Lanes.scalarCount)
        lastTwo.secondTotal.store(rows + 3 &* Lanes.scalarCount)
    }

    /// A number for each of four samples, in all lanes.
    struct Factors {
        private let first, second, third, fourth: Lanes

        @inline(__always)
        init(_ dz: UnsafePointer<Float>) {
            (first, second) = (Lanes(repeating: dz[0]), Lanes(repeating: dz[1]))
            (third, fourth) = (Lanes(repeating: dz[2]), Lanes(repeating: dz[3]))
        }

        /// dw += Σ x⁽ⁱ⁾·dz⁽ⁱ⁾ of a group of each sample.
        @inline(__always)
        func addProducts(of x: UnsafeRawPointer, stride: Int, to dw: UnsafeMutablePointer<Float>) {
            var sums = TwoGroups()
            sums.addGroup(of: x, times: (first, first))
            sums.addSecondGroup(of: x + stride, times: (second, second))
            sums.addGroup(of: x + 2 &* stride, times: (third, third))
            sums.addSecondGroup(of: x + 3 &* stride, times: (fourth, fourth))
            sums.addFolded(to: dw)
        }
    }
}
