import Problems

/// Where the parameters, sums and activations of each layer lie for kernels that take whole vectors: rows are padded
/// to whole vectors.
struct NetworkLayout<Scalar: LaneScalar>: Sendable {
    /// How the weights are laid out.
    enum Form {
        /// W, unit after unit, rows padded with zeros.
        case rows
        /// In panels, each as many columns as a tile has lanes, row after row, so that a product reads it from front to
        /// back: Wᵀ (inputs × units) for Z, W (units × inputs) for dA.
        case panels
        /// In panels for Z, or in rows where panels would leave too many lanes without a unit.
        case best
    }

    /// A layer, and where its things begin.
    struct Place: Sendable {
        let layer: Layer

        /// Whether Z is made of inner products with the rows of W, not with panels of Wᵀ.
        let usesRows: Bool

        /// How far apart the samples are in what it reads and in what it writes.
        let inputStride: Int, outputStride: Int

        /// In the packed parameters: Wᵀ in panels or W in rows, the biases, and W in panels.
        fileprivate(set) var forward = 0, bias = 0, backward = 0

        /// In the sums: dW, its rows `rowStride` apart, and db.
        fileprivate(set) var dw = 0, db = 0

        /// Inputs, rounded up to whole vectors.
        let rowStride: Int

        /// Vectors of inputs, and of units.
        var inputVectors: Int { rowStride / Scalar.Lanes.scalarCount }
        var unitVectors: Int { outputStride / Scalar.Lanes.scalarCount }
    }

    /// The layers, first layer first. The last one has a row of weights.
    let places: [Place]

    let form: Form

    /// Whether a lane is better given to a sample than to a unit or an input: with `best`, where layers are narrow.
    let isNarrow: Bool

    /// Scalars of the packed parameters, and of the sums.
    private(set) var packedCount = 0, sumsCount = 0

    /// Where Σ L is in the sums.
    var loss: Int { sumsCount &- Scalar.Lanes.scalarCount }

    init(_ shape: Shape, _ form: Form) {
        isNarrow = form == .best && Self.isNarrow(shape)
        let form = isNarrow ? .rows : form
        self.form = form
        let width = Scalar.Lanes.scalarCount
        func whole(_ count: Int, _ multiple: Int) -> Int { count.dividedRoundingUp(by: multiple) * multiple }
        var places: [Place] = []
        let layers = shape.layers
        for (l, layer) in layers.enumerated() {
            let isLast = l == layers.count - 1
            let rows = Tiles.units(layer.units)
            let usesRows =
                isLast || form == .rows || form == .best && Self.prefersRows(layer, padded: rows)
            var place = Place(
                layer: layer, usesRows: usesRows,
                inputStride: places.last?.outputStride ?? layer.inputs,
                outputStride: whole(layer.units, width), rowStride: whole(layer.inputs, width))
            place.forward = packedCount
            packedCount +=
                usesRows ? place.rowStride * (isLast ? 1 : rows) : place.outputStride * layer.inputs
            place.bias = packedCount
            packedCount += place.outputStride
            place.backward = form == .rows ? place.forward : packedCount
            if l > 0, !isLast, form != .rows { packedCount += place.rowStride * layer.units }
            place.dw = sumsCount
            sumsCount += place.rowStride * (isLast ? 1 : whole(layer.units, Tiles.rows))
            place.db = sumsCount
            sumsCount += place.outputStride
            places.append(place)
        }
        sumsCount += width
        self.places = places
    }

    /// Whether inner products take less time than a panel with lanes that have no unit. They need a sum across
    /// lanes for each, which takes as long as about 70 multiply-adds for as many as a vector has lanes.
    private static func prefersRows(_ layer: Layer, padded: Int) -> Bool {
        let width = Scalar.Lanes.scalarCount
        let vectors = layer.units.dividedRoundingUp(by: width)
        return layer.inputs * padded / width + 70 * vectors < layer.inputs * vectors * 9 / 10
    }

    /// Whether products take fewer multiply-adds with a lane for each sample than with one for each unit (Z), input
    /// (dW) or input of the next layer (dA): the former fill their lanes at any width, but each of their sums is
    /// written to memory and read again for a few samples.
    private static func isNarrow(_ shape: Shape) -> Bool {
        let width = Scalar.Lanes.scalarCount
        let layers = shape.layers
        guard layers.count > 1, layers.allSatisfy({ $0.inputs <= 64 && $0.units <= 64 }) else { return false }
        let (side, across) = layers.dropLast().reduce((0, 0)) { sum, layer in
            let (inputs, units) = (layer.inputs, layer.units)
            let vectors = (inputs.dividedRoundingUp(by: width), units.dividedRoundingUp(by: width))
            return (
                sum.0 + 3 * inputs * units,
                sum.1 + width * (inputs * vectors.1 + 2 * vectors.0 * units.dividedRoundingUp(by: 8) * 8)
            )
        }
        return 2 * side < across
    }

    /// Copies the parameters of a layer to where kernels read them; padding there stays 0.
    ///
    /// - Parameter part: which of `parts` shares of the layer.
    func pack(
        _ l: Int, of model: UnsafePointer<Scalar>, to packed: UnsafeMutablePointer<Scalar>, part: Int = 0,
        of parts: Int = 1
    ) {
        let place = places[l], layer = place.layer
        let w = model + layer.weights
        let units = Self.share(part, of: parts, layer.units)
        if part == 0 { (packed + place.bias).update(from: model + layer.biases, count: layer.units) }
        if place.usesRows {
            for u in units {
                (packed + (place.forward &+ u &* place.rowStride)).update(
                    from: w + u &* layer.inputs, count: layer.inputs)
            }
        } else {
            packTransposed(place, w, packed, Self.share(part, of: parts, layer.inputs))
        }
        guard l > 0, l < places.count - 1, form != .rows else { return }
        Self.forPanels(of: layer.inputs) { input, lanes, count in
            let to = packed + (place.backward &+ input &* layer.units)
            for u in units {
                (to + u &* lanes).update(from: w + (u &* layer.inputs &+ input), count: count)
            }
        }
    }

    private func packTransposed(
        _ place: Place, _ w: UnsafePointer<Scalar>, _ packed: UnsafeMutablePointer<Scalar>,
        _ inputs: Range<Int>
    ) {
        let layer = place.layer
        Self.forPanels(of: layer.units) { unit, lanes, count in
            let to = packed + (place.forward &+ unit &* layer.inputs)
            for k in inputs {
                var (from, out) = (w + (unit &* layer.inputs &+ k), to + k &* lanes)
                let end = out + count
                while out < end {
                    out.pointee = from.pointee
                    from += layer.inputs
                    out += 1
                }
            }
        }
    }

    /// The panels of a matrix: the first column of each, its lanes, and how many of these have a column.
    @inline(__always)
    private static func forPanels(of columns: Int, _ body: (_ first: Int, _ lanes: Int, _ count: Int) -> Void)
    {
        let width = Scalar.Lanes.scalarCount
        let panels = Panels(vectors: columns.dividedRoundingUp(by: width))
        for p in 0..<panels.count {
            let (first, lanes) = (panels[p].first &* width, panels[p].vectors &* width)
            body(first, lanes, min(lanes, columns &- first))
        }
    }

    /// Adds the sums of all parts, in order, divides them by m and writes them as derivatives.
    ///
    /// - Parameters:
    ///   - sums: of the parts, `sumsCount` apart.
    ///   - share: which of `shares` of the units of each layer.
    func finish(
        _ sums: UnsafePointer<Scalar>, parts: Int, dividedBy m: Int,
        to derivatives: UnsafeMutablePointer<Scalar>, share: Int = 0, of shares: Int = 1
    ) {
        // With a power of two, a product with 1/m has the same bits as the quotient.
        let isPowerOfTwo = m & (m &- 1) == 0
        let (m, inverse) = (Scalar.Lanes(repeating: Scalar(m)), Scalar.Lanes(repeating: 1 / Scalar(m)))
        func finish(_ from: Int, _ count: Int, _ out: UnsafeMutablePointer<Scalar>) {
            var k = 0
            while k < count {
                var sum = Scalar.Lanes.load(sums + (from &+ k))
                for part in 1..<parts { sum += .load(sums + (part &* sumsCount &+ from &+ k)) }
                let derivative = isPowerOfTwo ? sum * inverse : sum / m
                if k &+ Scalar.Lanes.scalarCount <= count {
                    derivative.store(out + k)
                } else {
                    derivative.store(out + k, count: count &- k)
                }
                k &+= Scalar.Lanes.scalarCount
            }
        }
        for place in places {
            let layer = place.layer
            for u in Self.share(share, of: shares, layer.units) {
                finish(
                    place.dw &+ u &* place.rowStride, layer.inputs,
                    derivatives + (layer.weights &+ u &* layer.inputs))
            }
            if share == 0 { finish(place.db, layer.units, derivatives + layer.biases) }
        }
    }

    /// J, from the sums of all parts.
    func cost(_ sums: UnsafePointer<Scalar>, parts: Int, dividedBy m: Int) -> Scalar {
        (0..<parts).reduce(0) { $0 + sums[$1 &* sumsCount &+ loss] } / Scalar(m)
    }

    private static func share(_ part: Int, of parts: Int, _ count: Int) -> Range<Int> {
        part &* count / parts..<(part &+ 1) &* count / parts
    }
}

/// The sizes of the tiles of a matrix product.
enum Tiles {
    // With AVX-512 24 sums, which leaves 8 registers for what is loaded; elsewhere a vector of 64 bytes takes two
    // registers or four.
    #if VECTORS_OF_64_BYTES
    /// The rows of a tile, and the vectors of its widest.
    static var rows: Int { 8 }
    static var vectors: Int { 3 }
    /// Units of a tile of inner products.
    static var innerUnits: Int { 8 }
    #elseif VECTORS_OF_32_BYTES || arch(arm64)
    static var rows: Int { 6 }
    static var vectors: Int { 1 }
    static var innerUnits: Int { 4 }
    #else
    static var rows: Int { 3 }
    static var vectors: Int { 1 }
    static var innerUnits: Int { 2 }
    #endif

    /// Units, rounded up to whole tiles of inner products.
    static func units(_ units: Int) -> Int { units.dividedRoundingUp(by: innerUnits) * innerUnits }
}

/// A matrix cut into panels, each as many vectors wide as a tile, or one less.
struct Panels {
    /// How many there are.
    let count: Int
    private let least, wider: Int

    /// - Parameter vectors: of all panels together, at least 1.
    init(vectors: Int) {
        count = vectors.dividedRoundingUp(by: Tiles.vectors)
        (least, wider) = (vectors / count, vectors % count)
    }

    /// The first vector of a panel, and how many it has.
    @inline(__always)
    subscript(panel: Int) -> (first: Int, vectors: Int) {
        (panel &* least &+ min(panel, wider), panel < wider ? least &+ 1 : least)
    }
}
