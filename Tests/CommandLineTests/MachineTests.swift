import Foundation
import Testing

@Suite("The program fits into its surroundings")
struct MachineTests {
    #if os(Linux) && arch(x86_64)
    /// Any build for more than the oldest x86-64 asks for SSSE3.
    static let isBaseline =
        (try? String(contentsOfFile: "/proc/cpuinfo", encoding: .utf8))?.contains(" ssse3 ") != true

    func run(cpuinfo: String) async throws -> Program.Run {
        let folder = try TemporaryFolder()
        let path = try folder.file("cpuinfo", cpuinfo)
        return try await Program.run("list", environment: ["UNLOOPED_CPUINFO": path])
    }

    @Test("A processor that lacks something is told in one line", .disabled(if: isBaseline))
    func missingFeature() async throws {
        let run = try await run(cpuinfo: "processor\t: 0\nflags\t\t: fpu sse2 cx16 lahf_lm popcnt\n")
        #expect(run.code == 69)
        #expect(run.output.isEmpty)
        #expect(
            run.error == "unlooped: this build needs a processor with sse4_1 (x86-64-v2), "
                + "which this one lacks; rebuild here\n")
    }

    @Test("A feature counts as a whole word only", .disabled(if: isBaseline))
    func wholeWord() async throws {
        let run = try await run(cpuinfo: "flags\t\t: cx16 lahf_lmx xlahf_lm popcnt sse4_1 sse4_2 ssse3\n")
        #expect(run.code == 69)
        #expect(run.error.contains(" lahf_lm (x86-64-v2)"))
    }

    @Test("A line of flags of any length is read to its end")
    func longLine() async throws {
        let features =
            "cx16 lahf_lm popcnt sse4_1 sse4_2 ssse3 abm avx avx2 bmi1 bmi2 f16c fma movbe "
            + "avx512f avx512bw avx512cd avx512dq avx512vl"
        let filler = (0..<20_000).map { "avx\($0)x " }.joined()
        #expect(try await run(cpuinfo: "x: y\n\nflags\t\t: \(filler)\(features)\n").code == 0)
        #expect(try await run(cpuinfo: "flags\t\t: \(features)").code == 0)
    }

    @Test("Where the processor cannot be known, the program goes on", arguments: ["", "flags", "model: x\n"])
    func unknown(cpuinfo: String) async throws {
        let run = try await run(cpuinfo: cpuinfo)
        #expect(run.code == (cpuinfo == "flags" && !Self.isBaseline ? 69 : 0))
        #expect(try await Program.run("list", environment: ["UNLOOPED_CPUINFO": "/nonexistent"]).code == 0)
    }
    #endif

    @Test("It finds its data through a link, from any folder")
    func link() async throws {
        let folder = try TemporaryFolder()
        let link = folder.path("linked")
        try FileManager.default.createSymbolicLink(
            atPath: link, withDestinationPath: try Program.executable.path)
        let run = try await Program.shell("cd / && \(link) train wdbc --standardize --iterations 1 --json")
        #expect(run.code == 0, "\(run.error)")
    }

    @Test("Without its data it says where they should be")
    func noResources() async throws {
        let folder = try TemporaryFolder()
        // Copied by a program of its own: a file that this one had open for writing could not be run while
        // a test beside this one starts a program, which inherits it.
        let copy = folder.path("unlooped")
        let run = try await Program.shell("cp \"$unlooped\" \(copy) && \(copy) train wdbc")
        #expect(run.code == 66)
        #expect(run.output.isEmpty)
        #expect(run.error.contains("'wdbc.csv' is missing"))
        #expect(run.error.contains(/unlooped_unlooped\.(resources|bundle)\/Data\/wdbc\.csv/))
    }

    @Test("A reader that goes away ends it without a word")
    func closedPipe() async throws {
        let run = try await Program.shell("trap '' PIPE; { sleep 0.2; \"$unlooped\" list; } | true")
        #expect(run.code == 0)
        #expect(run.error.isEmpty)
    }

    @Test("A closed standard output is no crash")
    func closedOutput() async throws {
        let run = try await Program.shell("\"$unlooped\" list >&-")
        #expect(run.code == 0)
        #expect(run.error.isEmpty)
    }

    // Training prints as it goes; its last lines could be written where its first ones could not.
    @Test(
        "A result that cannot be written is an error",
        .enabled(if: FileManager.default.fileExists(atPath: "/dev/full")),
        arguments: ["list", "train wdbc --standardize --iterations 20"])
    func fullDisk(line: String) async throws {
        let run = try await Program.shell("\"$unlooped\" \(line) > /dev/full")
        #expect(run.code == 74)
        #expect(run.error.contains("cannot write the result to standard output"))
    }
}
