import DataFiles
import Foundation
import Problems
import Testing

@Suite("A CSV file becomes a data set")
struct CSVTests {
    func read(_ text: String, label: String = "y") throws -> LabelledTable<Double> {
        try CSV(label: .name(label)).parse(Data(text.utf8), named: "t.csv")
    }

    func x(_ table: LabelledTable<Double>) -> [Double] { table.data.x.values }
    func y(_ table: LabelledTable<Double>) -> [Double] { table.data.y.values }

    @Test("Names, values and labels are where the file has them")
    func plain() throws {
        let table = try read("a,b,y\n1,2,0\n3.5,-4e2,1\n")
        #expect(table.features == ["a", "b"])
        #expect(table.label == "y")
        #expect((table.data.m, table.data.nx) == (2, 2))
        #expect(x(table) == [1, 2, 3.5, -400])
        #expect(y(table) == [0, 1])
    }

    @Test("The label may be any column", arguments: ["a", "b", "y"])
    func anyLabel(label: String) throws {
        let table = try read("a,b,y\n1,1,1\n0,0,0\n", label: label)
        #expect(table.features == ["a", "b", "y"].filter { $0 != label })
        #expect(y(table) == [1, 0])
    }

    @Test("The label column is left out of the features, wherever it is")
    func labelFirst() throws {
        let table = try read("y,a,b\n1,5,6\n0,7,8\n")
        #expect(x(table) == [5, 6, 7, 8])
        #expect(y(table) == [1, 0])
    }

    @Test(
        "Line ends, a byte order mark, blanks around fields and empty lines make no difference",
        arguments: [
            "a,y\n1,0\n2,1", "a,y\r\n1,0\r\n2,1\r\n", "\u{FEFF}a,y\n1,0\n2,1\n", "a,y\n1,0\n2,1\n\n\r\n\n",
            " a ,\ty\n 1 , 0\n2\t,1 \n", "\"a\",y\n\"1\",\"0\"\r\n2,\"1\"", "a,y\r\n1,0\n2,1",
            "\u{FEFF}\"a\" , \"y\" \r\n+1,0e5\r\n2,1", "a,y\r1,0\r2,1", "\u{FEFF}a,y\r1,0\r2,1\r\r",
            "a,y\n1,0\n\n2,1\n", "a,y\r\n\r\n1,0\r\n \r\n2,1", "\n \n\r\na,y\n\t\n1,0\n2,1\n   ",
            "a,y\n1,0\n2,1\n   \n", "a,y\r\r1,0\r  \r2,1\r", "a,y\n1,0\n2,1 \n\t\n \r\n",
        ]
    )
    func forms(text: String) throws {
        let table = try read(text)
        #expect(table.features == ["a"])
        #expect(x(table) == [1, 2])
        #expect(y(table) == [0, 1])
    }

    @Test("Lines that end with CR alone, as old Macs wrote them, are lines")
    func carriageReturns() throws {
        let table = try read("dose,age,ill\r1.5,30,0\r2.5,41,1\r0.5,22,0\r", label: "ill")
        #expect(table.features == ["dose", "age"])
        #expect(x(table) == [1.5, 30, 2.5, 41, 0.5, 22])
        #expect(y(table) == [0, 1, 0])
    }

    @Test("Lines of nothing, or of blanks, are passed over, between rows and after them")
    func blankLines() throws {
        let table = try read("a,ill\n1,0\n2,1\n\n3,1\n\n\n", label: "ill")
        #expect(x(table) == [1, 2, 3])
        #expect(y(table) == [0, 1, 1])
        #expect(y(try read("a,y\n1,0\n2,1\n   \n")) == [0, 1])
    }

    @Test("A line of tabs is a row of empty fields where tabs separate them")
    func tabsAlone() throws {
        let error = try #require(throws: FileError.self) {
            try CSV(label: .name("y"), separator: .tab)
                .parse(Data("a\ty\n1\t0\n\t\n".utf8), named: "t.csv", as: Double.self)
        }
        #expect("\(error)".hasPrefix("t.csv, line 3, column 1 ('a'): found an empty field"))
    }

    @Test("A file packed by gzip reads as the plain one, whatever its name")
    func gzip() throws {
        let text = "t,y\n" + (0..<5000).map { "\(Double($0).squareRoot()),\($0 % 2)\n" }.joined()
        let plain = try TemporaryFile(text)
        let packed = try TemporaryFile(Data(try packed(plain.path)))
        let (expected, found): (LabelledTable<Double>, LabelledTable<Double>) = (
            try CSV(label: .name("y")).read(plain.path), try CSV(label: .name("y")).read(packed.path)
        )
        #expect(found.names == expected.names)
        #expect(x(found) == x(expected))
        #expect(y(found) == y(expected))
    }

    @Test("A quoted name may hold commas, quotes and line ends")
    func quotedNames() throws {
        let table = try read("\"a,\"\"b\"\"\",\"two\nlines\",y\n1,2,0\n")
        #expect(table.features == ["a,\"b\"", "two\nlines"])
    }

    @Test("Names may be in any script")
    func unicode() throws {
        #expect(try read("größe,面积,y\n1,2,0\n").features == ["größe", "面积"])
    }

    @Test("A file on disk reads as the same text in memory")
    func onDisk() throws {
        let file = try TemporaryFile("a,y\n1,0\n2,1\n")
        #expect(x(try CSV(label: .name("y")).read(file.path)) == [1, 2])
    }

    @Test("Numbers round to the nearest Double, whatever their form")
    func numbers() throws {
        var generator = SystemRandomNumberGenerator()
        var texts = [
            "0.1", "-0", "1e22", "1e23", "123456789012345678", "9007199254740993", "1e-22", "1e-23", "5e-324",
            "1.7976931348623157e308", "2.2250738585072014e-308", "0.000000000000000000000000001", ".5", "5.",
            "1E+3",
            "00000000000000000000000000001", "0.1000000000000000055511151231257827", "1e-999",
            "-0e999999999999999999",
            "12345678901234567890123", "8.41e21", "3.0000000000000004", "18446744073709551617",
        ]
        for _ in 0..<2000 {
            let value = Double(bitPattern: generator.next())
            if value.isFinite { texts.append("\(value)") }
            texts.append("\(Int.random(in: -99_999...99_999)).\(Int.random(in: 0...99_999_999))")
        }
        let table = try read("a,y\n" + texts.map { "\($0),0\n" }.joined())
        for (text, found) in zip(texts, x(table)) {
            let expected = try #require(Double(text))
            #expect(found.bitPattern == expected.bitPattern, "\(text)")
        }
    }

    @Test("A field of a million digits is read")
    func longField() throws {
        let table = try read("a,y\n0." + String(repeating: "3", count: 1_000_000) + ",1\n")
        #expect(x(table) == [1.0 / 3.0])
    }

    @Test("Errors are found in the order of the file, and text of any bytes never traps")
    func noise() {
        var generator = SystemRandomNumberGenerator()
        let alphabet = Array("01.,,\n\n\r\"e-+ay \u{FEFF}é".utf8)
        for _ in 0..<3000 {
            let count = Int.random(in: 0...40)
            let bytes =
                Data("a,y\n".utf8) + Data((0..<count).map { _ in alphabet.randomElement(using: &generator)! })
            _ = try? CSV(label: .name("y")).parse(bytes, named: "noise", as: Double.self)
            _ = try? CSV(label: .number(2), words: .init(positive: "a"), hasHeader: false)
                .parse(bytes.dropFirst(4), named: "noise", as: Float.self)
        }
    }
}
