import DataFiles
import Foundation
import Problems
import Testing

@Suite("An error of an NPY file says what is wrong, and what was expected")
struct NPYErrorTests {
    let x = NPYFixture(floats: [1, 2, 3, 4], "(2, 2)")
    let y = NPYFixture.labels([0, 1])

    func message(
        _ x: some Sequence<UInt8>, _ y: some Sequence<UInt8>, _ layout: NPY.Layout = .samplesFirst
    ) throws -> String {
        let folder = try TemporaryFolder()
        let (xPath, yPath) = (try folder.file("x.npy", x), try folder.file("y.npy", y))
        let error = try #require(throws: FileError.self) {
            try NPY(layout: layout).read(x: xPath, y: yPath, as: Float.self)
        }
        return "\(error)".replacing(folder.path + "/", with: "")
    }

    func fileMessage(_ path: String) throws -> String {
        let y = try y.write()
        let error = try #require(throws: FileError.self) {
            try NPY().read(x: path, y: y.path, as: Double.self)
        }
        return "\(error)"
    }

    @Test("What is no plain file")
    func files() throws {
        #expect(try fileMessage("/nonexistent/x.npy") == "/nonexistent/x.npy: no such file; check the path")
        #expect(try fileMessage("/tmp") == "/tmp: is a folder; expected an NPY file")
        #expect(try fileMessage("/dev/zero").contains("is a device"))
        #expect(try fileMessage("/dev/null").contains("is a device"))
    }

    @Test(
        "What is no NPY file", arguments: [[], [0x93], Array("\u{93}NUMPY".utf8), Array("a,y\n1,0\n".utf8)])
    func otherFormats(bytes: [UInt8]) throws {
        #expect(try message(bytes, y.bytes) == "x.npy: is no NPY file; expected one that numpy.save wrote")
        #expect(try message(x.bytes, bytes).hasPrefix("y.npy: is no NPY file"))
    }

    @Test("A version of the future")
    func version() throws {
        var bytes = x.bytes
        bytes[6] = 9
        #expect(
            try message(bytes, y.bytes) == "x.npy: is an NPY file of version 9.0; expected 1.0, 2.0 or 3.0")
    }

    @Test(
        "Types that are not read",
        arguments: ["f2", "<c8", "|O", "|S5", "<U3", "<M8[ns]", "f4", "|f4", "<f16", "", "<", "<f44"])
    func types(type: String) throws {
        let fixture = NPYFixture(type, "(2, 2)", x.values)
        #expect(
            try message(fixture.bytes, y.bytes).contains(
                "elements of type '\(type)'; expected float16, float32"))
    }

    @Test("Records")
    func records() throws {
        var fixture = x
        fixture.header = "{'descr': [('a', '<f4')], 'fortran_order': False, 'shape': (4,), }"
        #expect(try message(fixture.bytes, y.bytes).contains("elements of type 'records'"))
    }

    @Test(
        "Headers that are broken",
        arguments: [
            "", "{", "}", "{}", "{'descr': '<f4'}", "{'descr': '<f4', 'fortran_order': Maybe, 'shape': (4,)}",
            "{'descr': '<f4', 'fortran_order': False, 'shape': (-4,)}",
            "{'descr': '<f4', 'fortran_order': False, 'shape': (4}",
            "{'descr': '<f4', 'fortran_order': False, 'shape': (99999999999999999999,)}",
            "{'descr': '<f4', 'fortran_order': False, 'shape': 4}",
            "{'descr': '<f4' 'fortran_order': False, 'shape': (4,)}",
            "{'descr': 4, 'fortran_order': False, 'shape': (4,)}",
            "{'descr': '<f4', 'fortran_order': False, 'shape': (4,)} more", "{'descr: ", "(", "{'a': [",
        ])
    func headers(header: String) throws {
        var fixture = x
        fixture.header = header
        let message = try message(fixture.bytes, y.bytes)
        #expect(message.hasPrefix("x.npy: has a broken header: "), "\(message)")
    }

    @Test("Shapes that are no matrix, and no list of labels")
    func shapes() throws {
        let cube = NPYFixture(floats: [1, 2, 3, 4], "(2, 2, 1)")
        #expect(try message(cube.bytes, y.bytes).contains("x.npy: has the shape (2, 2, 1); expected two"))
        let scalar = NPYFixture(floats: [1], "()")
        #expect(try message(scalar.bytes, y.bytes).contains("x.npy: has the shape ()"))
        #expect(try message(x.bytes, x.bytes).contains("y.npy: has the shape (2, 2); expected one dimension"))
        #expect(try message(x.bytes, scalar.bytes).contains("y.npy: has the shape ()"))
        let none = NPYFixture(floats: [], "(0, 5)")
        #expect(try message(none.bytes, y.bytes).contains("x.npy: has the shape (0, 5), and so no values"))
    }

    @Test(
        "Shapes that no file can hold",
        arguments: ["(4294967296, 4294967296)", "(9223372036854775807,)", "(9223372036854775807, 2)"])
    func hugeShapes(shape: String) throws {
        let message = try message(NPYFixture(floats: [1], shape).bytes, y.bytes)
        #expect(message.contains("has the shape \(shape), which no file can hold"))
    }

    @Test("A file that ends too early or too late")
    func lengths() throws {
        #expect(
            try message(x.bytes.dropLast(), y.bytes)
                == "x.npy: ends after 15 bytes of the array; expected 16: copy or save it again")
        #expect(try message(x.bytes + [0], y.bytes).contains("goes on for 1 bytes after the array"))
        let large = NPYFixture(floats: [1], "(1000000, 1000000)")
        #expect(try message(large.bytes, y.bytes).contains("ends after 4 bytes"))
    }

    @Test("Labels that are not as many as samples")
    func counts() throws {
        #expect(
            try message(x.bytes, NPYFixture.labels([0, 1, 0]).bytes)
                == "y.npy: has 3 labels; expected 2, one for each sample of X, which has the shape (2, 2)")
        let wide = NPYFixture(floats: [1, 2, 3, 4, 5, 6], "(3, 2)")
        #expect(try message(wide.bytes, y.bytes).hasSuffix("(3, 2): the other layout of X would fit"))
        #expect(try message(x.bytes, NPYFixture.labels([0]).bytes, .featuresFirst).contains("has 1 labels"))
    }

    @Test("Labels other than 0 and 1, even those that are 1 when rounded to float")
    func labels() throws {
        #expect(
            try message(x.bytes, NPYFixture.labels([0, 2]).bytes)
                == "y.npy: the label of sample 1 is 2.0; expected 0 or 1")
        let close = [0, 1.00000001].flatMap { $0.bitPattern.bytes() }
        #expect(try message(x.bytes, NPYFixture("<f8", "(2,)", close).bytes).contains("is 1.00000001"))
    }

    @Test("Values that are not finite, by sample and feature")
    func notFinite() throws {
        let x = NPYFixture(floats: [1, 2, 3, .nan], "(2, 2)")
        #expect(
            try message(x.bytes, y.bytes)
                == "x.npy: feature 1 of sample 1 is nan; expected a finite number")
        let beyond = NPYFixture("<f8", "(2, 1)", [1, 1e300].flatMap { $0.bitPattern.bytes() })
        #expect(
            try message(beyond.bytes, y.bytes).hasPrefix(
                "x.npy: rounded to float, feature 0 of sample 1 is inf"))
    }

    @Test("A file larger than the memory that cannot be mapped is refused before memory is asked for")
    func tooLarge() throws {
        let (m, nx) = (1 << 21, 1 << 21)
        let fixture = NPYFixture("|u1", "(\(m), \(nx))", [])
        let x = try fixture.write()
        // A file of holes, which takes no room on disk.
        try #require(truncate(x.path, off_t(fixture.bytes.count + m * nx)) == 0)
        let y = try NPYFixture.labels([UInt8](repeating: 0, count: m)).write()
        let error = try #require(throws: FileError.self) {
            try NPY().read(x: x.path, y: y.path, as: Double.self)
        }
        #expect(error.kind == .unreadable && error.file == x.path)
        #expect(error.message.hasPrefix("takes \(8 * m * nx >> 20) MiB of memory, which is more than"))
    }

    @Test("A packed file is held to the same")
    func packedFiles() throws {
        for (bytes, text) in [
            (x.bytes.dropLast(), "ends after 15 bytes of the array"), (x.bytes + [0], "goes on for 1 bytes"),
            (x.bytes.prefix(20), "has a broken header"), ([1, 2, 3], "is no NPY file"),
        ] as [(ArraySlice<UInt8>, String)] {
            let file = try TemporaryFile(Data(bytes))
            #expect(try message(packed(file.path), y.bytes).hasPrefix("x.npy: \(text)"))
        }
        let file = try x.write()
        #expect(
            try message(packed(file.path).dropLast(3), y.bytes).hasPrefix("x.npy: cannot be unpacked: gzip: ")
        )
    }

    @Test("No cut of a file, and no change of a byte of its header, traps")
    func noise() throws {
        let bytes = x.bytes
        for count in 0..<bytes.count { _ = try message(bytes.prefix(count), y.bytes) }
        let y = try y.write()
        for place in 0..<x.start.count {
            for change in [1, 0x10, 0x80, 0xFF] as [UInt8] {
                var changed = bytes
                changed[place] ^= change
                let file = try TemporaryFile(Data(changed))
                _ = try? NPY().read(x: file.path, y: y.path, as: Float.self)
                _ = try? NPY().read(x: y.path, y: file.path, as: Float.self)
            }
        }
    }
}
