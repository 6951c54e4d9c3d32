import DataFiles
import Problems

/// Data as the command line names them, and how they are to be read.
struct DataChoice {
    /// The data, by place.
    static let positional = Positional(
        "DATA", "a file (.csv, .npy, or IDX), a folder of images, or a name: \(names)")

    /// `--data`, with the same values.
    static let option = Option.value(
        "--data", "DATA",
        "time on data of your own in place of random ones: a file, a folder, or a name: \(names)")

    private static let names =
        "'wdbc' (569 samples of breast cancer), 'fashion-mnist' or 'fashion-mnist-test' (T-shirts and shirts)"

    /// Options for data with labels.
    static let options: [Option] =
        [
            .value("--label", "COLUMN", "CSV: the column with the labels, by its name, or its number from 1"),
            .value(
                "--positive", "WORD", "CSV: the word that stands for 1; the labels are 0 and 1 without it"),
            .value("--negative", "WORD", "CSV: the word that stands for 0; the other one where not given"),
            .value("--labels", "FILE", "NPY and IDX: the file with the labels"),
            .value("--classes", "A,B", "IDX: the two classes, for 0 and for 1; others are left out"),
        ] + shapeOptions

    /// Options for samples without labels.
    static let sampleOptions: [Option] =
        [
            .value("--label", "COLUMN", "CSV: a column to leave out; the model's label where not given")
        ] + shapeOptions

    private static let shapeOptions: [Option] = [
        .toggle("--no-header", "CSV: the first line is data already"),
        .value("--separator", "KIND", "CSV: comma, semicolon or tab", default: "comma"),
        .value(
            "--layout", "ORDER", "NPY: samples-first (m × n_x) or features-first", default: "samples-first"),
    ]

    /// In a few words, for the discussion of a verb.
    static let discussion = """
        A CSV file has a row for each sample, and one column with the label, 0 or 1, or two words.
        NPY and IDX files have the labels in a file of their own (--labels). A folder holds a subfolder for
        each of two classes, with images as .pgm or .ppm, all of one size.
        """

    private enum Separator: String, CaseIterable { case comma, semicolon, tab }
    private enum Layout: String, CaseIterable {
        case samplesFirst = "samples-first"
        case featuresFirst = "features-first"
    }

    /// As it was given.
    let name: String

    /// What one would write on the command line for the same data: the name, and the options.
    let commandWords: [String]

    private let fashion: FashionMNIST?
    private let format: DataFormat
    private var column: CSV.Column?
    private var words: CSV.Words?
    private let labelsPath: String?
    private var classes: (negative: Int, positive: Int)?
    private let hasHeader: Bool
    private let separator: CSV.Separator
    private let layout: NPY.Layout

    /// Reads the arguments of a verb.
    ///
    /// - Parameters:
    ///   - name: what they name as data.
    ///   - isLabelled: whether the verb has `options`; else it has `sampleOptions`.
    init(_ name: String, _ arguments: Arguments, isLabelled: Bool = true) throws(UsageError) {
        self.name = name
        commandWords = [name] + arguments.words(of: isLabelled ? Self.options : Self.sampleOptions)
        fashion = FashionMNIST(rawValue: name)
        format = fashion != nil ? .idx : name == "wdbc" ? .csv : DataFormat.of(name)
        hasHeader = !arguments.has("--no-header")
        separator =
            switch try arguments.choice("--separator", as: Separator.self) ?? .comma {
            case .comma: .comma
            case .semicolon: .semicolon
            case .tab: .tab
            }
        let order = try arguments.choice("--layout", as: Layout.self) ?? .samplesFirst
        layout = order == .samplesFirst ? .samplesFirst : .featuresFirst
        column = try Self.column(arguments, name)
        guard isLabelled else {
            labelsPath = nil
            return
        }
        try Self.checkKind(arguments, name, format)
        words = try Self.words(arguments)
        labelsPath = arguments.text("--labels")
        classes = try Self.classes(arguments) ?? (fashion == nil ? nil : FashionMNIST.classes)
    }

    /// The same choice as the one with these `commandWords`.
    init(commandWords words: [String]) throws(UsageError) {
        guard let name = words.first else { throw UsageError("no data are named") }
        self = try DataChoice(
            name, Arguments(Array(words.dropFirst()), options: Self.options, positionals: []))
        try checkLabels()
    }

    /// The name without the folders that lead to it.
    var shortName: String {
        name.split(separator: "/").last.map(String.init) ?? name
    }

    /// The same with what the command line leaves open of the labels as `model` has it.
    func labelled(as model: TrainedModel) -> DataChoice {
        var result = self
        result.column = column ?? .name(model.names.label)
        result.words = words ?? model.words
        result.classes = classes ?? Self.classes(model)
        return result
    }

    /// Whether the data themselves say what their labels are called.
    var namesLabels: Bool { format == .netpbm }

    /// The data with their labels.
    func read<Scalar: RealScalar>(as _: Scalar.Type = Scalar.self) throws -> LabelledTable<Scalar> {
        switch format {
        case .csv: try csv.read(try path, as: Scalar.self)
        case .npy: try NPY(layout: layout).read(x: name, y: labelsPath ?? "", as: Scalar.self)
        case .idx:
            try IDX(negative: classes?.negative ?? 0, positive: classes?.positive ?? 1)
                .read(images: try path, labels: try idxLabels, as: Scalar.self)
        case .netpbm: try Netpbm.read(folder: name, as: Scalar.self)
        }
    }

    /// The data without labels; a column of labels is left out.
    func readSamples<Scalar: RealScalar>(as _: Scalar.Type = Scalar.self) throws -> SampleTable<Scalar> {
        switch format {
        case .csv: try csv.readSamples(try path, as: Scalar.self)
        case .npy: try NPY(layout: layout).readSamples(name, as: Scalar.self)
        case .idx: try IDX.readSamples(images: try path, as: Scalar.self)
        case .netpbm: try Netpbm.readSamples(folder: name, as: Scalar.self)
        }
    }

    private var csv: CSV {
        CSV(label: column ?? .name(""), words: words, hasHeader: hasHeader, separator: separator)
    }

    /// Where the file of X is, or the folder.
    var path: String {
        get throws {
            if let fashion { return try fashion.files().images }
            return name == "wdbc" ? try Resources.data("wdbc.csv") : name
        }
    }

    private var idxLabels: String {
        get throws { try labelsPath ?? fashion?.files().labels ?? "" }
    }

    /// Hashes of all files that are read; nil of a folder, of pipes, and of what cannot be read.
    var fingerprint: String? {
        get throws {
            let files =
                switch format {
                case .csv: [try path]
                case .npy: [name, labelsPath ?? ""]
                case .idx: [try path, try idxLabels]
                case .netpbm: [name]
                }
            let hashes = files.compactMap(Fingerprint.of(fileAt:))
            return hashes.count == files.count ? hashes.joined(separator: "-") : nil
        }
    }
}

extension DataChoice {
    /// Tells of options that are for another kind of data.
    private static func checkKind(
        _ arguments: Arguments, _ name: String, _ format: DataFormat
    ) throws(UsageError) {
        let kinds: [(flag: String, formats: [DataFormat], kind: String)] = [
            ("--label", [.csv], "CSV files"), ("--positive", [.csv], "CSV files"),
            ("--negative", [.csv], "CSV files"), ("--labels", [.npy, .idx], "NPY and IDX files"),
            ("--classes", [.idx], "IDX files"),
        ]
        for (flag, formats, kind) in kinds where arguments.has(flag) && !formats.contains(format) {
            throw UsageError("\(flag) is for \(kind); '\(name)' is \(format.words)")
        }
    }

    /// A whole number is the number of a column.
    private static func column(_ arguments: Arguments, _ name: String) throws(UsageError) -> CSV.Column? {
        guard let text = arguments.text("--label") else { return name == "wdbc" ? .name("malignant") : nil }
        guard text.allSatisfy({ $0.isASCII && $0.isNumber }), !text.isEmpty else { return .name(text) }
        return .number(try arguments.int("--label") ?? 1)
    }

    private static func words(_ arguments: Arguments) throws(UsageError) -> CSV.Words? {
        guard let positive = arguments.text("--positive") else {
            if arguments.has("--negative") {
                throw UsageError("--negative needs --positive too: the word that stands for 1")
            }
            return nil
        }
        return CSV.Words(positive: positive, negative: arguments.text("--negative"))
    }

    private static func classes(_ arguments: Arguments) throws(UsageError) -> (Int, Int)? {
        guard let classes = try arguments.ints("--classes", in: 0...255) else { return nil }
        guard classes.count == 2, classes[0] != classes[1] else {
            throw UsageError(
                option: "--classes", found: arguments.text("--classes") ?? "",
                expected: "two different classes, such as 0,6")
        }
        return (classes[0], classes[1])
    }

    private static func classes(_ model: TrainedModel) -> (Int, Int)? {
        guard let negative = Int(model.names.negative), let positive = Int(model.names.positive) else {
            return nil
        }
        return (negative, positive)
    }

    /// Tells what is missing for labels to be read.
    func checkLabels() throws(UsageError) {
        switch format {
        case .csv where column == nil:
            throw UsageError("--label is missing; expected the column with the labels, by name or number")
        case .npy where labelsPath == nil, .idx where labelsPath == nil && fashion == nil:
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
        case .csv: "a CSV file"
        case .npy: "an NPY file"
        case .idx: "an IDX file"
        case .netpbm: "a folder of images"
        }
    }
}
