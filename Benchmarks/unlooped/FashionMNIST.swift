import Foundation

/// Fashion-MNIST (H. Xiao, K. Rasul and R. Vollgraf, arXiv:1708.07747) as the system may have it: grey images
/// of 28 × 28 pixels in ten classes, of which T-shirts (0) and shirts (6) are hard to tell apart.
enum FashionMNIST: String, CaseIterable {
    /// The samples for training, as they are called on the command line.
    case training = "fashion-mnist"

    /// The samples for testing.
    case testing = "fashion-mnist-test"

    /// The classes that become the labels 0 and 1.
    static let classes = (negative: 0, positive: 6)

    /// Samples for training of these classes.
    static let m = 12_000

    /// Pixels.
    static let nx = 784

    /// How one comes by them.
    static let advice =
        "'apt-get install dataset-fashion-mnist' (Debian, Ubuntu) puts it there; or set UNLOOPED_DATASETS to "
        + "a folder that has a folder fashion-mnist with the four files"

    /// Whether all files are there.
    static var isInstalled: Bool { allCases.allSatisfy { (try? $0.files()) != nil } }

    /// Where the samples are.
    func files() throws(FashionMNISTError) -> (images: String, labels: String) {
        let sets = ProcessInfo.processInfo.environment["UNLOOPED_DATASETS"] ?? "/usr/share/datasets"
        let start = "\(sets)/fashion-mnist/" + (self == .training ? "train" : "t10k")
        let (images, labels) = (start + "-images-idx3-ubyte.gz", start + "-labels-idx1-ubyte.gz")
        for path in [images, labels] where !FileManager.default.fileExists(atPath: path) {
            throw FashionMNISTError(path: path)
        }
        return (images, labels)
    }
}

/// Fashion-MNIST was asked for, and is not installed.
struct FashionMNISTError: ExitingError {
    /// A file that is missing.
    let path: String

    /// Input that cannot be read.
    var exitCode: ExitCode { .noInput }

    /// What is missing, and how one comes by it.
    var description: String {
        "Fashion-MNIST is not installed: there is no '\(path)'; \(FashionMNIST.advice)"
    }
}
