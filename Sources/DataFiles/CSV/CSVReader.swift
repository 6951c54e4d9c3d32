import Problems

/// One reading of one file: the header here, the rows by `CSVRows`.
struct CSVReader {
    private let bytes: UnsafeBufferPointer<UInt8>
    private let file: String
    private let format: CSV

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
        let rows = try rows(readsLabels: true)
        let columns = rows.columns
        let (x, y, negative): (AlignedBuffer<Scalar>, AlignedBuffer<Scalar>, String?) = try rows.read()
        let names = TableNames(
            features: columns.features, label: columns.label.map { columns.names[$0] } ?? "",
            negative: negative ?? format.words.map { TableNames.opposite(of: $0.positive) } ?? "0",
            positive: format.words?.positive ?? "1")
        do {
            return try LabelledTable(names, x: x, y: y)
        } catch {
            throw FileError(file, "\(error)")
        }
    }

    /// Features only.
    func readSamples<Scalar: RealScalar>() throws(FileError) -> SampleTable<Scalar> {
        let rows = try rows(readsLabels: false)
        return SampleTable(features: rows.columns.features, x: try rows.read().x)
    }

    /// The rows, after the header where there is one.
    private func rows(readsLabels: Bool) throws(FileError) -> CSVRows {
        if bytes.starts(with: [0xFF, 0xFE]) || bytes.starts(with: [0xFE, 0xFF]) || bytes.first == 0 {
            throw FileError(file, "looks like UTF-16 or UTF-32; expected UTF-8: save it as that")
        }
        guard !bytes.isEmpty else {
            throw FileError(
                file, "is empty; expected a header with the names of the columns, and rows below it")
        }
        var scanner = CSVScanner(bytes, separator: format.separator.rawValue)
        scanner.skipBlankLines()
        let firstLine = scanner.line
        let names = try readNames(&scanner)
        let columns = CSVColumns(
            file: file, names: names, hasHeader: format.hasHeader,
            label: try labelIndex(names, firstLine, isNeeded: readsLabels), readsLabels: readsLabels)
        guard columns.featureCount > 0 else {
            throw FileError(
                file, at: .line(firstLine), "has no column besides the label; expected at least one feature")
        }
        guard !scanner.isAtEnd else {
            throw FileError(file, "has a header but no rows; expected at least one")
        }
        return CSVRows(scanner.rest, firstLine: scanner.line, columns: columns, format: format)
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

    /// The index of the column with the labels. A column that is only to be left out may be missing, where
    /// it is given by name.
    private func labelIndex(_ names: [String], _ line: Int, isNeeded: Bool) throws(FileError) -> Int? {
        var label = format.label
        if case .nameOrNumber(let text) = label, !format.hasHeader || !names.contains(text),
            text.utf8.allSatisfy({ (0x30...0x39).contains($0) }), let number = Int(text)
        {
            label = .number(number)
        }
        switch label {
        case .number(let number):
            guard (1...names.count).contains(number) else {
                throw FileError(
                    file, at: .line(line),
                    "column \(number) is to be the label; expected a number from 1 to \(names.count)")
            }
            return number - 1
        case .name(let name), .nameOrNumber(let name):
            guard format.hasHeader else {
                guard isNeeded else { return nil }
                throw FileError(
                    file,
                    "the label is to be column '\(name.shown)', and a file without a header has no names; "
                        + "give the column by its number")
            }
            let index = names.firstIndex(of: name)
            if isNeeded, index == nil { throw missingLabel(name, names, line) }
            return index
        }
    }

    private func missingLabel(_ name: String, _ columns: [String], _ line: Int) -> FileError {
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
    fileprivate init(_ file: String, _ failure: CSVScanner.Failure) {
        let place = failure.byte.map { Place.byte($0, line: failure.line) } ?? .line(failure.line)
        self.init(file, at: place, failure.message)
    }
}

/// The columns of one file, by which its errors name places.
struct CSVColumns: Sendable {
    /// The path, or what the file is called.
    let file: String
    /// From the header, or x1, x2 and so on.
    let names: [String]
    let hasHeader: Bool
    /// The index of the column with the labels; nil where the file has none.
    let label: Int?
    /// Whether the labels are read; if not, their column is left out.
    let readsLabels: Bool

    var count: Int { names.count }

    /// n_x: all columns but the label's.
    var featureCount: Int { label == nil ? count : count - 1 }

    /// The names of all columns but the label's.
    var features: [String] { names.indices.filter { $0 != label }.map { names[$0] } }

    /// Bytes of a complete row, at least: a byte for each field and one after it. A label that is not
    /// read may be empty.
    var leastBytesOfRow: Int { 2 * featureCount + (label == nil ? 0 : readsLabels ? 2 : 1) }

    /// An error in the column of this index, which may be one too many.
    func error(_ failure: CSVScanner.Failure, column index: Int) -> FileError {
        guard failure.byte == nil, index < count else { return FileError(file, failure) }
        let name = hasHeader ? names[index] : nil
        return FileError(file, at: .column(index + 1, name: name, line: failure.line), failure.message)
    }
}
