import Foundation
import Problems

/// Images and labels in two IDX files, as those of MNIST, plain or packed by gzip.
///
/// Two of the classes make a data set: the samples of the others are left out. Pixels are bytes, and are
/// scaled from 0...255 to 0...1; each image is unrolled row by row.
package struct IDX: Sendable, Equatable {
    /// The class that becomes the label 0.
    package let negative: Int

    /// The class that becomes the label 1.
    package let positive: Int

    package init(negative: Int, positive: Int) { (self.negative, self.positive) = (negative, positive) }

    /// Reads images and labels. Samples keep the order of the files.
    @specialized(where Scalar == Float)
    @specialized(where Scalar == Double)
    package func read<Scalar: RealScalar>(
        images imagesPath: String, labels labelsPath: String, as scalar: Scalar.Type = Scalar.self
    ) throws(FileError) -> LabelledTable<Scalar> {
        let images = try Self.images(imagesPath)
        let labels = try IDXArray(labelsPath)
        let classes = 0...255
        guard classes.contains(negative), classes.contains(positive), negative != positive else {
            throw FileError(
                labelsPath,
                "the classes are to be \(negative) and \(positive); expected two different ones from 0 to 255"
            )
        }
        guard labels.shape.count == 1 else {
            throw FileError(
                labelsPath, "has \(labels.shape.count) dimensions; expected labels, which have 1")
        }
        guard labels.shape[0] == images.shape[0] else {
            throw FileError(
                labelsPath,
                "has \(labels.shape[0]) labels; expected \(images.shape[0]), one for each image")
        }
        let chosen = try chosen(labels)
        let samples: SampleTable<Scalar> = try Self.samples(images, at: chosen.map { $0.index })
        do {
            return try LabelledTable(
                TableNames(
                    features: samples.features, label: "class", negative: "\(negative)",
                    positive: "\(positive)"),
                x: samples.x, y: AlignedBuffer(chosen.map { $0.isPositive ? 1 : 0 }))
        } catch {
            // Pixels are finite, labels 0 or 1, and both classes are there: it cannot be.
            throw FileError(imagesPath, "\(error)")
        }
    }

    /// Reads images alone, of all classes.
    @specialized(where Scalar == Float)
    @specialized(where Scalar == Double)
    package static func readSamples<Scalar: RealScalar>(
        images path: String, as scalar: Scalar.Type = Scalar.self
    ) throws(FileError) -> SampleTable<Scalar> {
        let images = try images(path)
        return try samples(images, at: 0..<images.shape[0])
    }

    /// The pixels of some of the images, in 0...1.
    private static func samples<Scalar: RealScalar>(
        _ images: IDXArray, at indices: some RandomAccessCollection<Int>
    ) throws(FileError) -> SampleTable<Scalar> {
        let nx = images.values.count / images.shape[0]
        let x: AlignedBuffer<Scalar> = try PhysicalMemory.zeros(
            rows: indices.count, columns: nx, for: images.file)
        images.values.withUnsafeBytes { pixels in
            for (i, index) in indices.enumerated() {
                for j in 0..<nx { x.base[i * nx + j] = Scalar(pixels[index * nx + j]) / 255 }
            }
        }
        return SampleTable(features: TableNames.numbered(nx), x: x)
    }

    /// Where the labels are one of the two classes, and which.
    private func chosen(_ labels: IDXArray) throws(FileError) -> [(index: Int, isPositive: Bool)] {
        var indices: [(index: Int, isPositive: Bool)] = []
        var counts = [Int](repeating: 0, count: 256)
        for (index, label) in labels.values.enumerated() {
            counts[Int(label)] += 1
            if label == negative || label == positive { indices.append((index, label == positive)) }
        }
        for missing in [negative, positive] where counts[missing] == 0 {
            let classes = counts.indices.filter { counts[$0] > 0 }.map(String.init)
            throw FileError(
                labels.file, "has no label \(missing); expected one of \(classes.joined(separator: ", "))")
        }
        return indices
    }

    private static func images(_ path: String) throws(FileError) -> IDXArray {
        let images = try IDXArray(path)
        guard images.shape.count > 1 else {
            throw FileError(path, "has 1 dimension; expected images, which have 2 or more")
        }
        return images
    }
}

/// The array of bytes in an IDX file: two bytes of 0, the type, the number of dimensions, a length for
/// each (32 bits, highest byte first), and the values, the last index moving fastest.
///
/// The format is that of the MNIST database of Y. LeCun, C. Cortes and C. Burges.
private struct IDXArray {
    let file: String
    /// The length of each dimension.
    let shape: [Int]
    /// The values, as many as the lengths say, at least one.
    let values: Data

    /// Reads a file, and checks that it is as long as its header says. What comes later is not read.
    init(_ path: String) throws(FileError) {
        var header: (start: Int, shape: [Int], count: Int)?
        let contents = try OpenFile(path, expecting: "an IDX file").unpacked(start: 4 + 4 * 255) {
            start throws(FileError) in
            let found = try Self.header([UInt8](start), of: path)
            header = found
            let (length, overflows) = found.count.addingReportingOverflow(found.start + 1)
            return overflows ? .max : length
        }
        guard let (start, shape, count) = header else { throw Self.length(path, 0, 1) }
        let values = contents.dropFirst(start)
        guard values.count == count else { throw Self.length(path, values.count, count) }
        guard count > 0 else {
            throw FileError(
                path, "holds \(Self.product(shape)) values; expected at least one image of one pixel")
        }
        (file, self.shape, self.values) = (path, shape, values)
    }

    /// Where the values start, the length of each dimension, and how many values there are to be.
    private static func header(
        _ bytes: [UInt8], of path: String
    ) throws(FileError) -> (start: Int, shape: [Int], count: Int) {
        guard bytes.count >= 4, bytes[0] == 0, bytes[1] == 0, bytes[3] > 0 else {
            throw FileError(
                path, "is no IDX file; expected one that starts with two bytes of 0, as those of MNIST do")
        }
        guard bytes[2] == 0x08 else {
            throw FileError(
                path,
                "holds elements of type 0x\(String(bytes[2], radix: 16)); expected bytes, which is type 0x8")
        }
        let start = 4 + 4 * Int(bytes[3])
        guard bytes.count >= start else { throw length(path, 0, 1) }
        let shape = stride(from: 4, to: start, by: 4).map { place in
            bytes[place..<place + 4].reduce(0) { $0 << 8 | Int($1) }
        }
        var count = 1
        for length in shape {
            let (larger, overflows) = count.multipliedReportingOverflow(by: length)
            guard !overflows else {
                throw FileError(path, "is to hold \(product(shape)) values, which no file can")
            }
            count = larger
        }
        return (start, shape, count)
    }

    private static func product(_ shape: [Int]) -> String {
        shape.map(String.init).joined(separator: " × ")
    }

    private static func length(_ path: String, _ found: Int, _ expected: Int) -> FileError {
        FileError(path, "has \(found) bytes of values; expected \(expected): copy or load it again")
    }
}
