import DataFiles
import Foundation
import Testing

@Suite("An error of a CSV file says what is wrong, where, and what was expected")
struct CSVErrorTests {
    /// The error that `text` gives.
    func error(_ text: String, label: String = "y") throws -> FileError {
        try error(Data(text.utf8), label: label)
    }

    func error(_ bytes: Data, label: String = "y") throws -> FileError {
        try #require(throws: FileError.self) {
            try CSV(label: .name(label)).parse(bytes, named: "t.csv", as: Double.self)
        }
    }

    func fileError(_ path: String) throws -> FileError {
        try #require(throws: FileError.self) { try CSV(label: .name("y")).read(path, as: Double.self) }
    }

    @Test("A missing file", arguments: ["/nonexistent/t.csv", "/dev/null/t.csv", ""])
    func missing(path: String) throws {
        let error = try fileError(path)
        #expect(error.kind == .missing && error.file == path)
        #expect("\(error)" == "\(path): no such file; check the path")
    }

    @Test("A folder in place of a file")
    func folder() throws {
        let error = try fileError("/tmp")
        #expect(error.kind == .unreadable)
        #expect("\(error)" == "/tmp: is a folder; expected a CSV file")
    }

    @Test("A device without end")
    func device() throws {
        #expect("\(try fileError("/dev/zero"))" == "/dev/zero: is a device; expected a CSV file or a pipe")
    }

    @Test("A path that the system refuses, with its reason")
    func unreadable() throws {
        let path = "/" + String(repeating: "a", count: 5000)
        #expect("\(try fileError(path))".hasSuffix("cannot be read: File name too long"))
    }

    @Test("A file larger than the memory, of holes that take no room on disk")
    func tooLarge() throws {
        let file = try TemporaryFile("a,y\n")
        try #require(truncate(file.path, 4 << 40) == 0)
        let error = try fileError(file.path)
        #expect(error.kind == .unreadable)
        #expect("\(error)".contains("takes 4194304 MiB of memory, which is more than this process can have"))
    }

    @Test("An empty file", arguments: ["", "\n", "\r\n\n", "\u{FEFF}", "  ", " \n\t\n", "\r\r"])
    func empty(text: String) throws {
        #expect(
            "\(try error(text))"
                == "t.csv: is empty; expected a header with the names of the columns, and rows below it")
    }

    @Test("A header with nothing below it", arguments: ["a,y", "a,y\n", "a,y\r\n\r\n"])
    func headerOnly(text: String) throws {
        #expect("\(try error(text))" == "t.csv: has a header but no rows; expected at least one")
    }

    @Test("UTF-16", arguments: [String.Encoding.utf16, .utf32, .utf16LittleEndian, .utf16BigEndian])
    func otherEncoding(encoding: String.Encoding) throws {
        let bytes = try #require("a,y\n1,0\n".data(using: encoding))
        let error = try error(bytes)
        #expect(error.kind == .invalid)
        #expect(error.message.hasPrefix("looks like UTF-16 or UTF-32; expected UTF-8"))
    }

    @Test("A row with too few or too many fields, by its line in the file")
    func ragged() throws {
        #expect(
            "\(try error("a,b,y\n1,2,0\n1,0\n"))"
                == "t.csv, line 3: found 2 fields; expected 3, as in the first row")
        #expect(
            "\(try error("a,y\n1,0\n1,2,0\n2,1"))"
                == "t.csv, line 3: found 3 fields; expected 2, as in the first row")
        #expect(
            "\(try error("a,y\r\n1,0\r\n\r\n2\r\n"))"
                == "t.csv, line 4: found 1 field; expected 2, as in the first row")
        #expect(
            "\(try error("\"a\nb\",y\n1,0\n7\n"))"
                == "t.csv, line 4: found 1 field; expected 2, as in the first row")
    }

    @Test("Lines that are passed over count, also before the header")
    func blankLines() throws {
        #expect(try error("a,y\n\n1,0\n  \nx,1\n").place == .column(1, name: "a", line: 5))
        #expect(try error("\n \na,b\n1,0\n").place == .line(3))
        #expect(try error("a,y\r\r1,0\r1\r").place == .line(4))
    }

    @Test(
        "Text that is not UTF-8, by line and byte, and how to convert it: a label, a name, a number",
        arguments: [
            ("a,y\n1,ok\n2,b", [0xE4], "\n3,b\u{F6}\n", "t.csv, line 3, byte 4: found 0xE4"),
            ("a,y\n1,\"o\nk", [0xF6], "\"\n2,b\n", "t.csv, line 3, byte 2: found 0xF6"),
            ("a", [0xE4], ",a\u{F6},y\n1,2,ok\n", "t.csv, line 1, byte 2: found 0xE4"),
            ("größe,a\u{FFFD}", [0xC3], ",y\n1,2,ok\n", "t.csv, line 1, byte 13: found 0xC3"),
            ("a,y\n1,ok\n1", [0xB5], ",b\n", "t.csv, line 3, byte 2: found 0xB5"),
            ("a,y\n1,ok\n2,", [0xED, 0xA0, 0x80], "\n", "t.csv, line 3, byte 3: found 0xED"),
        ])
    func notUTF8(before: String, bytes: [UInt8], after: String, message: String) throws {
        let contents = Data(before.utf8) + bytes + Data(after.utf8)
        let error = try #require(throws: FileError.self) {
            try CSV(label: .name("y"), words: .init(positive: "ok"))
                .parse(contents, named: "t.csv", as: Double.self)
        }
        #expect("\(error)".hasPrefix(message), "\(error)")
        #expect(error.message.contains("which is not UTF-8; expected UTF-8"))
        #expect(error.message.contains("iconv -f ISO-8859-1 -t UTF-8"))
    }

    @Test("Line ends of CR alone next to others")
    func mixedLineEnds() throws {
        let error = try error("a,y\r1,0\n2,1\n")
        #expect(error.place == .line(1))
        #expect(error.message.hasPrefix("found 'y\\r1', with a line end of CR alone; expected"))
        #expect(try self.error("a,y\n1,0\r2,1\n").place == .line(2))
    }

    @Test(
        "Archives and files of other programs are named, with what to do",
        arguments: [
            ("PK\u{3}\u{4}", "t.csv", "is a zip archive; unpack it"),
            ("PK\u{3}\u{4}", "t.npz", "is an .npz archive of NumPy; name an array of it"),
            ("PK\u{3}\u{4}", "t.xlsx", "is an Excel workbook; save its sheet as CSV"),
            ("BZh91", "t.csv.bz2", "is packed by bzip2; unpack it"), ("Rar!", "t.rar", "is a RAR archive"),
            ("PAR1", "t.parquet", "is a Parquet file; save the table as CSV"),
            ("t.csv" + String(repeating: "\0", count: 252) + "ustar", "t.tar", "is a tar archive; unpack it"),
        ])
    func archives(start: String, name: String, message: String) throws {
        let folder = try TemporaryFolder()
        let path = try folder.file(name, Array((start + "a,y\n1,0\n").utf8))
        let y = try NPYFixture.labels([0, 1]).write()
        for read in [
            { _ = try CSV(label: .name("y")).read(path, as: Double.self) },
            { _ = try NPY().readSamples(path, as: Double.self) },
            { _ = try NPY().read(x: y.path, y: path, as: Float.self) },
            { _ = try IDX.readSamples(images: path, as: Float.self) },
        ] as [() throws -> Void] {
            let error = try #require(throws: FileError.self) { try read() }
            #expect(error.file == path && error.kind == .invalid)
            #expect(error.message.hasPrefix(message), "\(error)")
        }
        #expect(name.hasSuffix("csv") ? DataFormat.of(path) == .csv : DataFormat.of(path) == .other)
    }

    @Test("The first problem of the file comes first, also where a later row is ragged")
    func order() throws {
        #expect(try error("a,y\nx,0\n1\n").place == .column(1, name: "a", line: 2))
        let ragged = try error("a,y\n1,0\n1\nx,0\n")
        #expect(ragged.place == .line(3) && ragged.message.hasPrefix("found 1 field; expected 2,"))
    }

    @Test("A wide header over many short rows asks for no memory")
    func wideHeader() throws {
        let header = (0..<50_000).map { "c\($0)" }.joined(separator: ",") + ",y\n"
        let text = header + String(repeating: "1\n", count: 50_000)
        #expect(try error(text).message.hasPrefix("found 1 field; expected 50001,"))
    }

    @Test(
        "A field that is no decimal number",
        arguments: [
            "x", "0x10", "1e", "1e+", "--1", "1 2", "1.2.3", ".", "-", "+", "e5", "1_000",
            "15a",
            "٣", "$1", "nanx", "\"\"\"1\"\"\"",
        ])
    func notANumber(text: String) throws {
        let error = try error("a,b,y\n1,2,0\n3,\(text),1\n")
        #expect(error.kind == .invalid)
        #expect(error.place == .column(2, name: "b", line: 3))
        #expect("\(error)".hasPrefix("t.csv, line 3, column 2 ('b'): found '"))
        #expect("\(error)".contains("'; expected a decimal number"))
    }

    @Test("An empty field", arguments: ["a,y\n,0\n", "a,y\n  ,0\n", "a,y\n\"\",0\n"])
    func emptyField(text: String) throws {
        #expect(
            "\(try error(text))".hasPrefix(
                "t.csv, line 2, column 1 ('a'): found an empty field; expected a number; missing: 1 of 1 in 'a'"
            ))
    }

    @Test(
        "NaN, infinity, and numbers beyond the greatest Double",
        arguments: ["nan", "NaN", "-inf", "Infinity", "1e309"])
    func notFinite(text: String) throws {
        #expect(
            "\(try error("a,y\n\(text),0\n"))".hasPrefix(
                "t.csv, line 2, column 1 ('a'): found '\(text)'; expected a finite number"))
    }

    @Test("A label other than 0 and 1", arguments: ["2", "-1", "0.5", "yes", "nan", ""])
    func label(text: String) throws {
        #expect(
            "\(try error("a,y\n1,1\n1,\(text)\n"))"
                == "t.csv, line 3, column 2 ('y'): found the label '\(text)'; expected 0 or 1, "
                + "or name the word that stands for 1 with --positive")
    }

    @Test("A label that no column has: the columns there are")
    func missingLabel() throws {
        #expect(
            "\(try error("a,b\n1,0\n"))" == "t.csv, line 1: no column is named 'y'; the columns are 'a', 'b'")
        #expect(
            "\(try error("a;y\n1;0\n"))".hasSuffix("the columns are 'a;y'; expected commas between columns"))
    }

    @Test("A name that two columns have")
    func duplicate() throws {
        #expect(
            "\(try error("a,y,a\n1,0,1\n"))"
                == "t.csv, line 1, column 3 ('a'): the name 'a' is that of column 1 too; expected a name once"
        )
    }

    @Test("A label and nothing else")
    func noFeatures() throws {
        #expect(
            "\(try error("y\n1\n"))"
                == "t.csv, line 1: has no column besides the label; expected at least one feature")
    }

    @Test("A quoted field without an end, by the line that it starts in")
    func unterminated() throws {
        #expect(
            "\(try error("a,y\n1,0\n\"2,1\n3,0\n"))"
                == "t.csv, line 3, column 1 ('a'): the quoted field that starts here has no end; "
                + "expected a closing \"")
    }

    @Test("Text after a quoted field")
    func textAfterQuote() throws {
        #expect(
            "\(try error("a,y\n\"1\"2,0\n"))"
                == "t.csv, line 2, column 1 ('a'): found text behind a closing \"; "
                + "expected a separator or the end of the line")
    }

    @Test("What is shown of a field is short, and in one line")
    func shown() throws {
        let error = try error("a,y\n\"two\nlines\(String(repeating: "!", count: 1000))\",0\n")
        #expect("\(error)".count < 200)
        #expect(!"\(error)".contains("\n"))
    }
}
