import Problems

/// The type of the elements of an array, as a header describes it: `<f4`.
struct NPYType: Equatable {
    /// How the bits of an element are to be taken.
    enum Kind: Equatable {
        case float
        case signed
        case unsigned
    }

    let kind: Kind
    /// Bytes of an element: 1, 2, 4 or 8.
    let size: Int
    /// Whether the highest byte comes first.
    let isBigEndian: Bool

    /// The type that `text` describes; nil where it is none of those that are read: float32, float64,
    /// and integers of 1 to 8 bytes. A bool is a byte, 0 or 1.
    init?(_ text: String) {
        var rest = text[...]
        let order = rest.first.flatMap { "<>|=".contains($0) ? $0 : nil }
        if order != nil { rest.removeFirst() }
        switch rest {
        case "f4", "f8": kind = .float
        case "i1", "i2", "i4", "i8": kind = .signed
        case "u1", "u2", "u4", "u8", "b1": kind = .unsigned
        default: return nil
        }
        size = rest.last == "1" ? 1 : rest.last == "2" ? 2 : rest.last == "4" ? 4 : 8
        isBigEndian = order == ">"
        // Only a single byte needs no order.
        if size > 1, order == nil || order == "|" { return nil }
    }

    /// Whether elements are stored as `Scalar` is in memory.
    func isStoredAs<Scalar: RealScalar>(_: Scalar.Type) -> Bool {
        kind == .float && size == MemoryLayout<Scalar>.size && isBigEndian == (UInt16(1).bigEndian == 1)
    }

    /// Converts elements, each to the nearest `Scalar`.
    ///
    /// - Parameters:
    ///   - bytes: whole elements.
    ///   - values: takes the first.
    ///   - stride: from one value to the next.
    func convert<Scalar: RealScalar>(
        _ bytes: UnsafeRawBufferPointer, to values: UnsafeMutablePointer<Scalar>, stride: Int
    ) {
        switch (kind, size) {
        case (.float, 4): each(bytes, values, stride) { (bits: UInt32) in Scalar(Float(bitPattern: bits)) }
        case (.float, _): each(bytes, values, stride) { (bits: UInt64) in Scalar(Double(bitPattern: bits)) }
        case (.signed, 1): each(bytes, values, stride) { (number: Int8) in Scalar(number) }
        case (.signed, 2): each(bytes, values, stride) { (number: Int16) in Scalar(number) }
        case (.signed, 4): each(bytes, values, stride) { (number: Int32) in Scalar(number) }
        case (.signed, _): each(bytes, values, stride) { (number: Int64) in Scalar(number) }
        case (.unsigned, 1): each(bytes, values, stride) { (number: UInt8) in Scalar(number) }
        case (.unsigned, 2): each(bytes, values, stride) { (number: UInt16) in Scalar(number) }
        case (.unsigned, 4): each(bytes, values, stride) { (number: UInt32) in Scalar(number) }
        case (.unsigned, _): each(bytes, values, stride) { (number: UInt64) in Scalar(number) }
        }
    }

    @inline(__always)
    private func each<Bits: FixedWidthInteger, Scalar: RealScalar>(
        _ bytes: UnsafeRawBufferPointer, _ values: UnsafeMutablePointer<Scalar>, _ stride: Int,
        _ value: (Bits) -> Scalar
    ) {
        let size = MemoryLayout<Bits>.size
        for k in 0..<bytes.count / size {
            let bits = bytes.loadUnaligned(fromByteOffset: k * size, as: Bits.self)
            values[k * stride] = value(isBigEndian ? Bits(bigEndian: bits) : Bits(littleEndian: bits))
        }
    }
}
