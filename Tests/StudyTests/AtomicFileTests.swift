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

    @Test("A path is what the kernel takes it for: link/.. is where the link leads")
    func kernel() throws {
        try FileManager.default.createDirectory(
            atPath: folder.path("far/near"), withIntermediateDirectories: true)
        try FileManager.default.createSymbolicLink(
            atPath: folder.path("link"), withDestinationPath: folder.path("far/near"))
        _ = try folder.file("f", "kept")
        try AtomicFile.check(folder.path("link/../f"), force: false)
        try AtomicFile.write("new", to: folder.path("link/../f"), replacing: false)
        #expect(try folder.text("f") == "kept" && folder.text("far/f") == "new")
        #expect(try AtomicFile.areSame(folder.path("link/../f"), folder.path("far/./f")))
        #expect(try !AtomicFile.areSame(folder.path("link/../f"), folder.path("f")))
    }

    @Test("A link that leads nowhere yet is followed, one that leads in a circle is refused")
    func links() throws {
        try FileManager.default.createSymbolicLink(atPath: folder.path("link"), withDestinationPath: "later")
        try AtomicFile.write("new", to: folder.path("link"))
        #expect(try folder.text("later") == "new")
        #expect(try FileManager.default.destinationOfSymbolicLink(atPath: folder.path("link")) == "later")
        try FileManager.default.createSymbolicLink(atPath: folder.path("a"), withDestinationPath: "b")
        try FileManager.default.createSymbolicLink(atPath: folder.path("b"), withDestinationPath: "a")
        for write in [true, false] {
            let error = try #require(throws: OutputError.self) {
                if write {
                    try AtomicFile.write("x", to: folder.path("a"))
                } else {
                    try AtomicFile.check(folder.path("a"))
                }
            }
            #expect("\(error)".contains("Too many levels of symbolic links"))
        }
        #expect(try folder.names == ["a", "b", "later", "link"])
    }

    @Test("A path that ends in a slash names a folder")
    func slash() throws {
        for path in [folder.path("nd") + "/", folder.url.path + "/"] {
            #expect(throws: OutputError.self) { try AtomicFile.check(path) }
            #expect(throws: OutputError.self) { try AtomicFile.write("x", to: path) }
        }
        #expect(try folder.names.isEmpty)
    }

    @Test("A file that has appeared is not replaced, and what was to be in it is kept")
    func appeared() throws {
        let path = folder.path("m")
        try AtomicFile.check(path, force: false)
        _ = try folder.file("m", "another's")
        for number in 2...3 {
            let error = try #require(throws: OutputError.self) {
                try AtomicFile.write("mine", to: path, replacing: false)
            }
            #expect("\(error)".contains("made it meanwhile; what was to be in it is in '\(path).\(number)'"))
        }
        #expect(
            try folder.text("m") == "another's" && folder.text("m.2") == "mine"
                && folder.text("m.3") == "mine")
        #expect(try folder.names == ["m", "m.2", "m.3"])
    }

    @Test("What a process left that was killed is swept, and that of others is not")
    func sweep() throws {
        let killed = Process()
        killed.executableURL = URL(fileURLWithPath: "/bin/sh")
        killed.arguments = ["-c", "exit"]
        try killed.run()
        killed.waitUntilExit()
        // The name of what is written aside shows while it is written.
        var aside = ""
        let parts = sequence(state: 0) { (count: inout Int) -> Data? in
            count += 1
            aside = (try? folder.names.first { $0.hasSuffix(".tmp") }) ?? aside
            return count > 1 ? nil : Data("x".utf8)
        }
        try AtomicFile.write(parts: parts, to: folder.path("f"))
        try #require(aside.contains(".\(getpid())."))
        let left = aside.replacing(".\(getpid()).", with: ".\(killed.processIdentifier).")
        let living = aside.replacing(".\(getpid()).", with: ".1.")
        for name in [left, living, ".unlooped.other.\(killed.processIdentifier).tmp"] {
            _ = try folder.file(name, "")
        }
        try AtomicFile.write("y", to: folder.path("f"))
        #expect(try !folder.names.contains(left) && folder.names.contains(living) && folder.names.count == 3)
    }

    @Test("A file that is replaced keeps its owner and who may read it, but lends nobody its rights")
    func rights() throws {
        let path = try folder.file("f", "old")
        let isRoot = geteuid() == 0
        if isRoot { chown(path, 12345, 12345) }
        chmod(path, 0o6750)
        try AtomicFile.write("new", to: path)
        var info = stat()
        try #require(stat(path, &info) == 0)
        #expect(info.st_mode & 0o7777 == 0o750)
        if isRoot { #expect(info.st_uid == 12345 && info.st_gid == 12345) }
    }
}
