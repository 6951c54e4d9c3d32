import Foundation
import Testing

@Suite("PNG and JPEG images are converted by programs of the system")
struct ImageTests {
    static let png = Data(
        [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A] + [UInt8](repeating: 0, count: 24))
    static let jpeg = Data([0xFF, 0xD8, 0xFF, 0xE0] + [UInt8](repeating: 0, count: 28))

    /// A folder with one image in each of two classes, a program that stands in for a converter, and what it makes of
    /// a file: one grey pixel of 7.
    func folder(_ image: Data, program: String, script: String) throws -> TemporaryFolder {
        let folder = try TemporaryFolder()
        for name in ["images/a", "images/b", "bin"] {
            try FileManager.default.createDirectory(
                atPath: folder.path(name), withIntermediateDirectories: true)
        }
        for name in ["images/a/1", "images/b/1"] {
            try image.write(to: URL(fileURLWithPath: folder.path(name)))
        }
        let path = try folder.file("bin/\(program)", "#!/bin/sh\n\(script)\n")
        try FileManager.default.setAttributes([.posixPermissions: 0o755], ofItemAtPath: path)
        return folder
    }

    @Test(
        "Whichever is installed is used",
        arguments: [
            (png, "pngtopnm", "P2 1 1 9 7"), (png, "convert", "P2 1 1 9 7"), (jpeg, "djpeg", "P2 1 1 9 7"),
            (jpeg, "jpegtopnm", "P2 1 1 9 7"), (jpeg, "magick", "P2 1 1 9 7"),
        ])
    func converted(image: Data, program: String, output: String) async throws {
        let folder = try folder(image, program: program, script: "echo \(output)")
        let path = ["PATH": folder.path("bin")]
        let run = try await Program.run("read", folder.path("images"), environment: path)
        #expect(run.code == 0 && run.output.hasPrefix("m = 2, n_x = 1, double"), "\(run.error)")
    }

    @Test("Where none is installed, or it refuses, a line says what to do or what it said")
    func refused() async throws {
        for (image, kind) in [(Self.png, "a PNG image"), (Self.jpeg, "a JPEG image")] {
            let folder = try folder(image, program: "other", script: "")
            let run = try await Program.run(
                "read", folder.path("images"), environment: ["PATH": folder.path("bin")])
            #expect(run.code == 69 && run.output.isEmpty)
            #expect(
                run.error.contains("a/1: is \(kind), which takes ")
                    && run.error.contains("install one of them"))
        }
        let folder = try folder(Self.png, program: "pngtopnm", script: "echo 'read error' >&2; exit 3")
        let run = try await Program.run(
            "read", folder.path("images"), environment: ["PATH": folder.path("bin")])
        #expect(run.code == 65 && run.error.contains("a/1: cannot be converted: read error"), "\(run.error)")
    }
}
