import Problems

/// `simd.lanes`: the two explicit loops with a vector of features at a time, and nothing else changed.
///
///     for i in samples:
///         for j in 1…n_x:  z += w_j · x_j⁽ⁱ⁾        16 features (Float) in one instruction, one running
///                                                    vector of sums, added across at the end
///         for j in 1…n_x:  dw_j += x_j⁽ⁱ⁾ · dz       likewise
///
/// Changes from `loops.unchecked`: the sum z, which the compiler must not reorder, is packed too. There is one
/// accumulator, so each multiply-add of the first loop waits for the one before it, and the loss still takes one
/// sample at a time.
struct LanesKernel<Scalar: LaneScalar>: Kernel {
    static var info: RungInfo {
        RungInfo(
            "simd.lanes", after: "loops.unchecked", "features in SIMD lanes, one accumulator",
            why: "The sum z is packed too: a vector of features in one multiply-add. There is one vector "
                + "of sums, so each multiply-add still waits for the one before it.",
            sums: .running)
    }

    private let data: Dataset<Scalar>

    init(_ data: Dataset<Scalar>, samples: Int) {
        self.data = data
    }

    static func preparedBytes(samples: Int, nx: Int) -> Int { 0 }

    func sum(over samples: Range<Int>, at model: Parameters<Scalar>, into sums: Sums<Scalar>) {
        typealias Lanes = Scalar.Lanes
        let (nx, y, w, dw) = (data.nx, data.y.base, model.w, sums.dw)
        sums.clear()
        var (loss, db): (Scalar, Scalar) = (0, 0)
        for i in samples {
            let x = data.x.base + i &* nx
            var z = Lanes(repeating: 0)
            var j = 0
            while j < nx {
                // At the tail w and dw have room, and w is 0 there, so that what x reads does not count.
                z = z.addingProduct(.load(w + j), times: .load(x + j))
                j &+= Lanes.scalarCount
            }
            let (a, l) = logistic(z.horizontalSum() + model.b, label: y[i])
            let dz = a - y[i]
            loss += l
            let dzs = Lanes(repeating: dz)
            j = 0
            while j < nx {
                Lanes.load(dw + j).addingProduct(.load(x + j), times: dzs).store(dw + j)
                j &+= Lanes.scalarCount
            }
            db += dz
        }
        sums.loss = loss
        sums.db = db
    }
}
