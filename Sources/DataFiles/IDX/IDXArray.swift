import Foundation

/// The array of bytes in an IDX file: two bytes of 0, the type, the number of dimensions, a length for
/// each (32 bits, highest byte first), and the values, the last index moving fastest.
///
/// The format is that of the MNIST database of Y. LeCun, C. Cortes and C. Burges.
struct IDXArray {
    /// The length of each dimension.
    let shape: [Int]
    /// The values, as many as the lengths say.
    let values: Data

    /// Takes a file apart, and checks that it is as long as its header says.
    init(_ contents: Data) throws(IDXError.Problem) {
        let bytes = [UInt8](contents.prefix(4 + 4 * 255))
        guard bytes.count >= 4, bytes[0] == 0, bytes[1] == 0, bytes[3] > 0 else { throw .notIDX }
        guard bytes[2] == 0x08 else { throw .type(bytes[2]) }
        let start = 4 + 4 * Int(bytes[3])
        guard bytes.count >= start else { throw .length(bytes: 0, expected: 1) }
        shape = stride(from: 4, to: start, by: 4).map { place in
            bytes[place..<place + 4].reduce(0) { $0 << 8 | Int($1) }
        }
        var count = 1
        for length in shape {
            let (product, overflows) = count.multipliedReportingOverflow(by: length)
            guard !overflows else { throw .hugeShape(shape) }
            count = product
        }
        values = contents.dropFirst(start)
        guard values.count == count else { throw .length(bytes: values.count, expected: count) }
        guard count > 0 else { throw .noValues(shape) }
    }
}
