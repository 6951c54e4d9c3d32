import DataFiles
import Foundation
import Problems
import Testing

/// Files of several mebibytes, which are read in blocks, several at a time.
@Suite("A CSV file of many blocks reads as one")
struct CSVBlockTests {
    static let rows = 30_000

    /// Rows of about 100 bytes: the number of the row, padded, and a label.
    func lines(label: (Int) -> String = { "\($0 % 2)" }) -> [String] {
        (0..<Self.rows).map { "\($0).5\(String(repeating: "0", count: 90)),\(label($0))" }
    }

    func read(_ lines: [String], _ format: CSV = CSV(label: .name("y"))) throws -> LabelledTable<Double> {
        try format.parse(Data(("a,y\n" + lines.joined(separator: "\n") + "\n").utf8), named: "t.csv")
    }

    func message(_ lines: [String], _ format: CSV = CSV(label: .name("y"))) throws -> String {
        let error = try #require(throws: FileError.self) { try read(lines, format) }
        return "\(error)"
    }

    @Test("Rows are in the order of the file")
    func order() throws {
        let table = try read(lines())
        #expect(table.data.m == Self.rows)
        #expect((0..<Self.rows).allSatisfy { table.data.x.base[$0] == Double($0) + 0.5 })
        #expect((0..<Self.rows).allSatisfy { table.data.y.base[$0] == Double($0 % 2) })
    }

    @Test("A file with quoted fields, and line ends within them, too")
    func quotes() throws {
        let words = CSV(label: .name("y"), words: .init(positive: "one\nword"))
        let table = try read(lines { $0 % 3 == 0 ? "\"one\nword\"" : "other" }, words)
        #expect(table.data.m == Self.rows)
        #expect((0..<Self.rows).allSatisfy { table.data.x.base[$0] == Double($0) + 0.5 })
        #expect((0..<Self.rows).allSatisfy { table.data.y.base[$0] == ($0 % 3 == 0 ? 1 : 0) })
    }

    @Test(
        "Words in quotes are words, and a quote within one is its own",
        arguments: [
            ("\"one word\"", "one word"), ("5\" disk", "5\" disk"), ("\"5\"\" disk\"", "5\" disk"),
            ("5\"\" disk", "5\"\" disk"), ("\"é\"", "e\u{301}"),
        ])
    func quotedWords(field: String, word: String) throws {
        for words in [CSV.Words(positive: word), .init(positive: "other", negative: word)] {
            let table = try read(
                lines { $0 % 3 == 0 ? field : "other" }, CSV(label: .name("y"), words: words))
            let label = words.positive == word ? 1.0 : 0
            #expect(table.data.m == Self.rows)
            #expect((0..<Self.rows).allSatisfy { table.data.x.base[$0] == Double($0) + 0.5 })
            #expect((0..<Self.rows).allSatisfy { table.data.y.base[$0] == ($0 % 3 == 0 ? label : 1 - label) })
        }
    }

    @Test(
        "One line end within quotes, early or late, shifts no row",
        arguments: [0, 11_000, 29_999])
    func oneLineEnd(row: Int) throws {
        let table = try read(
            lines { $0 == row ? "\"1\n\"" : "0" },
            CSV(label: .name("y"), words: .init(positive: "1\n", negative: "0")))
        #expect(table.data.m == Self.rows)
        #expect((0..<Self.rows).allSatisfy { table.data.y.base[$0] == ($0 == row ? 1 : 0) })
        #expect(table.data.x.base[Self.rows - 1] == Double(Self.rows) - 0.5)
    }

    @Test("An empty line, or one of blanks, early or late, shifts no row", arguments: [0, 11_000, 29_999])
    func blankLines(row: Int) throws {
        for blank in ["", "  "] {
            var lines = lines()
            lines.insert(blank, at: row)
            let table = try read(lines)
            #expect(table.data.m == Self.rows)
            #expect((0..<Self.rows).allSatisfy { table.data.x.base[$0] == Double($0) + 0.5 })
            lines[29_000] = "x,0"
            #expect(try message(lines).hasPrefix("t.csv, line 29002, column 1 ('a'): found 'x'"))
        }
    }

    @Test("An error after quotes is reported with its line, also where rows before it have several")
    func errorAfterQuotes() throws {
        for (field, more) in [("\"p\"", 0), ("\"p\n\"", 1)] {
            var lines = lines { $0 == 7 ? field : "p" }
            lines[20_000] = "1,\"p"
            let words = CSV(label: .number(2), words: .init(positive: "p", negative: more == 0 ? "q" : "p\n"))
            #expect(
                try message(lines, words).hasPrefix("t.csv, line \(20_002 + more), column 2 ('y'): "))
            lines[20_000] = "x,p"
            #expect(
                try message(lines, words).hasPrefix("t.csv, line \(20_002 + more), column 1 ('a'): found 'x'")
            )
        }
    }

    @Test("The first error is reported, with its line", arguments: [0, 1, 15_000, 29_998])
    func firstError(row: Int) throws {
        var lines = lines()
        lines[row] = "wrong,0"
        lines[Self.rows - 1] = "1,0,2"
        #expect(try message(lines).hasPrefix("t.csv, line \(row + 2), column 1 ('a'): found 'wrong'"))
        lines[row] = "1"
        #expect(try message(lines).hasPrefix("t.csv, line \(row + 2): found 1 field"))
    }

    @Test("The first other word is the negative one, whichever block it is in")
    func words() throws {
        let words = CSV(label: .name("y"), words: .init(positive: "p"))
        let late = try read(lines { $0 < 29_000 ? "p" : "n" }, words)
        #expect(late.negative == "n")
        #expect(late.data.y.values.reduce(0, +) == 29_000)
        // Each third word is alone in its block.
        let third = try message(
            lines { $0 == 12_000 ? "q" : $0 == 29_000 ? "r" : $0 < 100 ? "n" : "p" }, words)
        #expect(
            third.hasPrefix("t.csv, line 12002, column 2 ('y'): found the label 'q'; expected 'p' or 'n'"))
    }
}
