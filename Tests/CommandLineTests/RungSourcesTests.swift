import Foundation
import Testing

import unlooped

@Suite("Lines of code are counted in the sources of a checkout")
struct RungSourcesTests {
    /// A checkout with a rung that names two kernels, one of which names a third.
    private func checkout() throws -> TemporaryFolder {
        let folder = try TemporaryFolder()
        let sources = folder.path("Sources/Ladders")
        for name in ["Rungs", "Kernels", "Arrays"] {
            try FileManager.default.createDirectory(
                atPath: sources + "/" + name, withIntermediateDirectories: true)
        }
        let files = [
            "Rungs/a.b.swift":
                "/// Not OtherKernel.\nlet x = OneKernel<Float>()  // nor UnnamedKernel\n\n}\n",
            "Kernels/OneKernel.swift": "// comment\nstruct OneKernel { let y = Helper.z }\n",
            "Kernels/Helper.swift": "enum Helper {\n    static let z = 1\n}\n",
            "Kernels/OtherKernel.swift": "struct OtherKernel { let w = Vector() }\n",
            "Kernels/UnnamedKernel.swift": "struct UnnamedKernel {}\n",
            "Arrays/Vector.swift": "struct Vector {}\n",
        ]
        for (name, text) in files {
            try text.write(toFile: sources + "/" + name, atomically: true, encoding: .utf8)
        }
        return folder
    }

    @Test("A rung is its own file and the kernels that it names, each once, without comments")
    func count() throws {
        let folder = try checkout()
        let program = URL(filePath: folder.path(".build/release/unlooped"))
        let code = try #require(RungSources(around: program)?.code(of: "a.b"))
        #expect(code.files == ["Rungs/a.b.swift", "Kernels/OneKernel.swift", "Kernels/Helper.swift"])
        #expect(code.lines == 2 + 1 + 3)
        #expect(RungSources(around: program)?.code(of: "a.none") == nil)
    }

    @Test("Outside of a checkout there is nothing to count")
    func outside() throws {
        let folder = try TemporaryFolder()
        #expect(RungSources(around: URL(filePath: folder.path("bin/unlooped"))) == nil)
    }

    @Test("A line of code has more than a comment on it")
    func lines() {
        #expect(RungSources.codeLines(of: "// a\n\n  /// b\nc // d\n}\r\n") == ["c ", "}"])
        #expect(RungSources.codeLines(of: "").isEmpty)
    }
}
