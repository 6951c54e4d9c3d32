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
    let names: [String]
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

    /// A block with random data and no peers; its controls are still to be chosen.
    package init(
        _ cell: Cell, block: Int, _ settings: SamplerSettings, maximumNanoseconds: Int, seed: UInt64,
        names: [String]
    ) {
        (self.cell, self.block, self.settings, self.names) = (cell, block, settings, names)
        (self.maximumNanoseconds, self.seed) = (maximumNanoseconds, seed)
    }
}

/// Samples a block in a process of its own: what one process happens to be given, such as where its
/// memory lies and how its threads are placed, is given anew.
package enum FreshProcess {
    /// The verb of the program that samples a block: it reads a `BlockRequest` in one line of standard input.
    package static let verb = "sample-block"

    /// The result; nil where Ctrl-C ended it.
    static func run(_ request: BlockRequest) throws(FreshProcessError) -> CellResult? {
        let process = Process()
        let (input, output) = (Pipe(), Pipe())
        process.executableURL = Executable.file
        process.arguments = [verb]
        (process.standardInput, process.standardOutput) = (input, output)
        let answer: Data
        do {
            try process.run()
            // The child reads one line, and takes the end of its input for the end of this process; so
            // the pipe stays open until the child has answered.
            try input.fileHandleForWriting.write(contentsOf: JSONEncoder().encode(request) + Data("\n".utf8))
            answer = read(from: output.fileHandleForReading.fileDescriptor, process)
            try input.fileHandleForWriting.close()
        } catch {
            throw FreshProcessError(reason: "it cannot be started: \(error)")
        }
        process.waitUntilExit()
        if Interrupt.isRequested { return nil }
        guard process.terminationReason == .exit, process.terminationStatus == 0 else {
            let kind = process.terminationReason == .exit ? "status" : "signal"
            throw FreshProcessError(reason: "it ended with \(kind) \(process.terminationStatus)")
        }
        do {
            return try CellResult(json: answer)
        } catch {
            throw FreshProcessError(reason: "its answer cannot be understood: \(error)")
        }
    }

    /// All that comes out of a pipe. At Ctrl-C the process at its other end is ended: nothing of a block
    /// that is not finished is kept.
    private static func read(from descriptor: Int32, _ process: Process) -> Data {
        var answer = Data()
        var chunk = [UInt8](repeating: 0, count: 1 << 16)
        while true {
            var source = pollfd(fd: descriptor, events: Int16(POLLIN), revents: 0)
            // Waking up four times a second to see whether Ctrl-C was pressed disturbs no timing.
            let ready = poll(&source, 1, 250)
            if Interrupt.isRequested { kill(process.processIdentifier, SIGKILL) }
            guard ready > 0 else { continue }
            let count = Foundation.read(descriptor, &chunk, chunk.count)
            if count < 0, errno == EINTR { continue }
            guard count > 0 else { return answer }
            answer.append(contentsOf: chunk.prefix(count))
        }
    }
}

/// A block that could not be sampled in a fresh process. The others still count.
struct FreshProcessError: Error { let reason: String }
