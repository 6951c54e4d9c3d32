import Foundation

/// The state of a run: the reader that it tries, and the worst so far. Files are in the current folder.
enum Fuzz {
    /// Named by the environment; the script `.ci/fuzz` sets it.
    static let reader: Reader = {
        let name = ProcessInfo.processInfo.environment["UNLOOPED_READER"] ?? ""
        guard let reader = Reader(rawValue: name) else {
            fatalError("UNLOOPED_READER is '\(name)'; expected one of \(Reader.allCases.map(\.rawValue))")
        }
        reader.prepare()
        HeapPeak.install()
        atexit { print("greatest heap: \(Fuzz.greatest.heap) bytes, for a file of \(Fuzz.greatest.size)") }
        return reader
    }()

    private nonisolated(unsafe) static var greatest = (heap: 0, size: 0)

    /// Reads a file of these bytes, and checks the promises: data or an error that names the file, and no more
    /// memory than follows from its size.
    static func test(_ bytes: UnsafeRawBufferPointer) {
        let reader = reader
        write(bytes, to: reader.file)
        let heap = HeapPeak.bytes { reader.read() }
        let bound = reader.bound(ofFileWith: bytes.count)
        precondition(heap <= bound, "\(heap) bytes for a file of \(bytes.count); expected at most \(bound)")
        if heap > greatest.heap, !bytes.isEmpty { greatest = (heap, bytes.count) }
    }

    private static func write(_ bytes: UnsafeRawBufferPointer, to path: String) {
        let file = open(path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0o600)
        precondition(file >= 0, "\(path) cannot be written")
        var written = 0
        while written < bytes.count {
            let count = Foundation.write(file, bytes.baseAddress! + written, bytes.count - written)
            precondition(count > 0, "\(path) cannot be written")
            written += count
        }
        close(file)
    }
}

/// Called by libFuzzer for each input; −1 for one that is not to be kept.
@_cdecl("LLVMFuzzerTestOneInput")
public func testOneInput(_ bytes: UnsafePointer<UInt8>?, _ count: Int) -> CInt {
    let bytes = UnsafeRawBufferPointer(start: bytes, count: count)
    if Fuzz.reader.leavesPackedFiles, bytes.starts(with: [0x1F, 0x8B]) { return -1 }
    Fuzz.test(bytes)
    return 0
}
