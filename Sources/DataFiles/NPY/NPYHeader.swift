/// The header of an NPY file: the type, the order and the shape of the array after it.
///
/// The format is that of NumPy (numpy.lib.format): the magic `\x93NUMPY`, a version, the length of the
/// header, and the header, a Python dictionary such as
/// `{'descr': '<f4', 'fortran_order': False, 'shape': (3, 2), }`.
struct NPYHeader {
    let type: NPYType
    /// Whether the first index, not the last, moves fastest.
    let isFortranOrder: Bool
    let shape: [Int]
    /// Where the array starts in the file.
    let offset: Int

    /// A header of more than this is taken for a broken one. NumPy's longest describe records.
    private static let greatestLength = 1 << 16

    /// The offset of the array, from the first bytes of a file.
    static func offset(_ prefix: [UInt8], of file: String) throws(FileError) -> Int {
        guard prefix.starts(with: magic) else {
            throw FileError(file, "is no NPY file; expected one that numpy.save wrote")
        }
        guard prefix.count > 9 else { throw broken(file, "it ends too early") }
        let start: Int
        let length: Int
        switch prefix[6] {
        case 1:
            start = 10
            length = Int(prefix[8]) | Int(prefix[9]) << 8
        case 2, 3:
            guard prefix.count >= 12 else { throw broken(file, "it ends too early") }
            start = 12
            length = (0..<4).reduce(0) { $0 | Int(prefix[8 + $1]) << (8 * $1) }
        default:
            throw FileError(
                file, "is an NPY file of version \(prefix[6]).\(prefix[7]); expected 1.0, 2.0 or 3.0")
        }
        guard length <= greatestLength else { throw broken(file, "it is to have \(length) bytes") }
        return start + length
    }

    /// Reads the header of a file.
    ///
    /// - Parameter bytes: all bytes before the array.
    init(_ bytes: [UInt8], of file: String) throws(FileError) {
        func unknownType(_ name: String) -> FileError {
            FileError(
                file,
                "holds elements of type '\(name.shown)'; expected float16, float32, float64, bool or integers: "
                    + "convert them with astype")
        }
        let start = bytes[6] == 1 ? 10 : 12
        var literal = PythonLiteral(bytes[min(start, bytes.count)...])
        guard let values = literal.dictionary() else {
            throw Self.broken(file, "it is no dictionary of Python")
        }
        guard case .text(let description)? = values["descr"] else {
            if case .other? = values["descr"] { throw unknownType("records") }
            throw Self.broken(file, "it does not name the type, 'descr'")
        }
        guard let type = NPYType(description) else { throw unknownType(description) }
        guard case .truth(let isFortranOrder)? = values["fortran_order"] else {
            throw Self.broken(file, "it does not give the order, 'fortran_order'")
        }
        if case .beyondInt(let length)? = values["shape"] {
            throw Self.broken(file, "its shape has the length \(length.shown), which no file can hold")
        }
        guard case .numbers(let shape)? = values["shape"] else {
            throw Self.broken(file, "it does not give the shape, 'shape'")
        }
        (self.type, self.isFortranOrder, self.shape) = (type, isFortranOrder, shape)
        offset = bytes.count
    }

    static func broken(_ file: String, _ reason: String) -> FileError {
        FileError(file, "has a broken header: \(reason); save the array again")
    }

    /// The number of elements, and of their bytes.
    func size(of file: String) throws(FileError) -> (count: Int, bytes: Int) {
        func huge() -> FileError {
            FileError(file, "has the shape \(Self.tuple(shape)), which no file can hold")
        }
        var count = 1
        for length in shape {
            let (product, overflows) = count.multipliedReportingOverflow(by: length)
            guard !overflows else { throw huge() }
            count = product
        }
        let (bytes, overflows) = count.multipliedReportingOverflow(by: type.size)
        guard !overflows else { throw huge() }
        return (count, bytes)
    }

    /// The first bytes of a file, as NumPy writes them: padded, so that the array starts at a multiple of
    /// 64 bytes.
    ///
    /// - Parameter type: as in `<f4`.
    static func encoded(type: String, shape: [Int]) -> [UInt8] {
        let text = "{'descr': '\(type)', 'fortran_order': False, 'shape': \(tuple(shape)), }"
        let padding = 63 - (10 + text.utf8.count) % 64
        let header = Array((text + String(repeating: " ", count: padding) + "\n").utf8)
        return magic + [1, 0, UInt8(header.count & 0xFF), UInt8(header.count >> 8)] + header
    }

    /// A shape as Python writes it.
    static func tuple(_ shape: [Int]) -> String {
        "(" + shape.map(String.init).joined(separator: ", ") + (shape.count == 1 ? ",)" : ")")
    }

    static let magic: [UInt8] = [0x93] + Array("NUMPY".utf8)
}

/// A dictionary as Python writes it, as far as NPY headers use it.
struct PythonLiteral {
    /// A value of the dictionary.
    enum Value: Equatable {
        case text(String)
        case truth(Bool)
        case numbers([Int])
        /// Numbers of which one is more than an `Int` holds, with its digits.
        case beyondInt(String)
        /// A list, which describes records.
        case other
    }

    private var rest: ArraySlice<UInt8>

    init(_ bytes: ArraySlice<UInt8>) { rest = bytes }

    /// The values by their keys; nil where the text is not what it should be.
    mutating func dictionary() -> [String: Value]? {
        guard take("{") else { return nil }
        var values: [String: Value] = [:]
        while !take("}") {
            guard let key = text(), take(":"), let value = value() else { return nil }
            values[key] = value
            // What follows a list is not read: there are no more values that matter.
            if value == .other { return values }
            if !take(",") {
                guard take("}") else { return nil }
                break
            }
        }
        skipBlanks()
        return rest.isEmpty ? values : nil
    }

    private mutating func value() -> Value? {
        skipBlanks()
        switch rest.first.map(UnicodeScalar.init) {
        case "'", "\"": return text().map { .text($0) }
        case "(": return numbers()
        case "[": return .other
        default:
            let word = takeAll { $0 | 0x20 >= 0x61 && $0 | 0x20 <= 0x7A }
            return word == "True" ? .truth(true) : word == "False" ? .truth(false) : nil
        }
    }

    private mutating func text() -> String? {
        guard let quote: UnicodeScalar = take("'") ? "'" : take("\"") ? "\"" : nil else { return nil }
        let text = takeAll { UnicodeScalar($0) != quote && $0 != 0x5C }
        return take(quote) ? text : nil
    }

    private mutating func numbers() -> Value? {
        guard take("(") else { return nil }
        var numbers: [Int] = []
        var beyondInt: String?
        while !take(")") {
            skipBlanks()
            let digits = takeAll { $0 >= 0x30 && $0 <= 0x39 }
            guard !digits.isEmpty else { return nil }
            if let number = Int(digits) { numbers.append(number) } else { beyondInt = digits }
            _ = take("L")  // Python 2 wrote long integers so.
            if !take(",") {
                guard take(")") else { return nil }
                break
            }
        }
        return beyondInt.map { .beyondInt($0) } ?? .numbers(numbers)
    }

    /// Steps over `scalar` and the blanks before it, where it comes next.
    private mutating func take(_ scalar: UnicodeScalar) -> Bool {
        skipBlanks()
        guard let first = rest.first, UnicodeScalar(first) == scalar else { return false }
        rest.removeFirst()
        return true
    }

    private mutating func takeAll(_ belongs: (UInt8) -> Bool) -> String {
        let taken = rest.prefix(while: belongs)
        rest = rest[taken.endIndex...]
        return String(decoding: taken, as: UTF8.self)
    }

    private mutating func skipBlanks() { rest = rest.drop { $0 == 0x20 || $0 == 0x0A || $0 == 0x09 } }
}
