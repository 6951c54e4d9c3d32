/// The header of an NPY file: the type, the order and the shape of the array behind it.
///
/// The format is that of NumPy (numpy.lib.format): the magic `\x93NUMPY`, a version, the length of the
/// header, and the header, a Python dictionary such as
/// `{'descr': '<f4', 'fortran_order': False, 'shape': (3, 2), }`.
struct NPYHeader: Equatable {
    let type: NPYType
    /// Whether the first index, not the last, moves fastest.
    let isFortranOrder: Bool
    let shape: [Int]
    /// Where the array starts in the file.
    let offset: Int

    /// The bytes that tell how long the header is; enough for every version.
    static let prefixLength = 12

    /// A header of more than this is taken for a broken one. NumPy's longest describe records.
    private static let greatestLength = 1 << 16

    /// The offset of the array, from the first bytes of a file.
    static func offset(_ prefix: [UInt8]) throws(NPYError.Problem) -> Int {
        guard prefix.starts(with: magic) else { throw .notNPY }
        guard prefix.count > 9 else { throw .header("it ends too early") }
        let start: Int
        let length: Int
        switch prefix[6] {
        case 1:
            start = 10
            length = Int(prefix[8]) | Int(prefix[9]) << 8
        case 2, 3:
            guard prefix.count >= prefixLength else { throw .header("it ends too early") }
            start = 12
            length = (0..<4).reduce(0) { $0 | Int(prefix[8 + $1]) << (8 * $1) }
        default: throw .version(major: Int(prefix[6]), minor: Int(prefix[7]))
        }
        guard length <= greatestLength else { throw .header("it is to have \(length) bytes") }
        return start + length
    }

    /// Reads the header of a file.
    ///
    /// - Parameter bytes: all bytes before the array.
    init(_ bytes: [UInt8]) throws(NPYError.Problem) {
        offset = bytes.count
        let start = bytes[6] == 1 ? 10 : 12
        var literal = PythonLiteral(bytes[min(start, bytes.count)...])
        guard let values = literal.dictionary() else { throw .header("it is no dictionary of Python") }
        guard case .text(let description)? = values["descr"] else {
            if case .other? = values["descr"] { throw .type("records") }
            throw .header("it does not name the type, 'descr'")
        }
        guard let type = NPYType(description) else { throw .type(description) }
        guard case .truth(let isFortranOrder)? = values["fortran_order"] else {
            throw .header("it does not tell the order, 'fortran_order'")
        }
        if case .beyondInt(let length)? = values["shape"] {
            throw .header("its shape has the length \(CSVError.shown(length)), which no file can hold")
        }
        guard case .numbers(let shape)? = values["shape"] else {
            throw .header("it does not tell the shape, 'shape'")
        }
        (self.type, self.isFortranOrder, self.shape) = (type, isFortranOrder, shape)
    }

    /// The number of elements, and of their bytes.
    func size() throws(NPYError.Problem) -> (count: Int, bytes: Int) {
        var count = 1
        for length in shape {
            let (product, overflows) = count.multipliedReportingOverflow(by: length)
            guard !overflows else { throw .hugeShape(shape) }
            count = product
        }
        let (bytes, overflows) = count.multipliedReportingOverflow(by: type.size)
        guard !overflows else { throw .hugeShape(shape) }
        return (count, bytes)
    }

    /// The first bytes of a file, as NumPy writes them: padded, so that the array starts at a multiple of
    /// 64 bytes.
    ///
    /// - Parameter type: as in `<f4`.
    static func encoded(type: String, shape: [Int]) -> [UInt8] {
        let lengths = shape.map(String.init).joined(separator: ", ") + (shape.count == 1 ? "," : "")
        let text = "{'descr': '\(type)', 'fortran_order': False, 'shape': (\(lengths)), }"
        let padding = 63 - (10 + text.utf8.count) % 64
        let header = Array((text + String(repeating: " ", count: padding) + "\n").utf8)
        return magic + [1, 0, UInt8(header.count & 0xFF), UInt8(header.count >> 8)] + header
    }

    private static let magic: [UInt8] = [0x93] + Array("NUMPY".utf8)
}
