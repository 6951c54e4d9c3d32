/// The kinds of data that can be read, as a path shows them.
package enum DataFormat: Sendable {
    /// Comma-separated values.
    case csv
    /// An array of NumPy.
    case npy
    /// An array in the format of MNIST, plain or packed.
    case idx
    /// A folder of images.
    case netpbm

    /// The format of the file or folder at `path`: a folder is one of images; `.npy` and `.csv` say what they
    /// are; so do names like those of MNIST (`train-images-idx3-ubyte.gz`), and files that start with the two
    /// zeros of IDX or as gzip's do. Everything else, pipes too, is CSV. Whether it can be read shows later.
    package static func of(_ path: String) -> DataFormat {
        let status = try? FileStatus(path)
        if status?.isFolder == true { return .netpbm }
        let name = path.lowercased()
        if name.hasSuffix(".npy") { return .npy }
        if name.hasSuffix(".csv") { return .csv }
        if name.contains("-ubyte") || name.hasSuffix(".idx") || name.hasSuffix(".gz") { return .idx }
        // Opening a pipe might wait for ever, and what is taken from it is gone.
        guard let file = try? OpenFile(path, expecting: "data", onDisk: true),
            let start = try? file.descriptor.bytes(2)
        else { return .csv }
        return start == [0, 0] || start == [0x1F, 0x8B] ? .idx : .csv
    }
}
