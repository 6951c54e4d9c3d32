/// Why a file cannot be read, whatever its format.
package enum FileProblem: Error, Sendable, Equatable {
    /// There is no such file.
    case missing
    /// The path is that of a folder.
    case isFolder
    /// Neither a plain file nor a pipe, such as a device without end.
    case isDevice
    /// A device or a pipe, where the bytes must stay in a plain file.
    case isNotPlain
    /// What it holds takes more memory than this machine has.
    case tooLarge(bytes: UInt64)
    /// The system does not let us read it, for the reason given.
    case unreadable(String)

    /// What is wrong and what was expected.
    ///
    /// - Parameter expected: the kind of file, with its article: "a CSV file".
    func message(expected: String) -> String {
        switch self {
        case .missing: "no such file; check the path"
        case .isFolder: "is a folder; expected \(expected)"
        case .isDevice: "is a device; expected \(expected) or a pipe"
        case .isNotPlain: "is a device or a pipe; expected \(expected) on disk"
        case .tooLarge(let bytes):
            "takes \(bytes >> 20) MiB of memory, which is more than this machine has; give a part of it"
        case .unreadable(let reason): "cannot be read: \(reason)"
        }
    }
}
