import DataFiles
import Foundation
import Problems
import Testing

@Suite("IDX files become a data set of two classes")
struct IDXTests {
    /// A file of bytes, made by hand.
    static func idx(_ shape: [UInt32], _ values: [UInt8], type: UInt8 = 0x08) -> [UInt8] {
        [0, 0, type, UInt8(shape.count)] + shape.flatMap { $0.bytes(bigEndian: true) } + values
    }

    /// Four images of 2 × 3 pixels: 0 1 … 5, 10 11 … 15 and so on.
    static let images = idx([4, 2, 3], [0, 10, 20, 30].flatMap { first in (0..<6).map { first + $0 } })
    static let labels = idx([4], [7, 3, 9, 7])

    func read<Scalar: RealScalar>(
        _ images: [UInt8] = images, _ labels: [UInt8] = labels, _ format: IDX = IDX(negative: 7, positive: 9),
        as: Scalar.Type = Scalar.self
    ) throws -> LabelledTable<Scalar> {
        let folder = try TemporaryFolder()
        return try format.read(images: try folder.file("i", images), labels: try folder.file("l", labels))
    }

    func message(
        _ images: [UInt8] = images, _ labels: [UInt8] = labels, _ format: IDX = IDX(negative: 7, positive: 9)
    ) throws -> String {
        let folder = try TemporaryFolder()
        let (images, labels) = (try folder.file("i", images), try folder.file("l", labels))
        let error = try #require(throws: FileError.self) {
            try format.read(images: images, labels: labels, as: Float.self)
        }
        return "\(error)".replacing(folder.path + "/", with: "")
    }

    @Test("Images of the two classes, in the order of the file, scaled to 0...1")
    func plain() throws {
        let table = try read(as: Float.self)
        #expect((table.data.m, table.data.nx) == (3, 6))
        let pixels = [0, 1, 2, 3, 4, 5, 20, 21, 22, 23, 24, 25, 30, 31, 32, 33, 34, 35] as [Float]
        #expect(table.data.x.values == pixels.map { $0 / 255 })
        #expect(table.data.y.values == [0, 1, 0])
        #expect((table.negative, table.positive) == ("7", "9"))
        #expect(table.features.first == "x1")
        let ends =
            try read(Self.idx([2, 1, 1], [0, 255]), Self.idx([2], [0, 1]), IDX(negative: 1, positive: 0))
            as LabelledTable<Double>
        #expect(ends.data.x.values == [0, 1])
        #expect(ends.data.y.values == [1, 0])
    }

    @Test("Images of any number of dimensions are unrolled in the order of the file")
    func dimensions() throws {
        let table = try read(Self.idx([4, 6], Array(Self.images.dropFirst(16))), as: Double.self)
        #expect(table.data.nx == 6)
        let colour = Self.idx([4, 1, 2, 3], Array(Self.images.dropFirst(16)))
        #expect(try read(colour, as: Double.self).data.x.values == table.data.x.values)
    }

    @Test("Files may be packed by gzip, whatever their name")
    func gzip() throws {
        let folder = try TemporaryFolder()
        let images = try packed(try folder.file("i", Self.images))
        let labels = try packed(try folder.file("-l", Self.labels))
        #expect(images.starts(with: [0x1F, 0x8B]))
        let table = try read(images, labels, as: Float.self)
        #expect(try read(as: Float.self).data.x.values == table.data.x.values)
    }

    @Test("Packed files of some mebibytes come whole")
    func largeGzip() throws {
        let folder = try TemporaryFolder()
        let count = 5000
        let pixels = (0..<count * 784).map { UInt8(truncatingIfNeeded: $0 &* $0 >> 7) }
        let path = try folder.file("i", Self.idx([UInt32(count), 28, 28], pixels))
        let labels = Self.idx([UInt32(count)], (0..<count).map { UInt8($0 % 2) })
        let table = try read(try packed(path), labels, IDX(negative: 0, positive: 1), as: Float.self)
        #expect(table.data.m == count)
        #expect((0..<count * 784).allSatisfy { table.data.x.base[$0] == Float(pixels[$0]) / 255 })
    }

    @Test("Broken packed files are reported in gzip's words")
    func brokenGzip() throws {
        let folder = try TemporaryFolder()
        let images = try packed(try folder.file("i", Self.images))
        for broken in [
            Array(images.dropLast(3)), images.dropLast(8) + [1, 2, 3, 4, 5, 6, 7, 8], [0x1F, 0x8B],
        ] as [[UInt8]] {
            let message = try message(broken)
            #expect(message.hasPrefix("i: cannot be unpacked: gzip: "), "\(message)")
        }
    }

    @Test("What is no IDX file")
    func otherFormats() throws {
        for bytes in [[], [0], [0, 0, 8], [0, 1, 8, 1], Array("a,y\n1,0\n".utf8), [0, 0, 8, 0]] as [[UInt8]] {
            #expect(try message(bytes).hasPrefix("i: is no IDX file"))
            #expect(try message(Self.images, bytes).hasPrefix("l: is no IDX file"))
        }
        let floats = Self.idx([1], [0, 0, 0, 0], type: 0x0D)
        #expect(try message(floats) == "i: holds elements of type 0xd; expected bytes, which is type 0x8")
        let error = try #require(throws: FileError.self) {
            try IDX(negative: 0, positive: 1).read(images: "/tmp", labels: "/none", as: Float.self)
        }
        #expect("\(error)" == "/tmp: is a folder; expected an IDX file")
    }

    @Test("Images and labels in place of each other, and not as many of them")
    func mismatch() throws {
        #expect(try message(Self.labels, Self.images).hasPrefix("i: has 1 dimension; expected images"))
        #expect(try message(Self.images, Self.images).hasPrefix("l: has 3 dimensions; expected labels"))
        #expect(
            try message(Self.images, Self.idx([3], [7, 3, 9]))
                == "l: has 3 labels; expected 4, one for each image")
    }

    @Test("Lengths that do not fit the file, or that no file can have")
    func lengths() throws {
        #expect(
            try message(Self.images.dropLast())
                == "i: has 23 bytes of values; expected 24: copy or load it again")
        #expect(try message(Self.images + [0]).contains("has 25 bytes of values; expected 24"))
        #expect(try message(Self.idx([0, 2, 3], [])).contains("holds 0 × 2 × 3 values"))
        #expect(try message(Self.idx([.max, 1 << 16], [1])).contains("expected 281474976645120"))
        #expect(try message(Self.idx([.max, .max, .max], [1])).contains("which no file can"))
        #expect(try message(Self.idx([], [], type: 8) + [255]).hasPrefix("i: is no IDX file"))
        #expect(try message([0, 0, 8, 255] + [UInt8](repeating: 0, count: 100)).contains("bytes of values"))
    }

    @Test("Classes that are one, that no label can be, or that no label is")
    func classes() throws {
        for (first, second) in [(7, 7), (-1, 7), (7, 256), (.min, .max)] {
            #expect(
                try message(Self.images, Self.labels, IDX(negative: first, positive: second))
                    == "l: the classes are to be \(first) and \(second); "
                    + "expected two different ones from 0 to 255")
        }
        #expect(
            try message(Self.images, Self.labels, IDX(negative: 7, positive: 8))
                == "l: has no label 8; expected one of 3, 7, 9")
    }

    @Test("No cut of a file, and no change of a byte of its header, traps")
    func noise() throws {
        for count in 0..<Self.images.count { _ = try message(Array(Self.images.prefix(count))) }
        for count in 0..<Self.labels.count { _ = try message(Self.images, Array(Self.labels.prefix(count))) }
        for place in 0..<16 {
            for change in [1, 0x10, 0x80, 0xFF] as [UInt8] {
                var (images, labels) = (Self.images, Self.labels)
                images[place] ^= change
                _ = try? read(images, as: Float.self)
                if place < labels.count { labels[place] ^= change }
                _ = try? read(Self.images, labels, as: Float.self)
            }
        }
    }
}
