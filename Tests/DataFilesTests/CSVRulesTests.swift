import DataFiles
import Foundation
import Problems
import Testing

@Suite("Columns may be left out, name samples, hold words, or miss values")
struct CSVRulesTests {
    func csv(_ change: (inout CSV.Rules) -> Void) -> CSV {
        var csv = CSV(label: .name("y"))
        change(&csv.rules)
        return csv
    }

    func read(_ text: String, _ change: (inout CSV.Rules) -> Void = { _ in }) throws -> LabelledTable<Double>
    {
        try csv(change).parse(Data(text.utf8), named: "t.csv")
    }

    func samples(_ text: String, _ change: (inout CSV.Rules) -> Void = { _ in }) throws -> SampleTable<Double>
    {
        try csv(change).parseSamples(Data(text.utf8), named: "t.csv")
    }

    func message(_ text: String, _ change: (inout CSV.Rules) -> Void = { _ in }) throws -> String {
        "\(try #require(throws: FileError.self) { try read(text, change) })"
    }

    @Test("Columns are left out by name or number, whatever they hold")
    func dropped() throws {
        let text = "id,a,y,note\nk1,1,0,\"x,y\"\nk2,2,1,\n"
        let table = try read(text) { $0.dropped = [.nameOrNumber("id"), .nameOrNumber("4")] }
        #expect(table.features == ["a"] && table.notes.isEmpty)
        #expect(table.data.x.values == [1, 2] && table.data.y.values == [0, 1])
        #expect(try message(text) { $0.dropped = [.name("none")] }.contains("no column is named 'none'"))
        #expect(
            try message(text) { $0.dropped = [.name("y")] }.contains(
                "'y' is the label, and is to be left out"))
        #expect(
            try message("a,y\n1,0\n") { $0.dropped = [.name("a")] }.contains("no column besides the label"))
    }

    @Test("A first column without a name is left out, with a line")
    func unnamedIndex() throws {
        let table = try read(",a,y\n0,5,0\n1,6,1\n")
        #expect(table.features == ["a"])
        #expect(table.notes == ["left out: column 1, which has no name, as an index that pandas writes"])
        let model = TableNames(features: ["", "a"], label: "y")
        #expect(try samples(",a,y\n0,5,0\n") { $0.model = model }.features == ["", "a"])
    }

    @Test("A column names the samples, also where rows are read in parts")
    func ids() throws {
        let table = try samples("who,a,y\n\"Smith, J.\",1,0\nÉmile,2,1\n") { $0.id = .name("who") }
        #expect(table.features == ["a"] && table.x.values == [1, 2])
        #expect(table.ids?.name == "who" && table.ids?.values == ["Smith, J.", "Émile"])
        let lines = (0..<300_000).map { "k\($0),\($0)\n" }
        let long = try samples("who,a\n" + lines.joined()) { $0.id = .name("who") }
        #expect(long.ids?.values == (0..<300_000).map { "k\($0)" })
    }

    @Test("Columns that a model does not have are left out where it has names, with a line")
    func extra() throws {
        let model = TableNames(features: ["a", "b"], label: "y")
        let table = try samples("id,a,b\nk,1,2\n") { $0.model = model }
        #expect(table.features == ["a", "b"])
        #expect(table.notes == ["left out, since the model does not have it: 'id'"])
        // One of its own is missing, so that which are the others cannot be known.
        #expect(try samples("a,c,d\n1,2,3\n") { $0.model = model }.features == ["a", "c", "d"])
        let numbered = TableNames(features: ["x1", "x2"], label: "y")
        #expect(try samples("x1,x2,x3\n1,2,3\n") { $0.model = numbered }.features == ["x1", "x2", "x3"])
    }

    @Test("Each word of a column becomes a feature, in the order of the alphabet")
    func oneHot() throws {
        let text = "a,colour,y\n1,red,0\n2,\"blue\",1\n3,red,1\n"
        let table = try read(text) { $0.oneHot = [.name("colour")] }
        #expect(table.features == ["a", "colour=blue", "colour=red"])
        #expect(table.data.x.values == [1, 0, 1, 2, 1, 0, 3, 0, 1])
        #expect(table.names.oneHot == [OneHot(column: "colour", words: ["blue", "red"])])
        #expect(table.names.columns == ["a", "colour"])
        let again = try samples("colour,id,a\nred,7,5\n") { $0.model = table.names }
        #expect(again.features == ["colour=blue", "colour=red", "a"] && again.x.values == [0, 1, 5])
        let found = try #require(throws: FileError.self) {
            try samples("a,colour\n1,pink\n") { $0.model = table.names }
        }
        #expect(
            "\(found)"
                == "t.csv, line 2, column 2 ('colour'): found the word 'pink'; expected one of the model's: 'blue', 'red'"
        )
        #expect(
            try message(text) { $0.oneHot = [.name("y")] }.contains("is to be of words, and is no feature"))
        #expect(try message("a,y\n,0\n") { $0.oneHot = [.name("a")] }.contains("'a' has no words"))
        let many = (0...1000).map { "w\($0),0\n" }.joined()
        #expect(
            try message("a,y\n" + many) { $0.oneHot = [.name("a")] }.contains("line 1002, column 1 ('a')"))
    }

    static let gaps = "a,b,c,y\n1,10,red,0\n,20,blue,1\n3,NA,,1\n5,?,red,0\n"

    @Test("Missing values are counted by column where nothing is said about them")
    func missing() throws {
        #expect(
            try message(Self.gaps) { $0.oneHot = [.name("c")] }
                == "t.csv, line 3, column 1 ('a'): found an empty field; expected a number; missing: "
                + "1 of 4 in 'a', 2 in 'b', 1 in 'c'; --missing drop leaves such rows out, --missing mean fills in the "
                + "mean")
    }

    @Test("Rows with missing values are left out, labels counting too")
    func missingDropped() throws {
        let table = try read(Self.gaps + "7,8,red,\n9,9,blue,1\n") {
            ($0.oneHot, $0.missing) = ([.name("c")], .drop)
        }
        #expect(table.data.x.values == [1, 10, 0, 1, 9, 9, 1, 0] && table.data.y.values == [0, 1])
        #expect(
            table.notes == [
                "left out: 4 of 6 rows, with missing values (1 of 6 in 'a', 2 in 'b', 1 in 'c', 1 in 'y')"
            ])
        #expect(try message("a,y\nNaN,0\n") { $0.missing = .drop }.contains("a missing value in every row"))
        let samples = try samples("who,a\nk,\nl,2\n") { ($0.id, $0.missing) = (.name("who"), .drop) }
        #expect(samples.ids?.values == ["l"] && samples.x.values == [2])
    }

    @Test("The mean of the column stands for missing values, or that of training")
    func missingMeans() throws {
        let table = try read(Self.gaps) { ($0.oneHot, $0.missing) = ([.name("c")], .mean) }
        let third = 1.0 / 3
        let (a, b) = (table.data.sample(1), table.data.sample(2))
        #expect(a[0] == 3 && a[1] == 20 && b[1] == 15 && table.data.sample(3)[1] == 15)
        #expect((b[2] - third).magnitude < 1e-15 && (b[3] - 2 * third).magnitude < 1e-15)
        #expect(table.missing == [4, 9, 10, 11, 13])
        let given = try samples("a,b\n,1\n") { ($0.missing, $0.means) = (.mean, [8, 9]) }
        #expect(given.x.values == [8, 1])
        let other = try #require(throws: FileError.self) {
            try samples("a,b,c\n,1,2\n") { ($0.missing, $0.means) = (.mean, [8, 9]) }
        }
        #expect("\(other)" == "t.csv: has 3 features; expected 2, as the model has")
        #expect(try message("a,b,y\n1,,0\n2,,1\n") { $0.missing = .mean }.contains("'b' has no value at all"))
        #expect(try message("a,y\n1,\n") { $0.missing = .mean }.contains("found the label ''"))
    }

    @Test("Means can be those of some samples alone")
    func meansOfTraining() throws {
        let table = try read("a,y\n1,0\n3,1\n,1\n100,0\n") { $0.missing = .mean }
        #expect(try table.fillMissing(byMeansOf: [0, 1, 2], file: "t.csv") == [2])
        #expect(table.data.x.values == [1, 3, 2, 100])
        #expect(throws: FileError.self) { try table.fillMissing(byMeansOf: [2], file: "t.csv") }
    }

    @Test("Decimals may be written with a comma, and then with nothing else")
    func decimalComma() throws {
        var csv = CSV(label: .name("y"), separator: .semicolon)
        let text = Data("a;b;y\n1,5;30;0\n-2,5e1;41;1\n".utf8)
        let hint = try #require(throws: FileError.self) { try csv.parse(text, named: "t", as: Double.self) }
        #expect("\(hint)".hasSuffix("found '1,5'; expected a decimal number; --decimal comma takes commas"))
        csv.rules.hasDecimalComma = true
        #expect(try csv.parse(text, named: "t", as: Double.self).data.x.values == [1.5, 30, -25, 41])
        let point = try #require(throws: FileError.self) {
            try csv.parse(Data("a;y\n1.5;0\n".utf8), named: "t", as: Double.self)
        }
        #expect("\(point)".hasSuffix("found '1.5'; expected a number with a comma for its decimals"))
    }

    @Test("Bytes that are no text are named so, and not shown")
    func binary() throws {
        let bytes = Data([0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A, 0, 0, 0, 0x0D])
        let found = try #require(throws: FileError.self) {
            try CSV(label: .name("y")).parse(bytes, named: "t.png", as: Double.self)
        }
        #expect("\(found)" == "t.png: is no text, but a file of bytes; expected CSV")
    }
}
