import DataFiles
import Foundation
import Problems
import Testing

@Suite("A folder of Netpbm images becomes a data set")
struct NetpbmTests {
    static let grey = Array("P5 2 2 255\n".utf8) + [0, 51, 102, 255]
    static let colour = Array("P6\n2 1\n255\n".utf8) + [1, 2, 3, 4, 5, 6]

    /// The data set of a folder with these files, by their names.
    func read<Scalar: RealScalar>(
        _ files: [String: [UInt8]], as: Scalar.Type = Scalar.self
    ) throws -> LabelledTable<Scalar> {
        let folder = try TemporaryFolder()
        for (name, bytes) in files { try folder.file(name, bytes) }
        return try Netpbm.read(folder: folder.path)
    }

    func message(_ files: [String: [UInt8]]) throws -> String {
        let folder = try TemporaryFolder()
        for (name, bytes) in files { try folder.file(name, bytes) }
        return try message(folder)
    }

    func message(_ folder: TemporaryFolder) throws -> String {
        let error = try #require(throws: FileError.self) {
            try Netpbm.read(folder: folder.path, as: Float.self)
        }
        return "\(error)".replacing(folder.path, with: "F")
    }

    /// The error of an image next to a right one.
    func message(of image: some Sequence<UInt8>) throws -> String {
        try message(["a/1": Self.grey, "b/1": Array(image)])
    }

    @Test("Grey images row by row, the first folder in the alphabet as 0, files in the order of names")
    func grey() throws {
        func image(_ value: UInt8) -> [UInt8] { Array("P5 2 1 100\n".utf8) + [value, value + 1] }
        let table: LabelledTable<Float> = try read([
            "dog/2": image(20), "dog/10": image(10), "cat/x": image(30), ".hidden/x": [1], "cat/.DS": [2],
            "note.txt": [3],
        ])
        #expect((table.negative, table.positive) == ("cat", "dog"))
        #expect((table.data.m, table.data.nx) == (3, 2))
        #expect(table.data.x.values == [30, 31, 10, 11, 20, 21].map { $0 / 100 })
        #expect(table.data.y.values == [0, 1, 1])
    }

    @Test("Colour images channel by channel")
    func colour() throws {
        let table = try read(["a/1": Self.colour, "b/1": Self.colour], as: Double.self)
        let expected = [1, 4, 2, 5, 3, 6].map { $0 / 255.0 }
        #expect(table.data.x.values == expected + expected)
    }

    @Test("Values of two bytes, the higher first")
    func wide() throws {
        let image = Array("P5 2 1 65535 ".utf8) + [0x12, 0x34, 0xFF, 0xFF]
        let table = try read(["a/1": image, "b/1": image], as: Double.self)
        #expect(Array(table.data.x.values.prefix(2)) == [Double(0x1234) / 65535, 1])
        let least = Array("P6 1 1 256\t".utf8) + [0, 1, 1, 0, 0, 0]
        let colour = try read(["a/1": least, "b/1": least], as: Double.self)
        #expect(Array(colour.data.x.values.prefix(3)) == [1.0 / 256, 1, 0])
    }

    @Test("A small image may have a greatest value of its own")
    func greatest() throws {
        let dim = Array("P5 1 1 10\n".utf8) + [5]
        let table = try read(["a/1": dim, "b/1": Array("P5 1 1 255\n".utf8) + [51]], as: Double.self)
        #expect(table.data.x.values == [0.5, 0.2])
    }

    @Test(
        "Blanks and comments in the header make no difference",
        arguments: [
            "P5 2 2 255\n", "P5\n2\n2\n255\n", "P5\r\n2 2\r\n255 ", "P5# of\n2#made by\n # hand\n2 255\t",
            "P5\n#\n#\n002 2\u{0B}255\u{0C}",
        ])
    func headers(header: String) throws {
        let image = Array(header.utf8) + [0, 51, 102, 255]
        let table = try read(["a/1": Self.grey, "b/1": image], as: Double.self)
        #expect(Array(table.data.x.values.suffix(4)) == [0, 0.2, 0.4, 1])
    }

    @Test("Pixels that look like blanks or comments are pixels")
    func oddPixels() throws {
        let image = Array("P5 2 2 255\n".utf8) + Array("\n# 1".utf8)
        let table = try read(["a/1": image, "b/1": image], as: Double.self)
        #expect(Array(table.data.x.values.prefix(4)) == [10, 35, 32, 49].map { $0 / 255.0 })
    }

    @Test("A folder that is none, or has not two subfolders")
    func folders() throws {
        let folder = try TemporaryFolder()
        #expect(try message(folder) == "F: has 0 subfolders; expected two, one for each class")
        try folder.folder("a")
        #expect(try message(folder) == "F: has 1 subfolder (a); expected two, one for each class")
        try folder.folder("b")
        #expect(try message(folder) == "F/a: has no files; expected the images of a class")
        try folder.folder("c")
        #expect(try message(folder) == "F: has 3 subfolders (a, b, c); expected two, one for each class")
        let file = try folder.file("x", [1])
        for (path, text) in [
            (file, "is a file; expected a folder with two subfolders of images"),
            (folder.path + "/none", "no such file; check the path"),
            (file + "/none", "no such file; check the path"),
        ] {
            let error = try #require(throws: FileError.self) {
                try Netpbm.read(folder: path, as: Float.self)
            }
            #expect("\(error)" == "\(path): \(text)")
        }
    }

    @Test("A folder or a pipe in place of an image")
    func notPlain() throws {
        let folder = try TemporaryFolder()
        try folder.file("a/1", Self.grey)
        try folder.folder("b/1")
        #expect(try message(folder) == "F/b/1: is a folder; expected an image")
        try FileManager.default.removeItem(atPath: folder.path + "/b/1")
        try #require(mkfifo(folder.path + "/b/1", 0o600) == 0)
        #expect(try message(folder) == "F/b/1: is a device or a pipe; expected an image on disk")
    }

    @Test("Images that are text are as those of bytes")
    func text() throws {
        let grey = Array("P2 # grey\n2 2 255 # of 0 to 255\n0 51\t102\n# the last\n255".utf8)
        let colour = Array("P3\n2 1\n65535\n1 2 3  4 5 65535\n".utf8)
        let bytes = Array("P6\n2 1\n65535\n".utf8) + [0, 1, 0, 2, 0, 3, 0, 4, 0, 5, 255, 255]
        let greys: LabelledTable<Double> = try read(["a/1": grey, "b/1": Self.grey])
        #expect(greys.data.sample(0).elementsEqual(greys.data.sample(1)))
        let colours: LabelledTable<Double> = try read(["a/1": colour, "b/1": bytes])
        #expect(colours.data.sample(0).elementsEqual(colours.data.sample(1)))
        for (pixels, error) in [
            ("1 2 3", "has 3 bytes of pixels, written as numbers; expected 4"),
            ("1 2 3 4 5", "has 5 bytes of pixels, written as numbers; expected 4"),
            ("1 2 3 x", "has something other than decimal numbers for pixels"),
            ("1 2 3 -4", "has something other than decimal numbers for pixels"),
            ("1 2 3 256", "has the value 256; expected at most 255"),
        ] {
            #expect(try message(of: Array("P2 2 2 255\n\(pixels)".utf8)).hasPrefix("F/b/1: \(error)"))
        }
    }

    @Test("What is no image of these formats")
    func otherFormats() throws {
        for bytes in [[], [0x50], Array("P8 1 1 1 ".utf8), Array("p5 1 1 1 ".utf8), [0x89, 0x50]] as [[UInt8]]
        {
            #expect(try message(of: bytes).hasPrefix("F/b/1: is no Netpbm image; expected P5 (.pgm)"))
        }
        for format in ["P1", "P4", "P7"] {
            #expect(
                try message(of: Array("\(format)\n2 2\n".utf8))
                    == "F/b/1: is a Netpbm image of the format \(format); expected P2, P3, P5 or P6: convert it"
            )
        }
    }

    @Test(
        "Headers that are broken",
        arguments: [
            "P5", "P5 ", "P52 2 255\n", "P5 2 2 255", "P5 2 2\n", "P5 2 -2 255\n", "P5 2x2 255\n",
            "P5 2 2147483648 255\n", "P5 2 99999999999999999999 255\n", "P5 2 2 255#\n", "P5 # 2 2 255\n",
            "P5 2 2 0x10\n",
        ])
    func brokenHeaders(header: String) throws {
        let message = try message(of: Array(header.utf8))
        #expect(message.hasPrefix("F/b/1: has a broken header; expected width, height"), "\(message)")
    }

    @Test("Sizes, greatest values and pixels that cannot be")
    func values() throws {
        func message(_ header: String, _ values: [UInt8] = []) throws -> String {
            try self.message(of: Array(header.utf8) + values)
        }
        #expect(try message("P5 0 2 255\n") == "F/b/1: is 0 × 2; expected at least one pixel")
        #expect(try message("P5 2 2 0\n").contains("has the greatest value 0; expected 1 to 65535"))
        #expect(try message("P5 2 2 65536\n").contains("has the greatest value 65536"))
        #expect(
            try message("P5 2 2 10\n", [1, 10, 11, 0])
                == "F/b/1: has the value 11; expected at most 10, the greatest by its header")
        #expect(try message("P5 1 2 300\n", [1, 44, 1, 45]).contains("has the value 301"))
        #expect(
            try message("P5 2 2 255\n", [1, 2, 3])
                == "F/b/1: has 3 bytes of pixels; expected 4: copy or convert it again")
        #expect(try message("P5 2 2 255\n", [1, 2, 3, 4, 5]).contains("has 5 bytes of pixels"))
        #expect(
            try message("P6 2147483647 2147483647 65535\n").contains("expected \(Int.max)"))
        #expect(try message("P6 2147483647 1 255\n").contains("expected 6442450941"))
    }

    @Test("Images of other sizes, wherever they are")
    func sizes() throws {
        #expect(
            try message(of: Self.colour) == "F/b/1: is 2 × 1, colour; expected 2 × 2, grey, as is F/a/1")
        #expect(
            try message(of: Array("P5 1 4 255\n".utf8) + [1, 2, 3, 4])
                == "F/b/1: is 1 × 4, grey; expected 2 × 2, grey, as is F/a/1")
        #expect(
            try message(of: Array("P5 1 1 255\n".utf8) + [1])
                == "F/b/1: is 1 × 1, grey; expected 2 × 2, grey, as is F/a/1")
    }

    @Test("No cut of a file, and no change of a byte of it, traps")
    func noise() throws {
        for count in 0..<Self.colour.count { _ = try message(of: Self.colour.prefix(count)) }
        for place in Self.colour.indices {
            for change in [1, 0x10, 0x80, 0xFF] as [UInt8] {
                var changed = Self.colour
                changed[place] ^= change
                _ = try? read(["a/1": changed, "b/1": Self.colour], as: Float.self)
            }
        }
    }
}
