import Foundation
import Study
import Testing

@Suite("The program knows which build it is")
struct ExecutableTests {
    @Test(
        "Fingerprints are FNV-1a, by its published values",
        arguments: [
            ("", "cbf29ce484222325"), ("a", "af63dc4c8601ec8c"), ("foobar", "85944171f73967e8"),
        ])
    func fingerprint(text: String, expected: String) throws {
        #expect(Fingerprint.of(Data(text.utf8)) == expected)
        let folder = try TemporaryFolder()
        #expect(Fingerprint.of(fileAt: try folder.file("f", text)) == expected)
        #expect(Fingerprint.of(fileAt: folder.url.path) == nil)
        #expect(Fingerprint.of(fileAt: folder.path("none")) == nil)
    }

    @Test(
        "The commit is that of the checkout around a folder, and says whether files differ",
        .enabled(if: FileManager.default.isExecutableFile(atPath: "/usr/bin/git")))
    func commit() throws {
        let folder = try TemporaryFolder()
        let path = folder.url.path
        let git =
            "unset GIT_DIR GIT_WORK_TREE GIT_INDEX_FILE; cd '\(path)'; "
            + "git() { command git -c user.name=N -c user.email=E -c commit.gpgsign=false \"$@\"; }; "
        try shell(git + "echo 1 > f && mkdir g && git init -q && git add f && git commit -qm m")
        let inside = URL(fileURLWithPath: path).appendingPathComponent("g")
        let clean = try #require(GitCommit.describe(inside))
        #expect(clean.wholeMatch(of: /[0-9a-f]{12}/) != nil)
        _ = try folder.file("f", "2")
        #expect(GitCommit.describe(inside) == clean + "-dirty")
        try shell(git + "git tag -a v1 -m t")
        #expect(GitCommit.describe(inside) == "v1-dirty")
    }

    private func shell(_ line: String) throws {
        let process = Process()
        process.executableURL = URL(fileURLWithPath: "/bin/sh")
        process.arguments = ["-c", line]
        try process.run()
        process.waitUntilExit()
        #expect(process.terminationStatus == 0, "\(line)")
    }

    @Test("Where there is no checkout, there is no commit")
    func noCommit() {
        #expect(GitCommit.describe(URL(fileURLWithPath: "/")) == nil)
        #expect(GitCommit.describe(URL(fileURLWithPath: "/nonexistent/folder")) == nil)
    }
}
