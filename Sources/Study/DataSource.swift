import DataFiles
import Foundation
import Problems

/// Data as a user names them, and how they are read.
package struct DataSource: Sendable {
    /// The data by name: a path, or the name of a built-in data set.
    package let name: String

    /// What one would write on the command line for the same data: the name, and the options.
    package let commandWords: [String]

    package let format: DataFormat

    /// How CSV is read: the column and the words of the labels, and the rest.
    package var column: CSV.Column?
    package var words: CSV.Words?
    package var (hasHeader, separator) = (true, CSV.Separator.comma)

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
        case .csv: try csv.read(try path, as: Scalar.self)
        case .npy: try NPY(layout: layout).read(x: name, y: labelsPath ?? "", as: Scalar.self)
        case .idx:
            try IDX(negative: classes?.negative ?? 0, positive: classes?.positive ?? 1).read(
                images: try path, labels: try idxLabels, as: Scalar.self)
        case .netpbm: try Netpbm.read(folder: name, as: Scalar.self)
        }
    }

    /// The data without labels; a column of labels is left out.
    package func readSamples<Scalar: RealScalar>(as _: Scalar.Type = Scalar.self) throws -> SampleTable<
        Scalar
    > {
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
