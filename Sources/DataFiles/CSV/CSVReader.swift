import Problems

/// One reading of one file.
struct CSVReader {
    private let bytes: UnsafeBufferPointer<UInt8>
    private let file: String
    private let format: CSV

    init(_ bytes: UnsafeBufferPointer<UInt8>, file: String, format: CSV) {
        self.bytes = Self.withoutMarkAndLastLineEnds(bytes)
        (self.file, self.format) = (file, format)
    }

    /// Features and labels.
    func read<Scalar: RealScalar>() throws(CSVError) -> LabelledTable<Scalar> {
        if let words = format.words, words.positive == words.negative {
            throw error(.sameWords(words.positive))
        }
        let rows = try rows(readsLabels: true)
        let columns = rows.columns
        let (x, y, negative): (AlignedBuffer<Scalar>, AlignedBuffer<Scalar>, String?) = try rows.read()
        do {
            return LabelledTable(
                features: columns.features, label: columns.label.map { columns.names[$0] } ?? "",
                negative: negative ?? format.words.map { LabelledTable<Scalar>.opposite(of: $0.positive) }
                    ?? "0",
                positive: format.words?.positive ?? "1",
                data: try Dataset(x: x, y: y, nx: columns.featureCount))
        } catch {
            throw self.error(.dataset("\(error)"))
        }
    }

    /// Features only.
    func readSamples<Scalar: RealScalar>() throws(CSVError) -> SampleTable<Scalar> {
        let rows = try rows(readsLabels: false)
        return SampleTable(features: rows.columns.features, x: try rows.read().x)
    }

    /// The rows, behind the header where there is one.
    private func rows(readsLabels: Bool) throws(CSVError) -> CSVRows {
        if bytes.starts(with: [0xFF, 0xFE]) || bytes.starts(with: [0xFE, 0xFF]) || bytes.first == 0 {
            throw error(.encoding)
        }
        guard !bytes.isEmpty else { throw error(.empty) }
        var scanner = CSVScanner(bytes, separator: format.separator.rawValue)
        let names = try readNames(&scanner)
        let columns = CSVColumns(
            file: file, names: names, hasHeader: format.hasHeader,
            label: try labelIndex(names, isNeeded: readsLabels), readsLabels: readsLabels)
        guard columns.featureCount > 0 else { throw error(.noFeatures, line: 1) }
        guard !scanner.isAtEnd else { throw error(.headerOnly) }
        return CSVRows(scanner.rest, firstLine: scanner.line, columns: columns, format: format)
    }

    /// Reads the header; where there is none, counts the fields of the first row and stays before it.
    private func readNames(_ scanner: inout CSVScanner) throws(CSVError) -> [String] {
        if format.hasHeader { return try readHeader(&scanner) }
        var ahead = scanner
        var count = 0
        var isAtEnd = false
        while !isAtEnd {
            isAtEnd = try next(&ahead).endsRecord
            count += 1
        }
        return LabelledTable<Double>.numbered(count)
    }

    private func readHeader(_ scanner: inout CSVScanner) throws(CSVError) -> [String] {
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

    /// Where the labels are. A column that is only to be left out may be missing, where it is given by
    /// name.
    private func labelIndex(_ names: [String], isNeeded: Bool) throws(CSVError) -> Int? {
        switch format.label {
        case .number(let number):
            guard (1...names.count).contains(number) else {
                throw error(.labelNumber(number, columns: names.count), line: 1)
            }
            return number - 1
        case .name(let name):
            guard format.hasHeader else {
                if isNeeded { throw error(.nameWithoutHeader(name)) }
                return nil
            }
            let index = names.firstIndex(of: name)
            if isNeeded, index == nil {
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
