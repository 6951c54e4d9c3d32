import LogisticRegression

/// One reading of one file.
struct CSVReader {
    private let bytes: UnsafeBufferPointer<UInt8>
    private let file: String
    private let format: CSV

    init(_ bytes: UnsafeBufferPointer<UInt8>, file: String, format: CSV) {
        self.bytes = Self.withoutMarkAndLastLineEnds(bytes)
        (self.file, self.format) = (file, format)
    }

    func read<Scalar: RealScalar>() throws(CSVError) -> LabelledTable<Scalar> {
        if let words = format.words, words.positive == words.negative {
            throw error(.sameWords(words.positive))
        }
        if bytes.starts(with: [0xFF, 0xFE]) || bytes.starts(with: [0xFE, 0xFF]) || bytes.first == 0 {
            throw error(.encoding)
        }
        guard !bytes.isEmpty else { throw error(.empty) }
        var scanner = CSVScanner(bytes, separator: format.separator.rawValue)
        let columns = try readColumns(&scanner)
        guard columns.count > 1 else { throw error(.noFeatures, line: 1) }
        guard !scanner.isAtEnd else { throw error(.headerOnly) }
        let rows = CSVRows(scanner.rest, firstLine: scanner.line, columns: columns, format: format)
        let (x, y, negative): (AlignedBuffer<Scalar>, AlignedBuffer<Scalar>, String?) = try rows.read()
        do {
            return LabelledTable(
                features: columns.features, label: columns.names[columns.label],
                negative: negative ?? format.words.map { "not \($0.positive)" } ?? "0",
                positive: format.words?.positive ?? "1",
                data: try Dataset(x: x, y: y, nx: columns.count - 1))
        } catch {
            throw self.error(.dataset("\(error)"))
        }
    }

    /// Reads the header; where there is none, counts the fields of the first row and stays before it.
    private func readColumns(_ scanner: inout CSVScanner) throws(CSVError) -> CSVColumns {
        if format.hasHeader {
            let names = try readNames(&scanner)
            return CSVColumns(file: file, names: names, hasHeader: true, label: try labelIndex(names))
        }
        var ahead = scanner
        var count = 0
        var isAtEnd = false
        while !isAtEnd {
            isAtEnd = try next(&ahead).endsRecord
            count += 1
        }
        let names = LabelledTable<Double>.numbered(count)
        return CSVColumns(file: file, names: names, hasHeader: false, label: try labelIndex(names))
    }

    private func readNames(_ scanner: inout CSVScanner) throws(CSVError) -> [String] {
        var names: [String] = []
        var columns: [String: Int] = [:]
        while true {
            let field = try next(&scanner)
            let name = scanner.text(field)
            names.append(name)
            if let first = columns.updateValue(names.count, forKey: name) {
                let column = CSVError.Column(number: names.count, name: name)
                throw error(.duplicateName(name, first: first), line: field.line, column: column)
            }
            if field.endsRecord { return names }
        }
    }

    private func labelIndex(_ names: [String]) throws(CSVError) -> Int {
        switch format.label {
        case .number(let number):
            guard (1...names.count).contains(number) else {
                throw error(.labelNumber(number, columns: names.count), line: 1)
            }
            return number - 1
        case .name(let name):
            guard format.hasHeader else { throw error(.nameWithoutHeader(name)) }
            guard let index = names.firstIndex(of: name) else {
                throw error(.missingLabel(name, columns: names, separator: format.separator), line: 1)
            }
            return index
        }
    }

    private func next(_ scanner: inout CSVScanner) throws(CSVError) -> CSVScanner.Field {
        do {
            return try scanner.next()
        } catch {
            let (problem, line) = CSVError.Problem.of(error)
            throw self.error(problem, line: line)
        }
    }

    private func error(
        _ problem: CSVError.Problem, line: Int? = nil, column: CSVError.Column? = nil
    ) -> CSVError {
        CSVError(file: file, line: line, column: column, problem: problem)
    }

    private static func withoutMarkAndLastLineEnds(
        _ bytes: UnsafeBufferPointer<UInt8>
    ) -> UnsafeBufferPointer<UInt8> {
        var rest = bytes[...]
        if rest.starts(with: [0xEF, 0xBB, 0xBF]) { rest = rest.dropFirst(3) }
        while let last = rest.last, last == CSVScanner.newline || last == CSVScanner.carriageReturn {
            rest = rest.dropLast()
        }
        return UnsafeBufferPointer(rebasing: rest)
    }
}
