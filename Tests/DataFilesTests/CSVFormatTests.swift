import DataFiles
import Foundation
import Problems
import Testing

@Suite("A CSV file may have words for labels, no header, and other separators")
struct CSVFormatTests {
    static let words = CSV(label: .name("kind"), words: .init(positive: "bad"))

    func read(_ text: String, _ format: CSV) throws -> LabelledTable<Double> {
        try format.parse(Data(text.utf8), named: "t.csv")
    }

    func message(_ text: String, _ format: CSV) throws -> String {
        let error = try #require(throws: FileError.self) { try read(text, format) }
        return "\(error)"
    }

    func x(_ table: LabelledTable<Double>) -> [Double] { table.data.x.values }
    func y(_ table: LabelledTable<Double>) -> [Double] { table.data.y.values }

    @Test("The positive word is 1, the one other word 0")
    func words() throws {
        let table = try read("kind,a\ngood,1\nbad,2\n\"good\",3\n bad ,4\n", Self.words)
        #expect(y(table) == [0, 1, 0, 1])
        #expect(x(table) == [1, 2, 3, 4])
        #expect((table.positive, table.negative) == ("bad", "good"))
    }

    @Test("Words may hold separators, quotes and line ends, and may look like numbers")
    func oddWords() throws {
        let quoted = try read(
            "kind,a\n\"a,\"\"b\"\"\nc\",1\nd,2\n",
            CSV(label: .name("kind"), words: .init(positive: "a,\"b\"\nc")))
        #expect(y(quoted) == [1, 0])
        #expect((quoted.data.m, x(quoted)) == (2, [1, 2]))
        let numbers = try read("kind,a\n2,1\n1,2\n", CSV(label: .name("kind"), words: .init(positive: "2")))
        #expect(y(numbers) == [1, 0])
    }

    @Test("With both words given, one of them may be missing from the file")
    func givenWords() throws {
        let format = CSV(label: .name("kind"), words: .init(positive: "bad", negative: "good"))
        let table = try read("kind,a\ngood,1\n", format)
        #expect(y(table) == [0])
        #expect((table.positive, table.negative) == ("bad", "good"))
        #expect(try read("kind,a\nbad,1\n", Self.words).negative == "not bad")
    }

    @Test("A word that is neither is reported with its line")
    func thirdWord() throws {
        #expect(
            try message("kind,a\ngood,1\nbad,2\nugly,3\n", Self.words)
                == "t.csv, line 4, column 1 ('kind'): found the label 'ugly'; expected 'bad' or 'good'")
        let format = CSV(label: .name("kind"), words: .init(positive: "bad", negative: "fine"))
        #expect(
            try message("kind,a\ngood,1\n", format).hasSuffix(
                "line 2, column 1 ('kind'): found the label 'good'; expected 'bad' or 'fine'"))
        #expect(
            try message("kind,a\n,1\n", Self.words).hasSuffix(
                "found the label ''; expected 'bad' or one other word"))
    }

    @Test("One word for both labels is refused")
    func sameWords() throws {
        let format = CSV(label: .name("kind"), words: .init(positive: "a", negative: "a"))
        #expect(
            try message("kind,a\na,1\n", format) == "t.csv: both labels are to be 'a'; expected two words")
    }

    @Test("The label may be given by its number, counted from 1", arguments: [1, 2, 3])
    func labelNumber(number: Int) throws {
        let table = try read("a,b,c\n1,1,1\n0,0,0\n", CSV(label: .number(number)))
        #expect(table.label == ["a", "b", "c"][number - 1])
        #expect(y(table) == [1, 0])
    }

    @Test("A name that is a number goes before the number of a column")
    func nameOrNumber() throws {
        let text = "0,1,2\n5,0,1\n6,1,1\n7,0,0\n8,1,0\n"
        let byName = try read(text, CSV(label: .nameOrNumber("2")))
        #expect((byName.label, y(byName)) == ("2", [1, 1, 0, 0]))
        #expect(byName.features == ["0", "1"])
        #expect(try read("0,a\n1,5\n", CSV(label: .nameOrNumber("0"))).label == "0")
        #expect(try read("2024,a\n1,5\n", CSV(label: .nameOrNumber("2024"))).label == "2024")
        #expect(try read("a,b\n5,1\n", CSV(label: .nameOrNumber("2"))).label == "b")
        #expect(try read("a,b\n5,1\n", CSV(label: .nameOrNumber("b"))).label == "b")
        #expect(try read("5,1\n", CSV(label: .nameOrNumber("2"), hasHeader: false)).label == "x2")
        #expect(
            try message("a,b\n5,1\n", CSV(label: .nameOrNumber("3")))
                == "t.csv, line 1: column 3 is to be the label; expected a number from 1 to 2")
        for name in ["c", "-1", "99999999999999999999"] {
            #expect(
                try message("a,b\n5,1\n", CSV(label: .nameOrNumber(name)))
                    == "t.csv, line 1: no column is named '\(name)'; the columns are 'a', 'b'")
        }
        let samples: SampleTable<Double> = try CSV(label: .nameOrNumber("2"))
            .parseSamples(Data(text.utf8), named: "t.csv")
        #expect(samples.features == ["0", "1"])
    }

    @Test("A number that no column has", arguments: [0, -1, 4, .max, .min])
    func wrongLabelNumber(number: Int) throws {
        #expect(
            try message("a,b,c\n1,1,1\n", CSV(label: .number(number)))
                == "t.csv, line 1: column \(number) is to be the label; expected a number from 1 to 3")
    }

    @Test("Without a header the first row is data, and columns are named by number")
    func noHeader() throws {
        let table = try read("5,0,6\n7,1,8", CSV(label: .number(2), hasHeader: false))
        #expect(table.features == ["x1", "x3"])
        #expect(table.label == "x2")
        #expect(x(table) == [5, 6, 7, 8])
        #expect(y(table) == [0, 1])
    }

    @Test("Errors of a file without a header name the column by its number only")
    func noHeaderErrors() throws {
        let format = CSV(label: .number(2), hasHeader: false)
        #expect(
            try message("5,0\nx,1", format)
                == "t.csv, line 2, column 1: found 'x'; expected a decimal number; "
                + "--one-hot makes features of words, --drop leaves a column out"
        )
        #expect(
            try message("5,0\n7", format).hasSuffix("line 2: found 1 field; expected 2, as in the first row"))
        #expect(try message("5", CSV(label: .number(1), hasHeader: false)).contains("no column besides"))
        #expect(
            try message("5,0\n", CSV(label: .name("y"), hasHeader: false))
                == "t.csv: column 'y' is to be the label, and a file without a header has no names; "
                + "give the column by its number")
        #expect(try message("", format).contains("is empty"))
    }

    @Test("Fields may be separated by semicolons or tabs")
    func separators() throws {
        let semicolons = try read("a;\"b;c\";y\n1 ; 2;0\n", CSV(label: .name("y"), separator: .semicolon))
        #expect(semicolons.features == ["a", "b;c"])
        #expect(x(semicolons) == [1, 2])
        let tabs = try read("a\tb\ty\r\n 1\t2 \t1\r\n", CSV(label: .name("y"), separator: .tab))
        #expect(tabs.features == ["a", "b"])
        #expect((x(tabs), y(tabs)) == ([1, 2], [1]))
        #expect(
            try message("a\tb\ty\n1\t\t1\n", CSV(label: .name("y"), separator: .tab)).hasSuffix(
                "line 2, column 2 ('b'): found an empty field; expected a number; missing: 1 of 1 in 'b'; "
                    + "--missing drop leaves such rows out, --missing mean fills in the mean"))
        #expect(
            try message("a,y\n1,0\n", CSV(label: .name("y"), separator: .tab)).hasSuffix(
                "expected tabs between columns"))
    }

    @Test("A file may be read as Float, which is the Double rounded")
    func float() throws {
        let table = try CSV(label: .name("y")).parse(
            Data("a,y\n0.1,0\n16777217,1\n1e-50,0\n".utf8), named: "t.csv", as: Float.self)
        #expect(table.data.x.values == [Float(0.1), 16_777_216, 0])
        let error = try #require(throws: FileError.self) {
            try CSV(label: .name("y")).parse(Data("a,y\n1e39,0\n".utf8), named: "t.csv", as: Float.self)
        }
        #expect(
            "\(error)"
                == "t.csv, line 2, column 1 ('a'): found '1e39', which is beyond the greatest float; "
                + "read it as double")
    }
}
