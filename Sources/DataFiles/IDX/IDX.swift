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

    /// How to read files.
    ///
    /// - Parameters:
    ///   - negative: the class that becomes the label 0.
    ///   - positive: the class that becomes the label 1.
    package init(negative: Int, positive: Int) { (self.negative, self.positive) = (negative, positive) }

    /// Reads images and labels. Samples keep the order of the files.
    ///
    /// - Throws: `IDXError` naming the file and the first thing that is wrong.
    @specialized(where Scalar == Float)
    @specialized(where Scalar == Double)
    package func read<Scalar: RealScalar>(
        images imagesPath: String, labels labelsPath: String, as scalar: Scalar.Type = Scalar.self
    ) throws(IDXError) -> LabelledTable<Scalar> {
        let images = try Self.images(imagesPath)
        let labels = try Self.array(labelsPath)
        let classes = 0...255
        guard classes.contains(negative), classes.contains(positive), negative != positive else {
            throw IDXError(file: labelsPath, problem: .classes(negative, positive))
        }
        guard labels.shape.count == 1 else {
            throw IDXError(
                file: labelsPath, problem: .dimensions(found: labels.shape.count, isImages: false))
        }
        guard labels.shape[0] == images.shape[0] else {
            throw IDXError(
                file: labelsPath, problem: .counts(labels: labels.shape[0], images: images.shape[0]))
        }
        let chosen = try chosen(labels.values, file: labelsPath)
        let samples: SampleTable<Scalar> = try Self.samples(
            images, at: chosen.map { $0.index }, file: imagesPath)
        do {
            let y = AlignedBuffer<Scalar>(chosen.map { $0.isPositive ? 1 : 0 })
            return LabelledTable(
                features: samples.features, label: "class", negative: "\(negative)",
                positive: "\(positive)", data: try Dataset(x: samples.x, y: y, nx: samples.nx))
        } catch {
            // Pixels are finite, labels 0 or 1, and both classes are there: it cannot be.
            throw IDXError(file: imagesPath, problem: .file(.unreadable("\(error)")))
        }
    }

    /// Reads images alone, of all classes.
    ///
    /// - Throws: `IDXError` naming the file and the first thing that is wrong.
    @specialized(where Scalar == Float)
    @specialized(where Scalar == Double)
    package static func readSamples<Scalar: RealScalar>(
        images path: String, as scalar: Scalar.Type = Scalar.self
    ) throws(IDXError) -> SampleTable<Scalar> {
        let images = try images(path)
        return try samples(images, at: 0..<images.shape[0], file: path)
    }

    /// The pixels of some of the images, in 0...1.
    private static func samples<Scalar: RealScalar>(
        _ images: IDXArray, at indices: some RandomAccessCollection<Int>, file: String
    ) throws(IDXError) -> SampleTable<Scalar> {
        let nx = images.values.count / images.shape[0]
        let x: AlignedBuffer<Scalar>
        do {
            x = try PhysicalMemory.zeros(rows: indices.count, columns: nx)
        } catch {
            throw IDXError(file: file, problem: .file(error))
        }
        images.values.withUnsafeBytes { pixels in
            for (i, index) in indices.enumerated() {
                for j in 0..<nx { x.base[i * nx + j] = Scalar(pixels[index * nx + j]) / 255 }
            }
        }
        return SampleTable(features: LabelledTable<Scalar>.numbered(nx), x: x)
    }

    /// Where the labels are one of the two classes, and which.
    private func chosen(
        _ labels: Data, file: String
    ) throws(IDXError) -> [(index: Int, isPositive: Bool)] {
        var indices: [(index: Int, isPositive: Bool)] = []
        var counts = [Int](repeating: 0, count: 256)
        for (index, label) in labels.enumerated() {
            counts[Int(label)] += 1
            if label == negative || label == positive { indices.append((index, label == positive)) }
        }
        for missing in [negative, positive] where counts[missing] == 0 {
            let classes = counts.indices.filter { counts[$0] > 0 }
            throw IDXError(file: file, problem: .noSamples(of: missing, classes: classes))
        }
        return indices
    }

    private static func images(_ path: String) throws(IDXError) -> IDXArray {
        let images = try array(path)
        guard images.shape.count > 1 else {
            throw IDXError(file: path, problem: .dimensions(found: 1, isImages: true))
        }
        return images
    }

    private static func array(_ path: String) throws(IDXError) -> IDXArray {
        do throws(IDXError.Problem) {
            return try IDXArray(try contents(path))
        } catch {
            throw IDXError(file: path, problem: error)
        }
    }

    private static func contents(_ path: String) throws(IDXError.Problem) -> Data {
        do {
            let file = try OpenFile(path)
            return try Gzip.isPacked(file) ? try Gzip.unpack(file) : try file.readToEnd()
        } catch let failure as Gzip.Failure {
            switch failure {
            case .noProgram: throw .noGzip
            case .refused(let reason): throw .gzip(reason)
            case .file(let problem): throw .file(problem)
            }
        } catch {
            throw .file(error as? FileProblem ?? .unreadable("\(error)"))
        }
    }
}
