import Foundation

/// Files packed by gzip, unpacked by the system's program of that name.
enum Gzip {
    /// Why a file could not be unpacked.
    enum Failure: Error, Equatable {
        /// There is no gzip in the folders of PATH.
        case noProgram
        /// In the words of gzip.
        case refused(String)
        /// The unpacked bytes cannot be taken.
        case file(FileProblem)
    }

    /// Whether a plain file starts as a packed one does (RFC 1952). A pipe is taken as it is.
    static func isPacked(_ file: borrowing OpenFile) throws(FileProblem) -> Bool {
        guard file.isPlain else { return false }
        var start: UInt16 = 0
        let descriptor = file.descriptor
        let count = withUnsafeMutableBytes(of: &start) { bytes in
            Result { () throws(FileProblem) in try descriptor.read(into: bytes, at: 0) }
        }
        return try count.get() == 2 && start == UInt16(littleEndian: 0x8B1F)
    }

    /// The contents of a packed file.
    static func unpack(_ file: borrowing OpenFile) throws(Failure) -> Data {
        guard let program = program() else { throw .noProgram }
        let process = Process()
        let (output, errors) = (Pipe(), Pipe())
        process.executableURL = URL(fileURLWithPath: program)
        process.arguments = ["-dc"]
        process.standardInput = FileHandle(fileDescriptor: file.descriptor.number, closeOnDealloc: false)
        process.standardOutput = output
        process.standardError = errors
        do {
            try process.run()
        } catch {
            throw .refused("\(error.localizedDescription)")
        }
        let contents: Data
        do {
            contents = try Descriptor(number: output.fileHandleForReading.fileDescriptor).readToEnd()
        } catch {
            process.terminate()
            process.waitUntilExit()
            throw .file(error)
        }
        // gzip says a line or two, which the pipe holds until now.
        let message = (try? errors.fileHandleForReading.readToEnd()) ?? nil
        process.waitUntilExit()
        guard process.terminationReason == .exit, process.terminationStatus == 0 else {
            let text = String(decoding: message ?? Data(), as: UTF8.self)
            let line = text.split(separator: "\n").first { !$0.isEmpty }
            throw .refused(line.map(String.init) ?? "gzip ended with status \(process.terminationStatus)")
        }
        return contents
    }

    private static func program() -> String? {
        let folders = ProcessInfo.processInfo.environment["PATH"] ?? "/usr/bin:/bin"
        return folders.split(separator: ":").map { "\($0)/gzip" }.first { access($0, X_OK) == 0 }
    }
}
