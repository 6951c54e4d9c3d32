/// What is wrong with a folder of images, or with one of them.
package struct NetpbmError: Error, Equatable {
    /// What can be wrong.
    package enum Problem: Error, Sendable, Equatable {
        /// It cannot be read at all.
        case file(FileProblem)
        /// A file in place of a folder.
        case notAFolder
        /// Another number of subfolders than two; the ones there are.
        case subfolders([String])
        /// A subfolder without a file.
        case noImages
        /// It does not start as a Netpbm file does.
        case notNetpbm
        /// Another of the Netpbm formats.
        case otherFormat(String)
        /// The header is not what it should be.
        case header
        /// A width or height of 0.
        case noPixels(width: Int, height: Int)
        /// A greatest value that is not in 1...65535.
        case greatest(Int)
        /// A value above the greatest.
        case value(Int, greatest: Int)
        /// The file is shorter or longer than its header says.
        case length(bytes: Int, expected: Int)
        /// Another size than that of the first image.
        case size(ImageSize, expected: ImageSize, first: String)
    }

    /// The path, as it was given, or that of something in the folder.
    package let file: String
    /// What is wrong.
    package let problem: Problem
}

extension NetpbmError: CustomStringConvertible {
    /// Where, what was found, and what was expected.
    package var description: String { "\(file): \(problem)" }
}

extension NetpbmError.Problem: CustomStringConvertible {
    /// What was found and what was expected.
    package var description: String {
        switch self {
        case .file(let problem): problem.message(expected: "a Netpbm image")
        case .notAFolder: "is a file; expected a folder with two subfolders of images"
        case .subfolders(let names):
            "has \(names.count) \(names.count == 1 ? "subfolder" : "subfolders")"
                + (names.isEmpty
                    ? "" : " (" + names.prefix(12).map(CSVError.shown).joined(separator: ", ") + ")")
                + "; expected two, one for each class"
        case .noImages: "has no files; expected the images of a class"
        case .notNetpbm: "is no Netpbm image; expected P5 (.pgm) or P6 (.ppm)"
        case .otherFormat(let format):
            "is a Netpbm image of the format \(format); expected P5 or P6: convert it"
        case .header:
            "has a broken header; expected width, height and greatest value, as numbers, and one blank"
        case .noPixels(let width, let height): "is \(width) × \(height); expected at least one pixel"
        case .greatest(let greatest): "has the greatest value \(greatest); expected 1 to 65535"
        case .value(let value, let greatest):
            "has the value \(value); expected at most \(greatest), the greatest by its header"
        case .length(let bytes, let expected):
            "has \(bytes) bytes of pixels; expected \(expected): copy or convert it again"
        case .size(let found, let expected, let first):
            "is \(found); expected \(expected), as is \(first)"
        }
    }
}
