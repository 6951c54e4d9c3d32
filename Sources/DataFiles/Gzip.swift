import Foundation

/// Files packed by gzip (RFC 1952), unpacked by the system's program of that name.
extension OpenFile {
    /// Whether it is a plain file that starts as a packed one does. A pipe is taken as it is.
    var isPacked: Bool {
        get throws(FileError) { isPlain ? try descriptor.bytes(2) == [0x1F, 0x8B] : false }
    }

    /// All bytes, unpacked where they are packed.
    func unpackedToEnd() throws(FileError) -> Data {
        guard try isPacked else { return try readToEnd() }
        let folders = ProcessInfo.processInfo.environment["PATH"] ?? "/usr/bin:/bin"
        let programs = folders.split(separator: ":").map { "\($0)/gzip" }
        guard let program = programs.first(where: { access($0, X_OK) == 0 }) else {
            throw FileError(
                path, kind: .unavailable,
                "is packed, and there is no program gzip; install it, or unpack the file")
        }
        func refused(_ reason: String) -> FileError {
            FileError(path, "cannot be unpacked: \(reason.shown)")
        }
        let process = Process()
        let (output, errors) = (Pipe(), Pipe())
        process.executableURL = URL(fileURLWithPath: program)
        process.arguments = ["-dc"]
        process.standardInput = FileHandle(fileDescriptor: descriptor.number, closeOnDealloc: false)
        process.standardOutput = output
        process.standardError = errors
        do {
            try process.run()
        } catch {
            throw refused(error.localizedDescription)
        }
        let contents: Data
        do {
            let descriptor = output.fileHandleForReading.fileDescriptor
            contents = try Descriptor(number: descriptor, path: path).readToEnd()
        } catch {
            process.terminate()
            process.waitUntilExit()
            throw error
        }
        // gzip says a line or two, which the pipe holds until now.
        let message = (try? errors.fileHandleForReading.readToEnd()) ?? nil
        process.waitUntilExit()
        guard process.terminationReason == .exit, process.terminationStatus == 0 else {
            let text = String(decoding: message ?? Data(), as: UTF8.self)
            let line = text.split(separator: "\n").first { !$0.isEmpty }
            throw refused(line.map(String.init) ?? "gzip ended with status \(process.terminationStatus)")
        }
        return contents
    }
}
