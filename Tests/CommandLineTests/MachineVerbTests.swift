import Foundation
import Testing

@Suite("machine prints what this machine can do at best")
struct MachineVerbTests {
    @Test("A table of the facts, the bandwidths, the rates and the costs")
    func table() async throws {
        let run = try await Program.run("machine", "--threads", "3", "--seconds", "0.1")
        #expect(run.code == 0, "\(run.error)")
        for name in ["processor ", "memory ", "build ", "float ", "double ", "a call that does nothing "] {
            #expect(run.output.contains("\n" + name) || run.output.hasPrefix(name))
        }
        #expect(run.output.contains("1 thread  3 threads\n16 KiB "))
        #expect(run.output.contains("\n16 MiB "))
        #expect(run.output.contains("A reading of the clock takes "))
        // On a busy machine it takes long enough to say how far it is.
        let errors = run.error.split(separator: "\n").filter { !$0.contains("measuring the machine: ") }
        #expect(errors.isEmpty || run.error.contains("THIS IS A DEBUG BUILD"))
    }

    @Test("The same as JSON, units in the names of the fields")
    func json() async throws {
        let run = try await Program.run("machine", "--threads", "1", "--seconds", "0.1", "--json")
        #expect(run.code == 0, "\(run.error)")
        let object = try JSONSerialization.jsonObject(with: Data(run.output.utf8)) as? [String: Any]
        let machine = try #require(object?["machine"] as? [String: Any])
        #expect(machine["processors"] as? Int == ProcessInfo.processInfo.activeProcessorCount)
        let build = try #require(object?["build"] as? [String: Any])
        #expect((build["optimization"] as? String)?.hasPrefix("-O") == true)
        #expect((build["fingerprint"] as? String)?.count == 16)
        let ceilings = try #require(object?["ceilings"] as? [String: Any])
        let bandwidths = try #require(ceilings["bandwidths"] as? [[String: Any]])
        #expect(bandwidths.allSatisfy { $0["threads"] as? Int == 1 })
        #expect(bandwidths.allSatisfy { $0["bytesPerSecond"] as? Double ?? 0 > 0 })
        #expect((ceilings["multiplyAddRates"] as? [Any])?.count == 2)
        #expect((ceilings["wakeUpCosts"] as? [Any])?.count == 1)
        #expect((ceilings["clock"] as? [String: Any])?["readingNanoseconds"] as? Double ?? 0 > 0)
    }

    @Test("Ctrl-C ends it, with nothing printed")
    func interrupt() async throws {
        // The shell has its children in the background ignore Ctrl-C; the program does not leave it so, once it
        // has begun. As that may take a while, Ctrl-C is pressed until it ends; the second one ends it at once.
        let run = try await Program.shell(
            "\"$unlooped\" machine --seconds 600 & while kill -INT $! 2>/dev/null; do sleep 1; done; wait $!")
        #expect(run.code == 130)
        #expect(run.output.isEmpty)
    }
}
