import Foundation

/// The kinds of data that can be read, as a path tells them.
package enum DataFormat: Sendable, Equatable {
    /// Comma-separated values.
    case csv
    /// An array of NumPy.
    case npy
    /// An array in the format of MNIST, plain or packed.
    case idx
    /// A folder of images.
    case netpbm

    /// The format of what is at `path`: a folder is one of images; `.npy` and `.csv` say what they are; so
    /// do names as MNIST's (`train-images-idx3-ubyte.gz`), and files that start with the two zeros of IDX
    /// or as gzip's do. All else, pipes too, is CSV. Whether it can be read at all shows later.
    package static func of(_ path: String) -> DataFormat {
        let status = try? FileStatus(path)
        if status?.isFolder == true { return .netpbm }
        let name = path.lowercased()
        if name.hasSuffix(".npy") { return .npy }
        if name.hasSuffix(".csv") { return .csv }
        if name.contains("-ubyte") || name.hasSuffix(".idx") || name.hasSuffix(".gz") { return .idx }
        // To open a pipe might wait for ever, and what is taken from it is gone.
        guard status?.isPlain == true, let file = try? OpenFile(path) else { return .csv }
        var start: UInt16 = 0xFFFF
        let (descriptor, isPacked) = (file.descriptor, (try? Gzip.isPacked(file)) == true)
        let count = withUnsafeMutableBytes(of: &start) { try? descriptor.read(into: $0, at: 0) }
        return isPacked || count == 2 && start == 0 ? .idx : .csv
    }
}
