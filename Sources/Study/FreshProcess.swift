import Foundation
import Measurement
import Problems

/// One block of a cell that is to be sampled, here or in a fresh process, which reads it as JSON.
package struct BlockRequest: Codable {
    let cell: Cell
    let block: Int
    let settings: SamplerSettings
    let maximumNanoseconds: Int
    let seed: UInt64

    /// The rungs that take part, and why some of them are not to be timed.
    private(set) var names: [String]
    package var skips: [String: String] = [:]

    /// The hash of the program's file, so that a program built anew in between does not answer; nil where
    /// unknown.
    package var fingerprint: String?

    /// The rungs that run twice; nil where that is still to be chosen.
    var controls: [String]?

    /// Where the data are; nil for random data.
    package var data: BlockData?

    /// The peers that take part, and why some of them are not to be timed.
    package var peers: [Peer] = []
    var peerSkips: [String: String] = [:]

    /// Leaves out all but some rungs and peers.
    mutating func keep(_ wanted: [String]) {
        names.removeAll { !wanted.contains($0) }
        peers.removeAll { !wanted.contains($0.name) }
    }

    /// A block with random data and no peers; its controls are still to be chosen.
    package init(
        _ cell: Cell, block: Int, _ settings: SamplerSettings, maximumNanoseconds: Int, seed: UInt64,
        names: [String]
    ) {
        (self.cell, self.block, self.settings, self.names) = (cell, block, settings, names)
        (self.maximumNanoseconds, self.seed) = (maximumNanoseconds, seed)
    }
}

/// A process that samples blocks: what a process happens to be given, such as where its memory lies and how its threads
/// are placed, is given anew. Peers live as long as it does.
package final class FreshProcess {
    /// The verb of the program that samples blocks: it reads a `BlockRequest` in each line of standard input, and answers
    /// with the result in a line.
    package static let verb = "sample-block"

    private let process = Process()
    private let (input, output) = (Pipe(), Pipe())
    private var unread = Data()

    init() throws(FreshProcessError) {
        process.executableURL = Executable.file
        process.arguments = [Self.verb]
        (process.standardInput, process.standardOutput) = (input, output)
        do { try process.run() } catch { throw FreshProcessError(reason: "it cannot be started: \(error)") }
    }

    deinit { end() }

    /// The result of a block; nil where Ctrl-C ended it. After an error nothing more can be asked.
    func sample(_ request: BlockRequest) throws(FreshProcessError) -> CellResult? {
        let line: Data
        do {
            line = try JSONEncoder().encode(request) + Data("\n".utf8)
        } catch {
            throw FreshProcessError(reason: "the request cannot be put into words: \(error)")
        }
        let isSent = BrokenPipe.ignored { (try? input.fileHandleForWriting.write(contentsOf: line)) != nil }
        let answer = isSent ? nextLine() : nil
        if Interrupt.isRequested { return nil }
        guard let answer else {
            process.waitUntilExit()
            let kind = process.terminationReason == .exit ? "status" : "signal"
            throw FreshProcessError(reason: "it ended with \(kind) \(process.terminationStatus)")
        }
        do {
            return try CellResult(json: answer)
        } catch {
            throw FreshProcessError(reason: "its answer cannot be understood: \(error)")
        }
    }

    /// Has it end. It takes the end of its input for the end of this process.
    func end() {
        try? input.fileHandleForWriting.close()
        process.waitUntilExit()
    }

    /// Its output up to the end of a line; nil where it ends before. At Ctrl-C it is ended: nothing of a block that is
    /// not finished is kept.
    private func nextLine() -> Data? {
        let descriptor = output.fileHandleForReading.fileDescriptor
        var chunk = [UInt8](repeating: 0, count: 1 << 16)
        while true {
            if let line = unread.removeLine() { return line }
            var source = pollfd(fd: descriptor, events: Int16(POLLIN), revents: 0)
            // Waking up four times a second to see whether Ctrl-C was pressed disturbs no timing.
            let ready = poll(&source, 1, 250)
            if Interrupt.isRequested { kill(process.processIdentifier, SIGKILL) }
            guard ready > 0 else { continue }
            let count = Foundation.read(descriptor, &chunk, chunk.count)
            if count < 0, errno == EINTR { continue }
            guard count > 0 else { return nil }
            unread.append(contentsOf: chunk.prefix(count))
        }
    }
}

extension Data {
    /// Removes the first line, and returns it without its end; nil where none has come whole.
    mutating func removeLine() -> Data? {
        guard let end = firstIndex(of: UInt8(ascii: "\n")) else { return nil }
        defer { self = Data(self[(end + 1)...]) }
        return self[..<end]
    }
}

/// A block that could not be sampled in a fresh process. The others still count.
struct FreshProcessError: Error { let reason: String }
