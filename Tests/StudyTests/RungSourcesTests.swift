import Foundation
import Study
import Testing

@Suite("Lines of code are counted in the sources of a checkout")
struct RungSourcesTests {
    private func checkout() throws -> TemporaryFolder {
        let folder = try TemporaryFolder()
        let logistic = folder.path("Sources/Ladders/Logistic")
        try FileManager.default.createDirectory(atPath: logistic, withIntermediateDirectories: true)
        let text = "/// A comment.\nlet x = OneKernel<Float>()  // another\n\n}\n"
        try text.write(toFile: logistic + "/a.b.swift", atomically: true, encoding: .utf8)
        return folder
    }

    @Test("The code of a rung is that of its file, without comments")
    func count() throws {
        let folder = try checkout()
        let program = URL(filePath: folder.path(".build/release/unlooped"))
        let code = try #require(RungSources(around: program)?.code(of: "a.b"))
        #expect(code.files == ["Logistic/a.b.swift"] && code.lines == 2)
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
