import DataFiles
import Study

/// Options for data with labels.
struct DataOptions: OptionGroup {
    /// The forms of data, for the help of each verb that takes them.
    static let help =
        "a file (.csv, .npy, or IDX, packed by gzip or not), '-' for CSV from standard input, a folder of images, or a "
        + "name: " + names
    static let names =
        "'wdbc' (569 samples of breast cancer), 'fashion-mnist' or 'fashion-mnist-test' (T-shirts and shirts)"

    /// In a few words, for the discussion of a verb.
    static let discussion = """
        A CSV file has a row for each sample, and one column with the label, 0 or 1, or two words.
        NPY and IDX files have the labels in a file of their own (--labels). A folder holds a subfolder for
        each of two classes, with images as .pgm or .ppm, or as PNG or JPEG where Netpbm, libjpeg or
        ImageMagick are installed, all of one size. An array of an .npz file is called as in data.npz:x.
        A first CSV column without a name is left out, as an index that pandas writes.
        """

    @Option(
        "--label", "COLUMN", "CSV: the column with the labels, by its name, or else its number from 1", .text)
    var label: String?
    @Option("--positive", "WORD", "CSV: the word for the label 1; without it the labels are 0 and 1", .text)
    var positive: String?
    @Option("--negative", "WORD", "CSV: the word for the label 0; the other one where not given", .text)
    var negative: String?
    @Option("--labels", "FILE", "NPY and IDX: the file with the labels", .text) var labels: String?
    @Option(
        "--classes", "A,B", "IDX: the two classes, for 0 and for 1; others are left out", .ints(in: 0...255))
    var classes: [Int]?
    @Option(
        repeating: "--one-hot", "COLUMN",
        "CSV: a column of words, each of which becomes a feature; may be repeated",
        .column)
    var oneHot: [CSV.Column]
    private let shape = ShapeOptions()

    func source(_ name: String) throws(UsageError) -> DataSource {
        var source = DataSource(name, options: options.flatMap(\.words))
        source.rules.oneHot = oneHot
        try shape.apply(to: &source)
        if let label { source.column = .nameOrNumber(label) }
        let kinds: [(option: AnyOption, formats: [DataFormat], kind: String)] = [
            ($label, [.csv], "CSV files"), ($positive, [.csv], "CSV files"), ($negative, [.csv], "CSV files"),
            ($oneHot, [.csv], "CSV files"), ($labels, [.npy, .idx], "NPY and IDX files"),
            ($classes, [.idx], "IDX files"),
        ]
        // Reading a format that is none of them says more.
        for (option, formats, kind) in kinds
        where option.isGiven && source.format != .other && !formats.contains(source.format) {
            throw UsageError("\(option.flag) is for \(kind); '\(name)' is \(source.format.words)")
        }
        if let positive { source.words = CSV.Words(positive: positive, negative: negative) }
        if negative != nil, positive == nil {
            throw UsageError("--negative needs --positive too: the word that stands for 1")
        }
        if let labels { source.labelsPath = labels }
        if let classes {
            guard classes.count == 2, classes[0] != classes[1] else {
                throw UsageError(
                    option: "--classes", found: $classes.given?.last ?? "",
                    expected: "two different classes, such as 0,6")
            }
            source.classes = (classes[0], classes[1])
        }
        return source
    }

    /// The same, where nothing is missing for labels to be read.
    func labelledSource(_ name: String) throws(UsageError) -> DataSource {
        let source = try source(name)
        try source.checkLabels()
        return source
    }

    /// The data that results name.
    static func source(stored words: [String]) throws(UsageError) -> DataSource {
        guard let name = words.first else { throw UsageError("no data are named") }
        let options = DataOptions()
        try options.read(Array(words.dropFirst()))
        return try options.labelledSource(name)
    }
}

/// Options for samples without labels.
struct SampleOptions: OptionGroup {
    @Option("--label", "COLUMN", "CSV: a column to leave out; the model's label where not given", .text)
    var label: String?
    @Option(
        "--id", "COLUMN", "CSV: a column that names the samples: printed with them, and no feature", .text)
    var id: String?
    private let shape = ShapeOptions()

    func source(_ name: String) throws(UsageError) -> DataSource {
        var source = DataSource(name)
        try shape.apply(to: &source)
        if let label { source.column = .nameOrNumber(label) }
        if let id {
            guard [.csv, .other].contains(source.format) else {
                throw UsageError("--id is for CSV files; '\(name)' is \(source.format.words)")
            }
            source.rules.id = .nameOrNumber(id)
        }
        return source
    }
}

/// Options for how files lay out their values.
private struct ShapeOptions: OptionGroup {
    @Option("--no-header", "CSV: the first line is data already") var lacksHeader: Bool
    @Option(
        "--separator", "KIND", "CSV: comma, semicolon or tab",
        .one(of: ["comma": .comma, "semicolon": .semicolon, "tab": .tab]), default: .comma)
    var separator: CSV.Separator
    @Option(
        "--decimal", "KIND", "CSV: how decimals are written, with a point or a comma",
        .one(of: ["point": false, "comma": true]), default: false, shown: "point")
    var hasDecimalComma: Bool
    @Option(repeating: "--drop", "COLUMN", "CSV: a column to leave out; may be repeated", .column)
    var dropped: [CSV.Column]
    @Option(
        "--missing", "RULE",
        "CSV: what becomes of empty fields, NA, NaN, null, none and ?: drop (their rows), or mean (of the column in "
            + "training)", .choice)
    var missing: CSV.Missing?
    @Option(
        "--layout", "ORDER", "NPY: samples-first (m × n_x) or features-first",
        .one(of: ["samples-first": .samplesFirst, "features-first": .featuresFirst]), default: .samplesFirst,
        shown: "samples-first")
    var layout: NPY.Layout

    func apply(to source: inout DataSource) throws(UsageError) {
        if $layout.isGiven, source.format != .npy, source.format != .other {
            throw UsageError("--layout is for NPY files; '\(source.name)' is \(source.format.words)")
        }
        for option in [$hasDecimalComma, $dropped, $missing]
        where option.isGiven && ![.csv, .other].contains(source.format) {
            throw UsageError("\(option.flag) is for CSV files; '\(source.name)' is \(source.format.words)")
        }
        source.hasHeader = !lacksHeader
        (source.separator, source.layout) = (separator, layout)
        (source.rules.dropped, source.rules.missing) = (dropped, missing)
        source.rules.hasDecimalComma = hasDecimalComma
    }
}

extension Reader<[CSV.Column]> {
    /// A column by its name, or else its number.
    fileprivate static var column: Self { Self { text, _ in [.nameOrNumber(text)] } }
}

extension DataSource {
    /// Whether nothing is missing for labels to be read.
    var hasLabels: Bool { (try? checkLabels()) != nil }

    /// Says what is missing for labels to be read.
    func checkLabels() throws(UsageError) {
        switch format {
        case .csv where column == nil:
            throw UsageError("--label is missing; expected the column with the labels, by name or number")
        case .npy where labelsPath == nil, .idx where labelsPath == nil && !hasOwnLabels:
            throw UsageError("--labels is missing; expected the file with the labels of '\(name)'")
        case .idx where classes == nil:
            throw UsageError("--classes is missing; expected the two classes, such as 0,6")
        default: return
        }
    }
}

extension DataFormat {
    /// As in "is an NPY file".
    fileprivate var words: String {
        switch self {
        case .csv, .other: "a CSV file"
        case .npy: "an NPY file"
        case .idx: "an IDX file"
        case .netpbm: "a folder of images, or an image"
        }
    }
}
