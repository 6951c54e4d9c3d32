/// The kinds of data that can be read, as a path and the start of a file show them.
package enum DataFormat: Sendable {
    /// Comma-separated values.
    case csv
    /// An array of NumPy.
    case npy
    /// An array in the format of MNIST.
    case idx
    /// A folder of images, or a single one.
    case netpbm
    /// Not read, such as a zip archive or a damaged gzip: any reader throws an error that says what it is.
    case other

    /// The format of the file or folder at `path`: a folder is one of images, as a file that starts as one is; `.npy` and `.csv` say what they
    /// are, and so do names like those of MNIST (`train-images-idx3-ubyte`), with `.gz` or without; any other
    /// file is known by its start, unpacked where it is packed by gzip. Everything else, pipes and standard input too, is CSV.
    /// Whether it can be read shows later.
    package static func of(_ path: String) -> DataFormat {
        if path == "-" { return .csv }
        let status = try? FileStatus(path)
        if status?.isFolder == true { return .netpbm }
        var name = path.lowercased()
        if name.hasSuffix(".gz") { name.removeLast(3) }
        if name.hasSuffix(".npy") || NPZ.parts(of: path) != nil { return .npy }
        if name.hasSuffix(".csv") { return .csv }
        if name.contains("-ubyte") || name.hasSuffix(".idx") { return .idx }
        // Opening a pipe might wait for ever, and what is taken from it is gone.
        guard let file = try? OpenFile(path, expecting: "data", onDisk: true) else { return .csv }
        guard let start = try? file.start() else { return .other }
        if start.starts(with: NPYHeader.magic) { return .npy }
        if start.starts(with: [0, 0]) { return .idx }
        if NetpbmImage.isOne(start) || ImageConversion(start) != nil { return .netpbm }
        return (try? FileError.checkFormat(start, of: path)) == nil ? .other : .csv
    }
}
