import Foundation

/// The files that come with the program. SwiftPM puts them into a folder next to the executable;
/// `Bundle.module` would find it too, but ends the program where it is missing.
package enum Resources {
    /// The path of `name` in Data.
    package static func data(_ name: String) throws(MissingDataError) -> String {
        let folder = Executable.file.deletingLastPathComponent()
        let places = ["resources", "bundle"].map { folder.path + "/unlooped_unlooped.\($0)/Data/" + name }
        if let found = places.first(where: FileManager.default.fileExists(atPath:)) { return found }
        throw MissingDataError(
            description: "the built-in file '\(name)' is missing; expected it at '\(places[0])'. Keep the "
                + "executable in the folder that it was built in, with its .resources folders, or link to it")
    }
}

/// Fashion-MNIST (H. Xiao, K. Rasul and R. Vollgraf, arXiv:1708.07747) as the system may have it: grey images
/// of 28 × 28 pixels in ten classes, of which T-shirts (0) and shirts (6) are hard to tell apart.
package enum FashionMNIST: String, CaseIterable, Sendable {
    /// The samples for training, as the command line calls them.
    case training = "fashion-mnist"

    /// The samples for testing.
    case testing = "fashion-mnist-test"

    /// The classes that become the labels 0 and 1.
    static let classes = (negative: 0, positive: 6)

    /// Samples for training of these classes, and their pixels.
    static let (m, nx) = (12_000, 784)

    /// How to install it.
    package static let advice =
        "'apt-get install dataset-fashion-mnist' (Debian, Ubuntu) puts it there; or set UNLOOPED_DATASETS to "
        + "a folder that has a folder fashion-mnist with the four files"

    /// Whether all files are there.
    package static var isInstalled: Bool { allCases.allSatisfy { (try? $0.files()) != nil } }

    /// Where the samples are.
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
    /// What is missing, where it was looked for, and what to do.
    package let description: String
}
