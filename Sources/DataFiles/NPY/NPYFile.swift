import Foundation
import Problems

/// An NPY file that is open, with its header read and its length checked.
struct NPYFile: ~Copyable {
    private let file: OpenFile
    let header: NPYHeader
    /// Elements in the array, at least one.
    let count: Int

    /// Opens a file, and checks that it is as long as its header says.
    init(_ path: String) throws(NPYError.Problem) {
        let file: OpenFile
        do throws(FileProblem) {
            file = try OpenFile(path)
        } catch {
            throw .file(error)
        }
        guard file.isPlain else { throw .file(.isNotPlain) }
        let offset = try NPYHeader.offset(try Self.read(file, min(NPYHeader.prefixLength, file.size)))
        guard offset <= file.size else { throw .header("it ends too early") }
        let header = try NPYHeader(try Self.read(file, offset))
        let (count, expected) = try header.size()
        guard count > 0 else { throw .noValues(header.shape) }
        let bytes = file.size - offset
        guard bytes >= expected else { throw .truncated(bytes: bytes, expected: expected) }
        guard bytes == expected else { throw .trailing(bytes: bytes - expected) }
        self.file = file
        self.header = header
        self.count = count
    }

    /// The array as rows of `columns` values, one after another.
    ///
    /// Where the file holds just that, it is mapped, and nothing is copied; else values are converted
    /// while they are read, part by part.
    ///
    /// - Parameter isTransposed: whether the file holds column after column.
    func rows<Scalar: RealScalar>(
        of columns: Int, isTransposed: Bool
    ) throws(NPYError.Problem) -> AlignedBuffer<Scalar> {
        let rows = count / columns
        let isTransposed = isTransposed && rows > 1 && columns > 1
        if !isTransposed, header.type.isStoredAs(Scalar.self), header.offset % 64 == 0 {
            let buffer = AlignedBuffer<Scalar>(
                mapping: file.descriptor.number, offset: header.offset, count: count)
            guard let buffer else { throw .file(.latest) }
            return buffer
        }
        let buffer: AlignedBuffer<Scalar>
        do {
            buffer = try PhysicalMemory.zeros(rows: rows, columns: columns)
        } catch {
            throw .file(error)
        }
        // A run is what lies side by side in the file: all values, or one column.
        let (runs, length) = isTransposed ? (columns, rows) : (1, count)
        let size = header.type.size
        for run in 0..<runs {
            for start in stride(from: 0, to: length, by: Self.partLength) {
                let part = min(Self.partLength, length - start)
                let offset = header.offset + (run * length + start) * size
                let bytes = try Self.read(file, part * size, at: offset)
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
        _ file: borrowing OpenFile, _ count: Int, at offset: Int = 0
    ) throws(NPYError.Problem) -> [UInt8] {
        let descriptor = file.descriptor
        var bytes = [UInt8](repeating: 0, count: count)
        let outcome = bytes.withUnsafeMutableBytes { buffer in
            Result { () throws(FileProblem) in try descriptor.read(into: buffer, at: offset) }
        }
        switch outcome {
        case .success(count): return bytes
        case .success: throw .file(.unreadable("it has become shorter meanwhile"))
        case .failure(let problem): throw .file(problem)
        }
    }
}
