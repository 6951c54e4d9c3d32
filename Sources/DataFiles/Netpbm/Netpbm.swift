import Foundation
import Problems

/// Images in the binary Netpbm formats, P5 (.pgm) and P6 (.ppm): a folder with one subfolder for each of
/// two classes.
///
/// The subfolder that comes first in the alphabet is the label 0. All images have one size; each is
/// unrolled channel by channel, row by row, and scaled by its greatest value to 0...1. Names that start
/// with a dot do not count.
package enum Netpbm {
    /// Reads a folder. Samples come in the order of the names, first those of the label 0.
    ///
    /// - Throws: `NetpbmError` naming the file and the first thing that is wrong.
    @specialized(where Scalar == Float)
    @specialized(where Scalar == Double)
    package static func read<Scalar: RealScalar>(
        folder: String, as scalar: Scalar.Type = Scalar.self
    ) throws(NetpbmError) -> LabelledTable<Scalar> {
        let classes = try subfolders(folder)
        let files = [try images("\(folder)/\(classes[0])"), try images("\(folder)/\(classes[1])")]
        let samples: SampleTable<Scalar> = try samples(files[0] + files[1], folder)
        do {
            let y = AlignedBuffer<Scalar>(zeros: samples.m)
            for i in files[0].count..<samples.m { y.base[i] = 1 }
            return LabelledTable(
                features: samples.features, label: "class", negative: classes[0], positive: classes[1],
                data: try Dataset(x: samples.x, y: y, nx: samples.nx))
        } catch {
            // Pixels are finite and labels 0 or 1: it cannot be.
            throw NetpbmError(file: folder, problem: .file(.unreadable("\(error)")))
        }
    }

    /// Reads the images in a folder and in its subfolders, whatever they show, in the order of the names.
    ///
    /// - Throws: `NetpbmError` naming the file and the first thing that is wrong.
    @specialized(where Scalar == Float)
    @specialized(where Scalar == Double)
    package static func readSamples<Scalar: RealScalar>(
        folder: String, as scalar: Scalar.Type = Scalar.self
    ) throws(NetpbmError) -> SampleTable<Scalar> {
        guard try status(folder).isFolder else { throw NetpbmError(file: folder, problem: .notAFolder) }
        var files: [String] = []
        for path in try images(folder) { files += try status(path).isFolder ? try images(path) : [path] }
        return try samples(files, folder)
    }

    /// Images of one size, at least one, each unrolled.
    private static func samples<Scalar: RealScalar>(
        _ files: [String], _ folder: String
    ) throws(NetpbmError) -> SampleTable<Scalar> {
        let first = files[0]
        let size = try image(first).size
        for path in files where try status(path).size < size.count {
            // Too small for the size: read for its error before memory is asked for.
            try check(try image(path).size, path, against: size, of: first)
        }
        let x: AlignedBuffer<Scalar>
        do {
            x = try PhysicalMemory.zeros(rows: files.count, columns: size.count)
        } catch {
            throw NetpbmError(file: folder, problem: .file(error))
        }
        for (i, path) in files.enumerated() {
            let image = try image(path)
            try check(image.size, path, against: size, of: first)
            image.unroll(into: x.base + i * size.count)
        }
        return SampleTable(features: LabelledTable<Scalar>.numbered(size.count), x: x)
    }

    /// The names of the two subfolders.
    private static func subfolders(_ folder: String) throws(NetpbmError) -> [String] {
        guard try status(folder).isFolder else { throw NetpbmError(file: folder, problem: .notAFolder) }
        var names: [String] = []
        for name in try self.names(folder) where try status("\(folder)/\(name)").isFolder {
            names.append(name)
        }
        guard names.count == 2 else { throw NetpbmError(file: folder, problem: .subfolders(names)) }
        return names
    }

    /// The paths of the images in a subfolder, at least one.
    private static func images(_ folder: String) throws(NetpbmError) -> [String] {
        let paths = try names(folder).map { "\(folder)/\($0)" }
        guard !paths.isEmpty else { throw NetpbmError(file: folder, problem: .noImages) }
        return paths
    }

    /// What is in a folder, sorted.
    private static func names(_ folder: String) throws(NetpbmError) -> [String] {
        do {
            let names = try FileManager.default.contentsOfDirectory(atPath: folder)
            return names.filter { !$0.hasPrefix(".") }.sorted()
        } catch {
            throw NetpbmError(file: folder, problem: .file(.unreadable(error.localizedDescription)))
        }
    }

    private static func image(_ path: String) throws(NetpbmError) -> NetpbmImage {
        let status = try status(path)
        let contents: Data
        do throws(FileProblem) {
            if status.isFolder { throw .isFolder }
            // To open a pipe might wait for ever.
            guard status.isPlain else { throw .isNotPlain }
            contents = try OpenFile(path).readToEnd()
        } catch {
            throw NetpbmError(file: path, problem: .file(error))
        }
        do throws(NetpbmError.Problem) {
            return try NetpbmImage(contents)
        } catch {
            throw NetpbmError(file: path, problem: error)
        }
    }

    private static func status(_ path: String) throws(NetpbmError) -> FileStatus {
        do throws(FileProblem) {
            return try FileStatus(path)
        } catch {
            throw NetpbmError(file: path, problem: .file(error))
        }
    }

    private static func check(
        _ size: ImageSize, _ path: String, against expected: ImageSize, of first: String
    ) throws(NetpbmError) {
        guard size == expected else {
            throw NetpbmError(file: path, problem: .size(size, expected: expected, first: first))
        }
    }
}
