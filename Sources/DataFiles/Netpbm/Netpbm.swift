import Foundation
import Problems

/// Images in the Netpbm formats, .pgm and .ppm, or as PNG or JPEG where the machine has a program that converts them: a
/// folder with one subfolder for each of two classes.
///
/// The subfolder that comes first in the alphabet is the label 0. All images have one size; each is
/// unrolled channel by channel, row by row, and scaled by its greatest value to 0...1. Names that start
/// with a dot do not count.
package enum Netpbm {
    /// Reads a folder. Samples come in the order of the names, first those of the label 0.
    @specialized(where Scalar == Float)
    @specialized(where Scalar == Double)
    package static func read<Scalar: RealScalar>(
        folder: String, as scalar: Scalar.Type = Scalar.self
    ) throws(FileError) -> LabelledTable<Scalar> {
        let classes = try subfolders(folder)
        let files = [try images("\(folder)/\(classes[0])"), try images("\(folder)/\(classes[1])")]
        let samples: SampleTable<Scalar> = try samples(files[0] + files[1], folder)
        let y = AlignedBuffer<Scalar>(zeros: samples.m)
        for i in files[0].count..<samples.m { y.base[i] = 1 }
        do {
            return try LabelledTable(
                TableNames(
                    features: samples.features, label: "class", negative: classes[0],
                    positive: classes[1]),
                x: samples.x, y: y)
        } catch {
            // Pixels are finite and labels 0 or 1: it cannot be.
            throw FileError(folder, "\(error)")
        }
    }

    /// Reads an image, or the images in a folder and in its subfolders, whatever they show, in the order of the names.
    /// Each sample is called as its file is, from the folder on.
    @specialized(where Scalar == Float)
    @specialized(where Scalar == Double)
    package static func readSamples<Scalar: RealScalar>(
        _ path: String, as scalar: Scalar.Type = Scalar.self
    ) throws(FileError) -> SampleTable<Scalar> {
        var files: [String] = []
        let isFolder = try FileStatus(path).isFolder
        for path in isFolder ? try images(path) : [path] {
            files += try FileStatus(path).isFolder ? try images(path) : [path]
        }
        var table: SampleTable<Scalar> = try samples(files, path)
        table.ids = ("file", files.map { isFolder ? String($0.dropFirst(path.count + 1)) : $0 })
        return table
    }

    /// Images of one size, at least one, each unrolled.
    private static func samples<Scalar: RealScalar>(
        _ files: [String], _ folder: String
    ) throws(FileError) -> SampleTable<Scalar> {
        let size = try image(files[0]).size
        func check(_ image: NetpbmImage, _ path: String) throws(FileError) {
            guard image.size == size else {
                throw FileError(path, "is \(image.size); expected \(size), as is \(files[0])")
            }
        }
        for path in files where try FileStatus(path).size < size.count {
            // Too small for the size, unless it is compressed: read for its error before memory is asked for.
            let start = try OpenFile(path, expecting: "an image", onDisk: true).firstBytes(8)
            if ImageConversion(start) != nil { continue }
            try check(try image(path), path)
        }
        let x: AlignedBuffer<Scalar> = try PhysicalMemory.zeros(
            rows: files.count, columns: size.count, for: folder)
        for (i, path) in files.enumerated() {
            let image = try image(path)
            try check(image, path)
            image.unroll(into: x.base + i * size.count)
        }
        return SampleTable(features: TableNames.numbered(size.count), x: x)
    }

    private static func checkFolder(_ path: String) throws(FileError) {
        guard try FileStatus(path).isFolder else {
            throw FileError(
                path, kind: .unreadable, "is a file; expected a folder with two subfolders of images")
        }
    }

    /// The names of the two subfolders.
    private static func subfolders(_ folder: String) throws(FileError) -> [String] {
        try checkFolder(folder)
        var names: [String] = []
        for name in try self.names(folder) where try FileStatus("\(folder)/\(name)").isFolder {
            names.append(name)
        }
        guard names.count == 2 else {
            let list = names.prefix(12).map(\.shown).joined(separator: ", ")
            throw FileError(
                folder,
                "has \(names.count) \(names.count == 1 ? "subfolder" : "subfolders")"
                    + (names.isEmpty ? "" : " (\(list))") + "; expected two, one for each class")
        }
        return names
    }

    /// The paths of the images in a subfolder, at least one.
    private static func images(_ folder: String) throws(FileError) -> [String] {
        let paths = try names(folder).map { "\(folder)/\($0)" }
        guard !paths.isEmpty else {
            throw FileError(folder, "has no files; expected the images of a class")
        }
        return paths
    }

    /// The names in a folder, sorted.
    private static func names(_ folder: String) throws(FileError) -> [String] {
        do {
            let names = try FileManager.default.contentsOfDirectory(atPath: folder)
            return names.filter { !$0.hasPrefix(".") }.sorted()
        } catch {
            throw FileError(folder, kind: .unreadable, "cannot be read: \(error.localizedDescription)")
        }
    }

    private static func image(_ path: String) throws(FileError) -> NetpbmImage {
        let file = try OpenFile(path, expecting: "an image", onDisk: true)
        let start = try file.firstBytes(32)
        guard let conversion = ImageConversion(start) else {
            return try NetpbmImage(try file.readToEnd(), of: path)
        }
        return try NetpbmImage(try conversion.converted(file), of: path)
    }
}
