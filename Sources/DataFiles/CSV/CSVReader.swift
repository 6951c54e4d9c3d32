import Problems

/// One reading of one file: the header here, the rows by `CSVRows`.
struct CSVReader {
    private let bytes: UnsafeBufferPointer<UInt8>
    let file: String
    let format: CSV

    init(_ bytes: UnsafeBufferPointer<UInt8>, file: String, format: CSV) {
        var rest = bytes[...]
        if rest.starts(with: [0xEF, 0xBB, 0xBF]) { rest = rest.dropFirst(3) }
        // Blanks too: the last line may hold nothing else.
        let ends = [CSVScanner.newline, CSVScanner.carriageReturn]
        let separator = format.separator.rawValue
        while let last = rest.last, ends.contains(last) || CSVScanner.isBlank(last, separator: separator) {
            rest = rest.dropLast()
        }
        self.bytes = UnsafeBufferPointer(rebasing: rest)
        (self.file, self.format) = (file, format)
    }

    /// Features and labels.
    func read<Scalar: RealScalar>() throws(FileError) -> LabelledTable<Scalar> {
        if let words = format.words, words.positive == words.negative {
            throw FileError(file, "both labels are to be '\(words.positive.shown)'; expected two words")
        }
        var (rows, notes) = try rows(readsLabels: true)
        let columns = rows.columns
        var values: CSVValues<Scalar> = try rows.read()
        let missing = try settleMissing(&values, columns, &notes)
        let names = TableNames(
            features: columns.features, label: columns.label.map { columns.names[$0] } ?? "",
            negative: values.negative ?? format.words.map { TableNames.opposite(of: $0.positive) } ?? "0",
            positive: format.words?.positive ?? "1", oneHot: columns.oneHot)
        do {
            return try LabelledTable(names, x: values.x, y: values.y, notes: notes, missing: missing)
        } catch {
            throw FileError(file, "\(error)")
        }
    }

    /// Features only.
    func readSamples<Scalar: RealScalar>() throws(FileError) -> SampleTable<Scalar> {
        var (rows, notes) = try rows(readsLabels: false)
        let columns = rows.columns
        var values: CSVValues<Scalar> = try rows.read()
        _ = try settleMissing(&values, columns, &notes)
        var table = SampleTable(features: columns.features, x: values.x, notes: notes)
        if let id = columns.roles.firstIndex(of: .id) { table.ids = (columns.names[id], values.ids) }
        return table
    }

    /// The rows, after the header where there is one, and what is left out of them without being asked.
    private func rows(readsLabels: Bool) throws(FileError) -> (CSVRows, notes: [String]) {
        // Little-endian text without a mark has its zeros in every second byte.
        let zeros = bytes.prefix(4).map { $0 == 0 }
        if bytes.starts(with: [0xFF, 0xFE]) || bytes.starts(with: [0xFE, 0xFF]) || zeros.first == true
            || zeros == [false, true, false, true] || zeros == [false, true, true, true]
        {
            throw FileError(file, "looks like UTF-16 or UTF-32; expected UTF-8: save it as that")
        }
        guard !bytes.isEmpty else {
            throw FileError(
                file, "is empty; expected a header with the names of the columns, and rows below it")
        }
        // Below the blank only tabs, the ends of lines and pages, and the starts of escape sequences are text.
        if bytes.prefix(512).contains(where: { $0 < 0x20 && !(0x09...0x0D).contains($0) && $0 != 0x1B }) {
            throw FileError(file, "is no text, but a file of bytes; expected CSV")
        }
        var scanner = CSVScanner(bytes, separator: format.separator.rawValue)
        scanner.skipBlankLines()
        let firstLine = scanner.line
        let names = try readNames(&scanner)
        var columns = CSVColumns(file: file, names: names, hasHeader: format.hasHeader)
        columns.allowsMissing = format.rules.missing != nil
        columns.allowsMissingLabels = format.rules.missing == .drop
        let notes = try giveRoles(to: &columns, firstLine, readsLabels: readsLabels)
        guard columns.roles.indices.contains(where: columns.isFeature) else {
            throw FileError(
                file, at: .line(firstLine), "has no column besides the label; expected at least one feature")
        }
        guard !scanner.isAtEnd else {
            throw FileError(file, "has a header but no rows; expected at least one")
        }
        try findWords(of: &columns, scanner)
        return (CSVRows(scanner.rest, firstLine: scanner.line, columns: columns, format: format), notes)
    }

    /// Reads the header; where there is none, counts the fields of the first row and stays before it.
    private func readNames(_ scanner: inout CSVScanner) throws(FileError) -> [String] {
        if format.hasHeader { return try readHeader(&scanner) }
        var ahead = scanner
        var count = 0
        var isAtEnd = false
        while !isAtEnd {
            isAtEnd = try next(&ahead).endsRecord
            count += 1
        }
        return TableNames.numbered(count)
    }

    private func readHeader(_ scanner: inout CSVScanner) throws(FileError) -> [String] {
        var names: [String] = []
        var columns: [String: Int] = [:]
        while true {
            let field = try next(&scanner)
            let name = try text(scanner, field)
            names.append(name)
            if let first = columns.updateValue(names.count, forKey: name) {
                throw FileError(
                    file, at: .column(names.count, name: name, line: field.line),
                    "the name '\(name.shown)' is that of column \(first) too; expected a name once")
            }
            if field.endsRecord { return names }
        }
    }

    /// Decides what becomes of each column; returns a line for each that is left out without being asked.
    private func giveRoles(
        to columns: inout CSVColumns, _ line: Int, readsLabels: Bool
    ) throws(FileError) -> [String] {
        let (names, rules) = (columns.names, format.rules)
        if let label = try index(of: format.label, as: "the label", names, line, isNeeded: readsLabels) {
            columns.roles[label] = readsLabels ? .label : .leftOut
        }
        for column in rules.dropped {
            guard let i = try index(of: column, as: "left out", names, line) else { continue }
            guard columns.roles[i] != .label else {
                throw FileError(
                    file, at: .line(line),
                    "column '\(names[i].shown)' is the label, and is to be left out; expected one of both")
            }
            columns.roles[i] = .leftOut
        }
        if let id = rules.id, let i = try index(of: id, as: "the id", names, line) { columns.roles[i] = .id }
        for column in rules.oneHot {
            guard let i = try index(of: column, as: "of words", names, line) else { continue }
            guard columns.roles[i] == .feature else {
                throw FileError(
                    file, at: .line(line),
                    "column '\(names[i].shown)' is to be of words, and is no feature; expected a feature")
            }
            columns.roles[i] = .words(OneHot(column: names[i], words: []))
        }
        var notes: [String] = []
        if let model = rules.model {
            for known in model.oneHot {
                guard let i = names.firstIndex(of: known.column), columns.isFeature(i) else { continue }
                columns.roles[i] = .words(known)
            }
            let taken = columns.roles.indices.filter(columns.isFeature)
            let isNamed = model.features != TableNames.numbered(model.features.count)
            let wanted = model.columns
            if isNamed, wanted.isSubset(of: taken.map { names[$0] }) {
                let others = taken.filter { !wanted.contains(names[$0]) }
                for i in others { columns.roles[i] = .leftOut }
                if !others.isEmpty {
                    let list = others.prefix(6).map { "'\(names[$0].shown)'" }.joined(separator: ", ")
                    let more = others.count > 6 ? " and \(others.count - 6) more" : ""
                    notes.append("left out, since the model does not have it: \(list)\(more)")
                }
            }
        }
        if format.hasHeader, names.count > 1, names[0].isEmpty, columns.roles[0] == .feature,
            rules.model?.features.contains("") != true
        {
            columns.roles[0] = .leftOut
            notes.append("left out: column 1, which has no name, as an index that pandas writes")
        }
        return notes
    }

    /// Reads the words of the columns that become a feature for each.
    private func findWords(of columns: inout CSVColumns, _ start: CSVScanner) throws(FileError) {
        var words: [Int: Set<String>] = [:]
        for (i, role) in columns.roles.enumerated() {
            if case .words(let oneHot) = role, oneHot.words.isEmpty { words[i] = [] }
        }
        guard !words.isEmpty else { return }
        var scanner = start
        while true {
            scanner.skipBlankLines()
            if scanner.isAtEnd { break }
            var (column, isLast) = (0, false)
            while !isLast {
                let field = try next(&scanner)
                isLast = field.endsRecord
                if words[column] != nil, field.end > field.start {
                    words[column]?.insert(try text(scanner, field))
                    guard words[column, default: []].count <= Self.mostWords else {
                        throw FileError(
                            file, at: .column(column + 1, name: columns.names[column], line: field.line),
                            "is the word number \(Self.mostWords + 1) of this column; expected fewer: leave the "
                                + "column out where it only names the samples")
                    }
                }
                column += 1
            }
        }
        for (i, found) in words {
            guard !found.isEmpty else {
                throw FileError(file, "column '\(columns.names[i].shown)' has no words; leave it out")
            }
            columns.roles[i] = .words(OneHot(column: columns.names[i], words: found.sorted()))
        }
    }

    /// The most features that a column of words may become.
    private static let mostWords = 1000

    /// The index of a column. One that is not needed may be missing, where it is given by name.
    ///
    /// - Parameter role: what it is to be, for errors.
    private func index(
        of column: CSV.Column, as role: String, _ names: [String], _ line: Int, isNeeded: Bool = true
    ) throws(FileError) -> Int? {
        var column = column
        if case .nameOrNumber(let text) = column, !format.hasHeader || !names.contains(text),
            text.utf8.allSatisfy({ (0x30...0x39).contains($0) }), let number = Int(text)
        {
            column = .number(number)
        }
        switch column {
        case .number(let number):
            guard (1...names.count).contains(number) else {
                throw FileError(
                    file, at: .line(line),
                    "column \(number) is to be \(role); expected a number from 1 to \(names.count)")
            }
            return number - 1
        case .name(let name), .nameOrNumber(let name):
            guard format.hasHeader else {
                guard isNeeded else { return nil }
                throw FileError(
                    file,
                    "column '\(name.shown)' is to be \(role), and a file without a header has no names; "
                        + "give the column by its number")
            }
            // An empty name is that of no column where labels may be missing.
            let index = isNeeded || !name.isEmpty ? names.firstIndex(of: name) : nil
            if isNeeded, index == nil { throw missingColumn(name, names, line) }
            return index
        }
    }

    private func missingColumn(_ name: String, _ columns: [String], _ line: Int) -> FileError {
        var list = columns.prefix(40).map { "'\($0.shown)'" }.joined(separator: ", ")
        if columns.count > 40 { list += " and \(columns.count - 40) more" }
        if columns.count == 1, columns[0].contains(where: { ",;\t|".contains($0) }) {
            list += "; expected \(format.separator)s between columns"
        }
        return FileError(
            file, at: .line(line), "no column is named '\(name.shown)'; the columns are \(list)")
    }

    private func next(_ scanner: inout CSVScanner) throws(FileError) -> CSVScanner.Field {
        do {
            return try scanner.next()
        } catch {
            throw FileError(file, error)
        }
    }

    private func text(_ scanner: CSVScanner, _ field: CSVScanner.Field) throws(FileError) -> String {
        do {
            return try scanner.text(field)
        } catch {
            throw FileError(file, error)
        }
    }
}

extension FileError {
    init(_ file: String, _ failure: CSVScanner.Failure) {
        let place = failure.byte.map { Place.byte($0, line: failure.line) } ?? .line(failure.line)
        self.init(file, at: place, failure.message)
    }
}
