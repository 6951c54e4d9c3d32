import Foundation
import Problems

/// An NPY file that is open, with its header read and its length checked.
struct NPYFile: ~Copyable {
    private let file: OpenFile
    /// The contents of a packed file.
    private let unpacked: Data?
    let header: NPYHeader
    /// Elements in the array, at least one.
    let count: Int

    /// Opens a file, and checks that it is as long as its header says.
    ///
    /// - Parameter path: of an NPY file, packed or not, or of an array in an archive, as in "archive.npz:name".
    init(_ path: String) throws(FileError) {
        let parts = NPZ.parts(of: path)
        let file = try OpenFile(parts?.archive ?? path, expecting: "an NPY file", onDisk: true)
        let unpacked: Data?
        if let parts {
            unpacked = try NPZ(parts.archive).contents(of: parts.array)
        } else {
            unpacked = try file.isPacked ? try file.unpackedToEnd() : nil
        }
        let size = unpacked?.count ?? file.size
        let start = try Self.read(file, unpacked, min(FileError.formatLength, size))
        try FileError.checkFormat(start, of: path)
        let offset = try NPYHeader.offset(start, of: path)
        guard offset <= size else { throw NPYHeader.broken(path, "it ends too early") }
        let header = try NPYHeader(try Self.read(file, unpacked, offset), of: path)
        let (count, expected) = try header.size(of: path)
        guard count > 0 else {
            throw FileError(
                path,
                "has the shape \(NPYHeader.tuple(header.shape)), and so no values; expected at least one")
        }
        let bytes = size - offset
        guard bytes >= expected else {
            throw FileError(
                path, "ends after \(bytes) bytes of the array; expected \(expected): copy or save it again")
        }
        guard bytes == expected else {
            throw FileError(
                path,
                "goes on for \(bytes - expected) bytes after the array; expected one array and nothing else")
        }
        self.file = file
        self.unpacked = unpacked
        self.header = header
        self.count = count
    }

    var path: String { file.path }

    /// The array as rows of `columns` values, one after another.
    ///
    /// Where the file holds just that, it is mapped, and nothing is copied; otherwise values are converted
    /// while they are read, part by part.
    ///
    /// - Parameter isTransposed: whether the file holds column after column.
    func rows<Scalar: RealScalar>(
        of columns: Int, isTransposed: Bool
    ) throws(FileError) -> AlignedBuffer<Scalar> {
        let rows = count / columns
        let isTransposed = isTransposed && rows > 1 && columns > 1
        if !isTransposed, unpacked == nil, header.type.isStoredAs(Scalar.self), header.offset % 64 == 0 {
            let buffer = AlignedBuffer<Scalar>(
                mapping: file.descriptor.number, offset: header.offset, count: count, path: path)
            guard let buffer else { throw .ofSystem(path) }
            return buffer
        }
        let buffer: AlignedBuffer<Scalar> = try PhysicalMemory.zeros(rows: rows, columns: columns, for: path)
        // A run is what is contiguous in the file: all values, or one column.
        let (runs, length) = isTransposed ? (columns, rows) : (1, count)
        let size = header.type.size
        for run in 0..<runs {
            for start in stride(from: 0, to: length, by: Self.partLength) {
                let part = min(Self.partLength, length - start)
                let offset = header.offset + (run * length + start) * size
                let bytes = try Self.read(file, unpacked, part * size, at: offset)
                let values = buffer.base + (isTransposed ? start * columns + run : start)
                bytes.withUnsafeBytes {
                    header.type.convert($0, to: values, stride: isTransposed ? columns : 1)
                }
            }
        }
        return buffer
    }

    /// Elements that are converted at a time: few enough to stay in the caches.
    private static let partLength = 1 << 14

    /// Reads `count` bytes, which the file had when it was opened.
    private static func read(
        _ file: borrowing OpenFile, _ unpacked: Data?, _ count: Int, at offset: Int = 0
    ) throws(FileError) -> [UInt8] {
        if let unpacked { return [UInt8](unpacked.dropFirst(offset).prefix(count)) }
        let bytes = try file.descriptor.bytes(count, at: offset)
        guard bytes.count == count else {
            throw FileError(
                file.path, kind: .unreadable, "cannot be read: it has become shorter meanwhile")
        }
        return bytes
    }
}

/// The type of the elements of an array, as a header describes it: `<f4`.
struct NPYType: Equatable {
    /// The meaning of an element's bits.
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

    /// The type that `text` describes; nil where it is none of those that are read: floats of 2 to 8
    /// bytes, and integers of 1 to 8 bytes. A bool is a byte, 0 or 1.
    init?(_ text: String) {
        var rest = text[...]
        let order = rest.first.flatMap { "<>|=".contains($0) ? $0 : nil }
        if order != nil { rest.removeFirst() }
        switch rest {
        case "f2", "f4", "f8": kind = .float
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
        case (.float, 2): each(bytes, values, stride) { (bits: UInt16) in Scalar(Self.float(half: bits)) }
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

    /// The number of the 16 bits of a float16 (IEEE 754 binary16), which not every platform has a type for.
    private static func float(half bits: UInt16) -> Float {
        let (exponent, fraction) = (Int(bits >> 10 & 0x1F), Float(bits & 0x3FF))
        let magnitude: Float =
            switch exponent {
            case 0: fraction * 0x1p-24
            case 31: fraction == 0 ? .infinity : .nan
            default: Float(sign: .plus, exponent: exponent - 25, significand: 1024 + fraction)
            }
        return bits >> 15 == 0 ? magnitude : -magnitude
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
