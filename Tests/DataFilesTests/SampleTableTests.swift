import DataFiles
import Foundation
import Problems
import Testing

@Suite("Samples can be read without labels")
struct SampleTableTests {
    func samples(
        _ text: String, label: CSV.Column = .name("y"), hasHeader: Bool = true
    ) throws -> SampleTable<Double> {
        try CSV(label: label, hasHeader: hasHeader).parseSamples(Data(text.utf8), named: "t.csv")
    }

    @Test(
        "A CSV file may have the label's column or not, with whatever is in it",
        arguments: [
            "a,b\n1,2\n3,4\n", "a,b,y\n1,2,0\n3,4,1\n", "y,a,b\n?,1,2\n,3,4\n", "a,y,b\n1,,2\n3,\"x,y\",4",
            "a,b,y\n1,2,\n3,4,",
        ])
    func csv(text: String) throws {
        let table = try samples(text)
        #expect(table.features == ["a", "b"])
        #expect((table.m, table.nx) == (2, 2))
        #expect(table.x.values == [1, 2, 3, 4])
        #expect(Array(table.sample(1)) == [3, 4])
    }

    @Test("One feature next to an empty label is enough, however short the rows")
    func shortRows() throws {
        let rows = (0..<1000).map { "\($0 % 10)," }
        let table = try samples("a,y\n" + rows.joined(separator: "\n"))
        #expect(table.m == 1000)
        #expect(Array(table.x.values.prefix(12)) == [0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 0, 1])
    }

    @Test("Without a header all columns count, unless one is given by its number")
    func withoutHeader() throws {
        #expect(try samples("1,2\n3,4\n", hasHeader: false).features == ["x1", "x2"])
        let table = try samples("1,2\n3,4\n", label: .number(1), hasHeader: false)
        #expect(table.x.values == [2, 4])
    }

    @Test(
        "Errors name the place",
        arguments: [
            ("a,b\n1\n", "line 2: found 1 field; expected 2"),
            ("a,y\nx,0\n", "line 2, column 1 ('a'): found 'x'"),
            ("y\n1\n", "no column besides the label"), ("a,b\n", "no rows"), ("", "is empty"),
            ("a,y\n1,\"0\n", "no end"),
        ])
    func errors(text: String, message: String) {
        let error = #expect(throws: FileError.self) { try samples(text) }
        #expect(error?.description.contains(message) == true, "\(error?.description ?? "")")
    }

    @Test("An NPY file holds X alone")
    func npy() throws {
        let file = try NPYFixture(floats: [1, 2, 3, 4, 5, 6], "(3, 2)").write()
        let table: SampleTable<Float> = try NPY().readSamples(file.path)
        #expect((table.m, table.nx) == (3, 2))
        #expect(table.x.values == [1, 2, 3, 4, 5, 6])
        let turned: SampleTable<Double> = try NPY(layout: .featuresFirst).readSamples(file.path)
        #expect((turned.m, turned.nx) == (2, 3))
        #expect(turned.x.values == [1, 3, 5, 2, 4, 6])
        let bad = try NPYFixture(floats: [1, .nan], "(2, 1)").write()
        #expect(throws: FileError.self) { try NPY().readSamples(bad.path, as: Float.self) }
    }

    @Test("IDX images of all classes count")
    func idx() throws {
        let folder = try TemporaryFolder()
        let header: [UInt8] = [0, 0, 8, 3, 0, 0, 0, 3, 0, 0, 0, 1, 0, 0, 0, 2]
        let path = try folder.file("images", header + [0, 255, 51, 102, 153, 204])
        let table: SampleTable<Double> = try IDX.readSamples(images: path)
        #expect((table.m, table.nx) == (3, 2))
        #expect(table.x.values == [0, 1, 0.2, 0.4, 0.6, 0.8])
        let labels = try folder.file("labels", [0, 0, 8, 1, 0, 0, 0, 1, 7])
        #expect(throws: FileError.self) { try IDX.readSamples(images: labels, as: Double.self) }
    }

    @Test("Images lie in the folder, or in its subfolders")
    func netpbm() throws {
        let folder = try TemporaryFolder()
        let start = Array("P5 2 1 255\n".utf8)
        try folder.file("b/1.pgm", start + [255, 0])
        try folder.file("a.pgm", start + [0, 51])
        let table: SampleTable<Double> = try Netpbm.readSamples(folder.path)
        #expect(table.x.values == [0, 0.2, 1, 0])
        try folder.file("c.pgm", Array("P5 1 1 255\n".utf8) + [1])
        #expect(throws: FileError.self) { try Netpbm.readSamples(folder.path, as: Double.self) }
    }

    @Test("The format is known by the path, or by how the file starts")
    func formats() throws {
        let folder = try TemporaryFolder()
        #expect(DataFormat.of(folder.path) == .netpbm)
        #expect(DataFormat.of("x/a.NPY") == .npy)
        #expect(DataFormat.of("a.csv") == .csv)
        #expect(DataFormat.of("train-images-idx3-ubyte.gz") == .idx)
        #expect(DataFormat.of("x/a.CSV.gz") == .csv)
        #expect(DataFormat.of("a.npy.gz") == .npy)
        #expect(DataFormat.of("none") == .csv)
        #expect(DataFormat.of("/dev/null") == .csv)
        #expect(DataFormat.of(try folder.file("one", [0, 0, 8, 1])) == .idx)
        #expect(DataFormat.of(try folder.file("two", NPYFixture.labels([0]).bytes)) == .npy)
        for (name, format) in [("one", DataFormat.idx), ("two", .npy)] {
            let path = try folder.file("\(name).gz", try packed("\(folder.path)/\(name)"))
            #expect(DataFormat.of(path) == format)
        }
        let text = try folder.file("long", Array(String(repeating: "1,2\n", count: 100_000).utf8))
        #expect(DataFormat.of(try folder.file("long.gz", try packed(text))) == .csv)
        #expect(DataFormat.of(try folder.file("cut.gz", [0x1F, 0x8B, 8])) == .other)
        #expect(DataFormat.of(try folder.file("three", Array("a,y\n".utf8))) == .csv)
        #expect(DataFormat.of(try folder.file("four", [])) == .csv)
        #expect(DataFormat.of(try folder.file("five", Array("P5 2 1 255\n".utf8) + [0, 1])) == .netpbm)
        #expect(DataFormat.of(try folder.file("six", Array("P5 in mmHg,y\n1,0\n".utf8))) == .csv)
        #expect(DataFormat.of(try folder.file("seven", Array("P1,P2,y\n1,2,0\n".utf8))) == .csv)
        #expect(DataFormat.of("-") == .csv && DataFormat.of("a.npz:X") == .npy)
    }

    @Test("A field is quoted where it must be")
    func field() throws {
        #expect(CSV.field("plain word") == "plain word")
        #expect(CSV.field("=1+1") == "'=1+1" && CSV.field("@x,y") == "\"'@x,y\"" && CSV.field("-1") == "-1")
        for text in ["a,b", "say \"x\"", "two\nlines", " blank", "blank "] {
            let table = try samples("\(CSV.field(text)),b\n1,2\n")
            #expect(table.features == [text, "b"])
        }
    }
}
