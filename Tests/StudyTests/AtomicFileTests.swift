import Foundation
import Study
import Testing

@Suite("A file is written whole or not at all")
struct AtomicFileTests {
    let folder: TemporaryFolder

    init() throws { folder = try TemporaryFolder() }

    @Test("A new file, in folders that were missing, and nothing next to it")
    func new() throws {
        try AtomicFile.write("one", to: folder.path("a/b/new.txt"))
        #expect(try folder.text("a/b/new.txt") == "one")
        #expect(try FileManager.default.contentsOfDirectory(atPath: folder.path("a/b")) == ["new.txt"])
    }

    @Test("Parts are written one after the other")
    func parts() throws {
        try AtomicFile.write(parts: ["one, ", "", "two"].map { Data($0.utf8) }, to: folder.path("f"))
        #expect(try folder.text("f") == "one, two")
        #expect(try folder.names == ["f"])
    }

    @Test("An old file is replaced, keeping who may read it")
    func old() throws {
        let path = try folder.file("old.txt", "a longer old text")
        try FileManager.default.setAttributes([.posixPermissions: 0o640], ofItemAtPath: path)
        try AtomicFile.write("new", to: path)
        #expect(try folder.text("old.txt") == "new")
        let attributes = try FileManager.default.attributesOfItem(atPath: path)
        #expect(attributes[.posixPermissions] as? Int == 0o640)
        #expect(try folder.names == ["old.txt"])
    }

    @Test("A link stays a link")
    func link() throws {
        let path = try folder.file("target.txt", "old")
        try FileManager.default.createSymbolicLink(atPath: folder.path("link"), withDestinationPath: path)
        try AtomicFile.write("new", to: folder.path("link"))
        #expect(try folder.text("target.txt") == "new")
        #expect(try FileManager.default.destinationOfSymbolicLink(atPath: folder.path("link")) == path)
    }

    @Test("What is no plain file is written to directly")
    func device() throws {
        try AtomicFile.write("gone", to: "/dev/null")
        #expect(throws: OutputError.self) { try AtomicFile.write("no room", to: "/dev/full") }
    }

    @Test("Where a file cannot be, the error has its path, the reason and what to do; nothing is left over")
    func impossible() throws {
        _ = try folder.file("file", "")
        for (path, reason) in [
            (folder.url.path, "it is a folder"),
            (folder.path("file/x.txt"), "Not a directory"),
            ("/proc/none/x.txt", "cannot make the folder '/proc/none'"),
            ("/proc/x.txt", "cannot open the file"),
            (folder.path(String(repeating: "n", count: 300)), "File name too long"),
        ] {
            let error = try #require(throws: OutputError.self) { try AtomicFile.write("text", to: path) }
            #expect("\(error)".hasPrefix("cannot write '\(path)': "))
            #expect("\(error)".contains(reason), "\(error)")
            #expect("\(error)".contains("name a file in a folder that you may write to"))
        }
        #expect(try folder.names == ["file"])
    }

    @Test("A check before long work finds the same")
    func check() throws {
        let file = try folder.file("file", "kept")
        for path in [
            folder.url.path, folder.path("file/x.txt"), "/proc/none/x.txt", "/proc/x.txt",
            folder.path(String(repeating: "n", count: 300)),
        ] {
            #expect(throws: OutputError.self) { try AtomicFile.check(path) }
        }
        try AtomicFile.check(file)
        try AtomicFile.check(folder.path("later/x.txt"))
        try AtomicFile.check("/dev/null")
        #expect(try folder.names == ["file", "later"])
        #expect(try folder.text("file") == "kept")
    }
}
