import DataFiles
import Foundation
import Measurement
import Problems

/// Data as a user names them, and how they are read.
package struct DataSource: Sendable {
    /// The data by name: a path, or the name of a built-in data set.
    package let name: String

    /// The words of a command line for the same data: the name, and the options.
    package let commandWords: [String]
    package let format: DataFormat

    /// How CSV is read: the column and the words of the labels, and the rest.
    package var column: CSV.Column?
    package var words: CSV.Words?
    package var (hasHeader, separator) = (true, CSV.Separator.comma)
    package var rules = CSV.Rules()

    /// NPY and IDX: the file with the labels.
    package var labelsPath: String?

    /// IDX: the classes for the labels 0 and 1.
    package var classes: (negative: Int, positive: Int)?

    /// NPY: what the first index counts.
    package var layout = NPY.Layout.samplesFirst
    private let fashion: FashionMNIST?

    /// Data by name, read as is usual for their kind.
    ///
    /// - Parameter options: what is written after the name for how they are read.
    package init(_ name: String, options: [String] = []) {
        (self.name, commandWords) = (name, [name] + options)
        fashion = FashionMNIST(rawValue: name)
        format = fashion != nil ? .idx : name == "wdbc" ? .csv : DataFormat.of(name)
        if name == "wdbc" { column = .name("malignant") }
        if fashion != nil { classes = FashionMNIST.classes }
    }

    /// The name without the folders that lead to it.
    var shortName: String { name.split(separator: "/").last.map(String.init) ?? name }

    /// The same, with the labels as in `model` where it is not given how they are called.
    package func labelled(as model: TrainedModel) -> DataSource {
        var result = self
        result.column = column ?? .name(model.names.label)
        result.words = words ?? model.words
        result.rules.model = model.names
        result.rules.missing = rules.missing ?? model.missing?.rule
        result.rules.means = model.missing?.means
        if classes == nil, let negative = Int(model.names.negative), let positive = Int(model.names.positive)
        {
            result.classes = (negative, positive)
        }
        return result
    }

    /// Whether the data themselves say what their labels are called.
    package var namesLabels: Bool { format == .netpbm }

    /// Whether the labels are built in.
    package var hasOwnLabels: Bool { fashion != nil }

    /// The data with their labels.
    package func read<Scalar: RealScalar>(as _: Scalar.Type = Scalar.self) throws -> LabelledTable<Scalar> {
        switch format {
        case .csv, .other: try csv.read(try path, as: Scalar.self)
        case .npy: try NPY(layout: layout).read(x: name, y: labelsPath ?? "", as: Scalar.self)
        case .idx:
            try IDX(negative: classes?.negative ?? 0, positive: classes?.positive ?? 1).read(
                images: try path, labels: try idxLabels, as: Scalar.self)
        case .netpbm: try Netpbm.read(folder: name, as: Scalar.self)
        }
    }

    /// The data without labels; a column of labels is left out.
    package func readSamples<Scalar: RealScalar>(
        as _: Scalar.Type = Scalar.self
    ) throws -> SampleTable<Scalar> {
        switch format {
        case .csv, .other: try csv.readSamples(try path, as: Scalar.self)
        case .npy: try NPY(layout: layout).readSamples(name, as: Scalar.self)
        case .idx: try IDX.readSamples(images: try path, as: Scalar.self)
        case .netpbm: try Netpbm.readSamples(name, as: Scalar.self)
        }
    }

    private var csv: CSV {
        var csv = CSV(label: column ?? .name(""), words: words, hasHeader: hasHeader, separator: separator)
        csv.rules = rules
        return csv
    }

    /// The file of X, or the folder.
    package var path: String {
        get throws {
            if let fashion { return try fashion.files().images }
            return name == "wdbc" ? try Resources.data("wdbc.csv") : name
        }
    }

    private var idxLabels: String { get throws { try labelsPath ?? fashion?.files().labels ?? "" } }

    /// Hashes of all files that are read; nil for a folder, for pipes, and for what cannot be read.
    var fingerprint: String? {
        get throws {
            let files =
                switch format {
                case .csv, .other: [try path]
                case .npy: [name, labelsPath ?? ""]
                case .idx: [try path, try idxLabels]
                case .netpbm: [name]
                }
            let hashes = files.compactMap(Fingerprint.of(fileAt:))
            return hashes.count == files.count ? hashes.joined(separator: "-") : nil
        }
    }
}

/// The data that come with the program.
package enum Resources {
    package static func data(_ name: String) throws(MissingDataError) -> String {
        let file = "Data/" + name
        if let found = ResourceFolder.path(file, of: "unlooped") { return found }
        throw MissingDataError(
            description: "the built-in file '\(name)' is missing; expected it at "
                + "'\(ResourceFolder.expectedPath(file, of: "unlooped"))'. Keep the executable in the folder "
                + "that it was built in, with the folders of its resources, or link to it")
    }
}

/// Fashion-MNIST (H. Xiao, K. Rasul and R. Vollgraf, arXiv:1708.07747) as the system may have it: grey images
/// of 28 × 28 pixels in ten classes, of which T-shirts (0) and shirts (6) are hard to tell apart.
package enum FashionMNIST: String, CaseIterable, Sendable {
    /// The samples for training, as the command line calls them.
    case training = "fashion-mnist"
    case testing = "fashion-mnist-test"

    /// The classes that become the labels 0 and 1.
    static let classes = (negative: 0, positive: 6)

    /// Samples for training of these classes, and their pixels.
    static let (m, nx) = (12_000, 784)

    /// How to install it.
    package static let advice =
        "'apt-get install dataset-fashion-mnist' (Debian, Ubuntu) puts it there; or set UNLOOPED_DATASETS to "
        + "a folder that has a folder fashion-mnist with the four files"

    package static var isInstalled: Bool { allCases.allSatisfy { (try? $0.files()) != nil } }

    func files() throws(MissingDataError) -> (images: String, labels: String) {
        let sets = ProcessInfo.processInfo.environment["UNLOOPED_DATASETS"] ?? "/usr/share/datasets"
        let start = "\(sets)/fashion-mnist/" + (self == .training ? "train" : "t10k")
        let (images, labels) = (start + "-images-idx3-ubyte.gz", start + "-labels-idx1-ubyte.gz")
        for path in [images, labels] where !FileManager.default.fileExists(atPath: path) {
            throw MissingDataError(
                description: "Fashion-MNIST is not installed: there is no '\(path)'; \(Self.advice)")
        }
        return (images, labels)
    }
}

/// Data with a name of their own that are not where they should be.
package struct MissingDataError: Error, CustomStringConvertible {
    package let description: String
}

/// Data that are ready for training.
package struct TrainingData<Scalar: RealScalar> {
    /// The data as they were named.
    package let source: String
    package let names: TableNames
    package let training: Dataset<Scalar>
    package let validation: Dataset<Scalar>?

    /// The standardization of both sets, by mean and deviation of the training set.
    package let standardization: Standardization?

    /// The rule for missing values that was followed; nil where there may be none.
    package let missing: MissingValues?

    /// A line for each thing that the reader left out or filled in.
    package let notes: [String]
}

extension TrainingData {
    /// Reads, splits and standardizes. Without the latter two a file that can be mapped is not copied.
    ///
    /// - Parameters:
    ///   - validation: the part that becomes the validation set; nil for none.
    ///   - seed: the seed of the split.
    package static func prepare(_ source: DataSource, standardizes: Bool, validation: Double?, seed: UInt64)
        throws -> TrainingData
    {
        guard standardizes else {
            let table = try source.read(as: Scalar.self)
            let parts = try split(table, source, validation, seed)
            return TrainingData(
                source: source.name, names: table.names, training: parts.training,
                validation: parts.validation, standardization: nil, missing: parts.missing, notes: table.notes
            )
        }
        let table = try source.read(as: Double.self)
        let parts = try TrainingData<Double>.split(table, source, validation, seed)
        let standardization: Standardization
        do {
            standardization = try Standardization(parts.training)
        } catch {
            guard case .deviation(let j) = error else { throw error }
            throw InputError(
                "\(source.name): the values of '\(table.names.features[j])' differ by too little for their deviation to "
                    + "be a number; multiply them by a power of ten, or leave them out")
        }
        func applied(to data: Dataset<Double>) throws -> Dataset<Scalar> {
            try checkRoom(Dataset<Double>.byteCount(m: data.m, nx: data.nx), source)
            do {
                return try Dataset(rounding: standardization.applied(to: data))
            } catch {
                throw InputError("\(source.name), standardized: \(error)")
            }
        }
        return TrainingData(
            source: source.name, names: table.names, training: try applied(to: parts.training),
            validation: try parts.validation.map(applied), standardization: standardization,
            missing: parts.missing, notes: table.notes)
    }

    private static func split(
        _ table: LabelledTable<Scalar>, _ source: DataSource, _ fraction: Double?, _ seed: UInt64
    ) throws -> (training: Dataset<Scalar>, validation: Dataset<Scalar>?, missing: MissingValues?) {
        let data = table.data
        /// Nothing of the validation set goes into the means.
        func missing(_ training: [Int]) throws -> MissingValues? {
            try source.rules.missing.map { rule in
                MissingValues(
                    rule: rule,
                    means: rule == .drop ? nil : try table.fillMissing(byMeansOf: training, file: source.name)
                )
            }
        }
        guard let fraction else { return (data, nil, try missing(Array(0..<data.m))) }
        guard data.m > 1 else {
            throw InputError("\(source.name): has one sample, which cannot be split; leave --validation out")
        }
        try checkRoom(data.byteCount, source)
        let parts = try data.split(validation: fraction, seed: seed)
        let filled = try missing(parts.training)
        return (try data.subset(parts.training), try data.subset(parts.validation), filled)
    }

    /// To ask for more memory than there is would end the program.
    private static func checkRoom(_ bytes: Int, _ source: DataSource) throws(InputError) {
        guard bytes > Memory.availableBytes else { return }
        throw InputError(
            "\(source.name): a copy takes \(bytes >> 20) MiB, and \(Memory.availableBytes >> 20) MiB "
                + "of memory are free; give a part of the data, or leave out --standardize and --validation")
    }
}
