import Foundation
import Measurement

/// The other end of `FreshProcess`: reads a request in a line of JSON, samples the block, and answers with
/// its result. Not for people, and in no list of verbs.
struct BlockWorker: Verb {
    static let name = "sample-block"
    static let summary = "sample one block, for 'bench'"
    static let options: [Option] = []

    init(_ arguments: Arguments) throws(UsageError) {}

    func run() throws -> ExitCode {
        guard let line = readLine(),
            let request = try? JSONDecoder().decode(BlockRequest.self, from: Data(line.utf8))
        else {
            throw UsageError("expected a request as JSON in the first line of standard input")
        }
        guard request.fingerprint == Executable.fingerprint else {
            throw InputError(message: "the program was built anew in the middle of a run; begin it again")
        }
        Interrupt.watch()
        Self.endWithParent()
        let crew = try request.peers.isEmpty ? nil : PeerCrew(request.peers)
        defer { crew?.end() }
        guard let result = try CellRunner(request: request, isFreshProcess: true, crew: crew).run() else {
            return .interrupted
        }
        print(String(decoding: try result.json(), as: UTF8.self))
        return .success
    }

    /// Ends this process as soon as its input does: then the one that started it is gone.
    private static func endWithParent() {
        let thread = Thread {
            // Not through the C library's stream, whose lock the end of this process would wait for.
            var byte: UInt8 = 0
            while read(0, &byte, 1) > 0 {}
            _exit(ExitCode.interrupted.rawValue)
        }
        thread.start()
    }
}
