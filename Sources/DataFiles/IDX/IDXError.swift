/// What is wrong with an IDX file.
package struct IDXError: Error, Equatable {
    /// What can be wrong.
    package enum Problem: Error, Sendable, Equatable {
        /// It cannot be read at all.
        case file(FileProblem)
        /// It is packed, and the system has no gzip.
        case noGzip
        /// It is packed, and gzip cannot unpack it, for the reason given.
        case gzip(String)
        /// It does not start as an IDX file does.
        case notIDX
        /// It holds another type than bytes; the code of the type.
        case type(UInt8)
        /// It holds labels where images are expected, or the other way round.
        case dimensions(found: Int, isImages: Bool)
        /// The lengths have more elements than can be counted.
        case hugeShape([Int])
        /// No images, or images without pixels.
        case noValues([Int])
        /// The file is shorter or longer than its lengths say.
        case length(bytes: Int, expected: Int)
        /// There are not as many labels as images.
        case counts(labels: Int, images: Int)
        /// Two classes that are one, or not in 0...255.
        case classes(Int, Int)
        /// No label is this class; the ones there are.
        case noSamples(of: Int, classes: [Int])
    }

    /// The path, as it was given.
    package let file: String
    /// What is wrong.
    package let problem: Problem
}

extension IDXError: CustomStringConvertible {
    /// Where, what was found, and what was expected.
    package var description: String { "\(file): \(problem)" }
}

extension IDXError.Problem: CustomStringConvertible {
    /// What was found and what was expected.
    package var description: String {
        switch self {
        case .file(let problem): problem.message(expected: "an IDX file")
        case .noGzip: "is packed, and there is no program gzip; install it, or unpack the file"
        case .gzip(let reason): "cannot be unpacked: \(CSVError.shown(reason))"
        case .notIDX: "is no IDX file; expected one that starts with two bytes of 0, as those of MNIST do"
        case .type(let code):
            "holds elements of type 0x\(String(code, radix: 16)); expected bytes, which is type 0x8"
        case .dimensions(let found, isImages: true):
            "has \(found) \(found == 1 ? "dimension" : "dimensions"); expected images, which have 2 or more"
        case .dimensions(let found, isImages: false):
            "has \(found) dimensions; expected labels, which have 1"
        case .hugeShape(let shape): "is to hold \(product(shape)) values, which no file can"
        case .noValues(let shape): "holds \(product(shape)) values; expected at least one image of one pixel"
        case .length(let bytes, let expected):
            "has \(bytes) bytes of values; expected \(expected): copy or load it again"
        case .counts(let labels, let images): "has \(labels) labels; expected \(images), one for each image"
        case .classes(let first, let second):
            "the classes are to be \(first) and \(second); expected two different ones from 0 to 255"
        case .noSamples(let missing, let classes):
            "has no label \(missing); expected one of " + classes.map(String.init).joined(separator: ", ")
        }
    }

    private func product(_ shape: [Int]) -> String { shape.map(String.init).joined(separator: " × ") }
}
